#include <sys/random.h>

#include <array>
#include <cstdint>

#include "archive/id.h"
#include "archive/object_store.h"
#include "archive/xdomea.h"

namespace eakte::archive {
namespace {

constexpr std::string_view base32 = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::string_view hexadecimal = "0123456789abcdef";
constexpr std::size_t uuid_bytes = 16;
using Bytes = std::array<std::uint8_t, uuid_bytes>;

std::string text_of(const Bytes& bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += hexadecimal[bytes[i] >> 4];
    text += hexadecimal[bytes[i] & 15];
  }
  return text;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void mark(Bytes& bytes, unsigned version) {
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0fU) | (version << 4));
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3fU) | 0x80U);
}

}  // namespace

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : hex_value(text[i]) < 0) return false;
  }
  return true;
}

std::string new_uuid() {
  Bytes bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw Error("no random bytes for a UUID");
  mark(bytes, 4);
  return text_of(bytes);
}

std::string uuid_of(std::string_view id) {
  if (!is_id(id)) throw Error("no id to make a UUID of");
  Bytes bytes{};
  // 26 digits of five bits are 130 bits; an id's first two are zero.
  for (const char digit : id) {
    unsigned carry = static_cast<unsigned>(base32.find(digit));
    for (std::size_t i = bytes.size(); i-- > 0;) {
      const unsigned value = (static_cast<unsigned>(bytes[i]) << 5) | carry;
      bytes[i] = static_cast<std::uint8_t>(value & 255U);
      carry = value >> 8;
    }
  }
  return text_of(bytes);
}

std::optional<std::string> id_from_uuid(std::string_view uuid) {
  if (!is_uuid(uuid)) return std::nullopt;
  std::string id;
  unsigned buffer = 0;
  int bits = 2;  // the two zero bits at the front
  for (const char c : uuid) {
    if (c == '-') continue;
    buffer = (buffer << 4) | static_cast<unsigned>(hex_value(c));
    bits += 4;
    if (bits >= 5) {
      bits -= 5;
      id += base32[(buffer >> bits) & 31U];
      buffer &= (1U << bits) - 1;
    }
  }
  return id;
}

std::string named_uuid(std::string_view name) {
  const std::string hash = sha256_hex(name);
  Bytes bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(hex_value(hash[2 * i]) * 16 + hex_value(hash[2 * i + 1]));
  mark(bytes, 8);
  return text_of(bytes);
}

}  // namespace eakte::archive
