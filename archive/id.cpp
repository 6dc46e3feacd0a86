#include "archive/id.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>

#include "archive/error.h"

namespace eakte::archive {
namespace {

constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t time_length = 10;
constexpr std::size_t random_length = 16;

std::array<unsigned char, random_length> random_digits() {
  std::array<unsigned char, random_length> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw Error("no random bytes for an id");
  }
  for (unsigned char& byte : bytes) byte &= 31;
  return bytes;
}

}  // namespace

std::string new_id_text() {
  static std::mutex mutex;
  static std::int64_t last_time = 0;
  static std::array<unsigned char, random_length> last{};

  const std::scoped_lock lock(mutex);
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  const std::int64_t now = std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
  if (now > last_time) {
    last_time = now;
    last = random_digits();
    last[0] &= 15;  // room to count up within the same millisecond
  } else {
    for (auto digit = last.rbegin(); digit != last.rend(); ++digit) {
      if (++*digit < 32) break;
      *digit = 0;
    }
  }
  std::string text(time_length + random_length, '0');
  std::int64_t rest = last_time;
  for (std::size_t i = time_length; i-- > 0; rest >>= 5)
    text[i] = digits[static_cast<std::size_t>(rest & 31)];
  for (std::size_t i = 0; i < random_length; ++i) text[time_length + i] = digits[last[i]];
  return text;
}

bool is_id(std::string_view text) {
  return text.size() == time_length + random_length &&
         std::ranges::all_of(text, [](char c) { return digits.find(c) != std::string_view::npos; });
}

}  // namespace eakte::archive
