#include "archive/destruction/keyed_hash.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <span>

#include "archive/error.h"

namespace eakte::archive {

std::string keyed_hash(const std::string& key, const std::string& bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), mac.data(), &size) == nullptr)
    throw Error("a keyed hash cannot be made");
  std::string digits;
  for (const unsigned char byte : std::span(mac).first(size)) digits += fmt::format("{:02x}", byte);
  return digits;
}

}  // namespace eakte::archive
