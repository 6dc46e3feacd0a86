#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/intake_queue.h"

namespace eakte::ingest {
namespace {

constexpr char32_t replacement = 0xFFFD;

/// windows-1252, 0x80 to 0x9F; the rest equals Latin-1.
constexpr std::array<char32_t, 32> windows_1252{
    0x20AC,      replacement, 0x201A, 0x0192, 0x201E, 0x2026,      0x2020, 0x2021,
    0x02C6,      0x2030,      0x0160, 0x2039, 0x0152, replacement, 0x017D, replacement,
    replacement, 0x2018,      0x2019, 0x201C, 0x201D, 0x2022,      0x2013, 0x2014,
    0x02DC,      0x2122,      0x0161, 0x203A, 0x0153, replacement, 0x017E, 0x0178};

void append_utf8(std::string& text, char32_t c) {
  const auto byte = [&](char32_t value) { text += static_cast<char>(static_cast<unsigned char>(value)); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6));
    byte(0x80 | (c & 63));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12));
    byte(0x80 | ((c >> 6) & 63));
    byte(0x80 | (c & 63));
  } else {
    byte(0xF0 | (c >> 18));
    byte(0x80 | ((c >> 12) & 63));
    byte(0x80 | ((c >> 6) & 63));
    byte(0x80 | (c & 63));
  }
}

/// Length of the well-formed UTF-8 sequence at `at` (RFC 3629: no surrogates, nothing overlong), 0 if there
/// is none.
std::size_t utf8_length(std::string_view bytes, std::size_t at, char32_t& c) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) {
    c = first;
    return 1;
  }
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (length == 0 || first > 0xF4 || at + length > bytes.size()) return 0;
  c = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
    c = (c << 6) | (byte(at + i) & 63U);
  }
  const bool overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
  return overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? 0 : length;
}

bool is_control(char32_t c) {
  // Controls, and the marks that turn the direction of text around (a name could show a false ending).
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_utf8(std::string_view bytes) {
  char32_t ignored = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = utf8_length(bytes, at, ignored);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

}  // namespace

std::string displayable(std::string_view bytes) {
  std::string text;
  const bool utf8 = is_utf8(bytes);
  for (std::size_t at = 0; at < bytes.size();) {
    char32_t c = 0;
    if (utf8) {
      at += utf8_length(bytes, at, c);
    } else {
      const auto byte = static_cast<unsigned char>(bytes[at++]);
      c = byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80U] : byte;
    }
    append_utf8(text, is_control(c) ? replacement : c);
  }
  return text;
}

}  // namespace eakte::ingest
