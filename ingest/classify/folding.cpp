#include "ingest/classify/folding.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace eakte::ingest {
namespace {

struct CodePoint {
  char32_t value;
  std::size_t bytes;
};

/// The character at the start of `text`; a broken one counts as one byte of value 0xFFFD.
CodePoint first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || text.size() < length) return {0xFFFD, 1};
  char32_t value = length == 2 ? lead & 0x1FU : length == 3 ? lead & 0x0FU : lead & 0x07U;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {0xFFFD, 1};
    value = value << 6U | (byte(i) & 0x3FU);
  }
  return {value, length};
}

struct Range {
  char32_t first;
  char32_t last;
  std::string_view plain;
};

/// Latin letters with marks, and signs, with what stands for them; the upper case letters come with the
/// lower.
constexpr std::array<Range, 32> kPlain{{
    {0xA0, 0xA0, " "},   {0xAD, 0xAD, ""},       {0xB7, 0xB7, "·"},     {0xC0, 0xC5, "a"},
    {0xC6, 0xC6, "ae"},  {0xC7, 0xC7, "c"},      {0xC8, 0xCB, "e"},     {0xCC, 0xCF, "i"},
    {0xD1, 0xD1, "n"},   {0xD2, 0xD6, "o"},      {0xD8, 0xD8, "o"},     {0xD9, 0xDC, "u"},
    {0xDD, 0xDD, "y"},   {0xDF, 0xDF, "ss"},     {0xE0, 0xE5, "a"},     {0xE6, 0xE6, "ae"},
    {0xE7, 0xE7, "c"},   {0xE8, 0xEB, "e"},      {0xEC, 0xEF, "i"},     {0xF1, 0xF1, "n"},
    {0xF2, 0xF6, "o"},   {0xF8, 0xF8, "o"},      {0xF9, 0xFC, "u"},     {0xFD, 0xFD, "y"},
    {0xFF, 0xFF, "y"},   {0x11E, 0x11F, "g"},    {0x130, 0x131, "i"},   {0x15E, 0x15F, "s"},
    {0x160, 0x161, "s"}, {0x1E9E, 0x1E9E, "ss"}, {0x2010, 0x2015, "-"}, {0x2018, 0x201F, "\""},
}};

std::string_view plain_of(char32_t value) {
  for (const Range& range : kPlain) {
    if (value >= range.first && value <= range.last) return range.plain;
  }
  return "?";
}

bool is_word_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

std::string folded(std::string_view utf8) {
  std::string result;
  result.reserve(utf8.size());
  while (!utf8.empty()) {
    const CodePoint next = first_of(utf8);
    utf8.remove_prefix(next.bytes);
    if (next.value >= 0x80) {
      result += plain_of(next.value);
    } else {
      const char c = static_cast<char>(next.value);
      result += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
  }
  return result;
}

std::vector<std::string> folded_words(std::string_view utf8) {
  std::vector<std::string> words;
  std::string current;
  for (const char c : folded(utf8) + ' ') {
    if (is_word_character(c)) {
      current += c;
    } else if (!current.empty()) {
      words.push_back(std::move(current));
      current.clear();
    }
  }
  return words;
}

bool nearly_equal(std::string_view text, std::string_view wanted, int slips) {
  constexpr std::size_t kLongest = 40;
  if (text.size() > kLongest || wanted.size() > kLongest) return text == wanted;
  if (std::abs(static_cast<int>(text.size()) - static_cast<int>(wanted.size())) > slips) return false;
  std::array<int, kLongest + 1> row{};
  for (std::size_t j = 0; j <= wanted.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= text.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= wanted.size(); ++j) {
      const int above = row[j];
      const int changed = diagonal + (text[i - 1] == wanted[j - 1] ? 0 : 1);
      row[j] = std::min({changed, above + 1, row[j - 1] + 1});
      diagonal = above;
    }
  }
  return row[wanted.size()] <= slips;
}

std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> tokens;
  while (!text.empty()) {
    const std::size_t start = text.find_first_not_of(" \t\n");
    if (start == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(" \t\n", start), text.size());
    tokens.push_back(text.substr(start, end - start));
    text.remove_prefix(end);
  }
  return tokens;
}

std::string_view trimmed(std::string_view text, std::string_view characters) {
  const std::size_t first = text.find_first_not_of(characters);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(characters) - first + 1);
}

}  // namespace eakte::ingest
