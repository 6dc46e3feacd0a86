#include "ingest/formats/text_bytes.h"

#include <algorithm>
#include <array>
#include <vector>

#include "ingest/formats/pdf_text.h"
#include "ingest/formats/source_bytes.h"
#include "ingest/intake_queue.h"

namespace eakte::ingest {
namespace {

/// Calls `piece` for what stands between white space, `blank` for each white space character.
template <class Text, class Piece, class Blank>
void split(Text text, Piece piece, Blank blank) {
  using Unit = typename Text::value_type;
  constexpr auto blanks = std::to_array<Unit>({' ', '\t', '\n', '\r', '\f'});
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(blanks.data(), 0, blanks.size()), text.size());
    if (end > 0) piece(text.substr(0, end));
    if (end == text.size()) return;
    blank(static_cast<char>(text[end]));
    text.remove_prefix(end + 1);
  }
}

std::string from_utf16(std::span<const std::uint8_t> bytes, bool big) {
  std::u16string units;
  for (std::size_t at = 2; at + 2 <= bytes.size(); at += 2)
    units.push_back(static_cast<char16_t>(big ? big_endian(bytes, at, 2) : little_endian(bytes, at, 2)));
  std::string text;
  split(
      std::u16string_view(units), [&](std::u16string_view word) { text += displayable(utf8_word(word)); },
      [&](char blank) { text += blank; });
  return text;
}

std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      plain += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      plain += '\n';
    }
  }
  return plain;
}

/// How often `separator` stands outside quotes in each of the first lines that are not empty.
std::vector<int> counts_in_lines(std::string_view text, char separator) {
  constexpr std::size_t lines_looked_at = 20;
  std::vector<int> counts{0};
  bool quoted = false;
  bool anything = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) {
      if (anything && counts.size() == lines_looked_at) return counts;
      if (anything) counts.push_back(0);
      anything = false;
      continue;
    }
    anything = true;
    if (c == separator && !quoted) ++counts.back();
  }
  if (!anything && counts.size() > 1) counts.pop_back();
  return counts;
}

}  // namespace

std::string utf8_text(std::span<const std::uint8_t> bytes) {
  if (bytes.size() >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE)
    return with_plain_line_ends(from_utf16(bytes, false));
  if (bytes.size() >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF)
    return with_plain_line_ends(from_utf16(bytes, true));
  std::string_view given(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  while (given.starts_with("\xEF\xBB\xBF")) given.remove_prefix(3);
  std::string text;
  text.reserve(given.size());
  split(
      given, [&](std::string_view word) { text += displayable(word); }, [&](char blank) { text += blank; });
  return with_plain_line_ends(text);
}

char column_separator(std::string_view text) {
  char best = ';';
  int most = 0;
  for (const char separator : {';', '\t', ','}) {
    const std::vector<int> counts = counts_in_lines(text, separator);
    const auto [least, greatest] = std::ranges::minmax(counts);
    if (least == greatest && least > most) {
      best = separator;
      most = least;
    }
  }
  return best;
}

int most_columns(std::string_view text, char separator) {
  constexpr std::ptrdiff_t most = 1024;
  std::ptrdiff_t columns = 1;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    columns = std::max(columns, std::ranges::count(text.substr(0, end), separator) + 1);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return static_cast<int>(std::min(columns, most));
}

}  // namespace eakte::ingest
