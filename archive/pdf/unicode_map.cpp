#include "archive/pdf/unicode_map.h"

#include <algorithm>
#include <vector>

#include "archive/pdf/content.h"

namespace eakte::archive {
namespace {

using Token = QPDFTokenizer::Token;

unsigned code_of(const std::string& bytes) {
  unsigned code = 0;
  for (const char c : bytes) code = code << 8U | static_cast<unsigned char>(c);
  return code;
}

void add_range(const std::vector<Token>& operands, std::size_t& at, UnicodeMap& map) {
  const unsigned first = code_of(operands[at].getValue());
  const unsigned last = std::min(code_of(operands[at + 1].getValue()), 0xFFFFU);
  if (operands[at + 2].getType() == QPDFTokenizer::tt_array_open) {
    at += 3;
    for (unsigned code = first; at < operands.size() && operands[at].getType() == QPDFTokenizer::tt_string;
         ++code, ++at) {
      map[code] = operands[at].getValue();
    }
    ++at;
    return;
  }
  std::string value = operands[at + 2].getValue();
  at += 3;
  for (unsigned code = first; code <= last; ++code) {
    map[code] = value;
    if (value.size() < 2) continue;
    // Only the last unit counts upwards.
    const unsigned unit = code_of(value.substr(value.size() - 2)) + 1;
    value[value.size() - 2] = static_cast<char>(unit >> 8U & 0xFFU);
    value[value.size() - 1] = static_cast<char>(unit & 0xFFU);
  }
}

}  // namespace

std::optional<UnicodeMap> read_unicode_map(QPDFObjectHandle stream) {
  constexpr std::size_t longest = std::size_t{8} << 20U;
  if (!stream.isStream()) return std::nullopt;
  const std::optional<std::string> bytes = decoded_bytes(stream, longest);
  if (!bytes) return std::nullopt;
  UnicodeMap map;
  read_content(*bytes, [&map](const ContentOperation& operation) {
    const std::vector<Token>& operands = operation.operands;
    std::size_t at = 0;
    if (operation.name == "endbfchar") {
      for (; at + 1 < operands.size(); at += 2)
        map[code_of(operands[at].getValue())] = operands[at + 1].getValue();
    } else if (operation.name == "endbfrange") {
      while (at + 2 < operands.size()) add_range(operands, at, map);
    }
    return true;
  });
  return map;
}

}  // namespace eakte::archive
