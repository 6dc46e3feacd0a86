#include "archive/pdf/unicode_map.h"

#include <algorithm>
#include <vector>

#include "archive/pdf/content.h"

namespace eakte::archive {
namespace {

using Token = QPDFTokenizer::Token;

/// An honest map tells of each of 65536 codes once; one that tells of all of them in every line costs hours.
constexpr std::size_t most_told = std::size_t{1} << 18U;
/// Bytes one code may stand for (ISO 32000-1, 9.10.3).
constexpr std::size_t longest_value = 512;

unsigned code_of(const std::string& bytes) {
  unsigned code = 0;
  for (const char c : bytes) code = code << 8U | static_cast<unsigned char>(c);
  return code;
}

/// Returns how many codes it told of; more than there may be when one stands for too much.
std::size_t add_range(const std::vector<Token>& operands, std::size_t& at, UnicodeMap& map) {
  const unsigned first = code_of(operands[at].getValue());
  const unsigned last = std::min(code_of(operands[at + 1].getValue()), 0xFFFFU);
  if (operands[at + 2].getType() == QPDFTokenizer::tt_array_open) {
    const std::size_t begin = at += 3;
    for (unsigned code = first; at < operands.size() && operands[at].getType() == QPDFTokenizer::tt_string;
         ++code, ++at) {
      map[code] = operands[at].getValue();
    }
    return at++ - begin;
  }
  std::string value = operands[at + 2].getValue();
  if (value.size() > longest_value) return most_told + 1;
  at += 3;
  for (unsigned code = first; code <= last; ++code) {
    map[code] = value;
    if (value.size() < 2) continue;
    // Only the last unit counts upwards.
    const unsigned unit = code_of(value.substr(value.size() - 2)) + 1;
    value[value.size() - 2] = static_cast<char>(unit >> 8U & 0xFFU);
    value[value.size() - 1] = static_cast<char>(unit & 0xFFU);
  }
  return first <= last ? last - first + 1 : 0;
}

}  // namespace

std::optional<UnicodeMap> read_unicode_map(QPDFObjectHandle stream) {
  constexpr std::size_t longest = std::size_t{8} << 20U;
  if (!stream.isStream()) return std::nullopt;
  const std::optional<std::string> bytes = decoded_bytes(stream, longest);
  if (!bytes) return std::nullopt;
  UnicodeMap map;
  std::size_t told = 0;
  read_content(*bytes, [&](const ContentOperation& operation) {
    const std::vector<Token>& operands = operation.operands;
    std::size_t at = 0;
    if (operation.name == "endbfchar") {
      for (; at + 1 < operands.size(); at += 2)
        map[code_of(operands[at].getValue())] = operands[at + 1].getValue();
    } else if (operation.name == "endbfrange") {
      while (at + 2 < operands.size() && told <= most_told) told += add_range(operands, at, map);
    }
    return told <= most_told;
  });
  if (told > most_told) return std::nullopt;
  return map;
}

}  // namespace eakte::archive
