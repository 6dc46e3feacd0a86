#include "archive/pdf/unicode.h"

#include "archive/pdf/qpdf.h"

#include <fmt/format.h>

#include <cstddef>

namespace eakte::archive {
namespace {

bool is_printable(unsigned long value) {
  if (value < 0x20 || (value >= 0x7F && value < 0xA0)) return false;
  if (value >= 0xD800 && value < 0xE000) return false;
  return value <= 0x10FFFF && value != 0xFEFF && (value & 0xFFFE) != 0xFFFE;
}

}  // namespace

std::u32string printable_code_points(std::string_view utf8) {
  std::u32string result;
  const std::string text(utf8);
  std::size_t position = 0;
  while (position < text.size()) {
    bool malformed = false;
    const unsigned long value = QUtil::get_next_utf8_codepoint(text, position, malformed);
    if (malformed) {
      result.push_back(U'\uFFFD');
    } else if (is_printable(value)) {
      result.push_back(static_cast<char32_t>(value));
    }
  }
  return result;
}

std::string printable_utf8(std::string_view utf8) {
  std::string result;
  for (const char32_t character : printable_code_points(utf8)) result += QUtil::toUTF8(character);
  return result;
}

std::string utf16_hex(char32_t character) {
  if (character < 0x10000) return fmt::format("{:04X}", static_cast<unsigned>(character));
  const auto offset = static_cast<unsigned>(character) - 0x10000U;
  return fmt::format("{:04X}{:04X}", 0xD800U + (offset >> 10U), 0xDC00U + (offset & 0x3FFU));
}

}  // namespace eakte::archive
