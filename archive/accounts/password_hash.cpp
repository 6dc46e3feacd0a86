#include "archive/accounts/password_hash.h"

#include <argon2.h>
#include <fmt/format.h>
#include <openssl/rand.h>

#include <array>
#include <semaphore>
#include <vector>

namespace eakte::archive {
namespace {

constexpr std::uint32_t lanes = 1;
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;

std::counting_semaphore<2>& places() {
  static std::counting_semaphore<2> free_places{2};
  return free_places;
}

class Place {
public:
  Place() { places().acquire(); }
  ~Place() { places().release(); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
};

template <std::size_t count>
std::array<unsigned char, count> random_bytes() {
  std::array<unsigned char, count> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw Error("the system gives no random numbers");
  return bytes;
}

}  // namespace

std::string hash_password(std::string_view password, const PasswordCost& cost) {
  const auto salt = random_bytes<salt_bytes>();
  std::vector<char> encoded(
      argon2_encodedlen(cost.passes, cost.kibibytes, lanes, salt_bytes, hash_bytes, Argon2_id));
  const Place place;
  const int failed =
      argon2id_hash_encoded(cost.passes, cost.kibibytes, lanes, password.data(), password.size(), salt.data(),
                            salt.size(), hash_bytes, encoded.data(), encoded.size());
  if (failed != ARGON2_OK) throw Error(fmt::format("hashing a password: {}", argon2_error_message(failed)));
  return encoded.data();
}

bool matches_password(const std::string& encoded, std::string_view password) {
  const Place place;
  const int result = argon2id_verify(encoded.c_str(), password.data(), password.size());
  if (result != ARGON2_OK && result != ARGON2_VERIFY_MISMATCH)
    throw Error(fmt::format("checking a password: {}", argon2_error_message(result)));
  return result == ARGON2_OK;
}

bool needs_new_hash(const std::string& encoded, const PasswordCost& cost) {
  return !encoded.starts_with(fmt::format("$argon2id$v={}$m={},t={},p={}$",
                                          static_cast<int>(ARGON2_VERSION_NUMBER), cost.kibibytes,
                                          cost.passes, lanes));
}

std::string random_hex(std::size_t count) {
  std::vector<unsigned char> bytes(count);
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw Error("the system gives no random numbers");
  std::string text;
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace eakte::archive
