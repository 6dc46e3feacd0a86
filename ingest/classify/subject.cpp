#include "ingest/classify/subject.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "ingest/classify/date_labels.h"
#include "ingest/classify/dates.h"
#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

bool is_salutation(std::string_view text) {
  const std::string plain = folded(text);
  static constexpr std::array<std::string_view, 11> kStarts{
      "sehr geehrte", "sehr verehrte", "dear ",  "guten tag", "werte ", "werter ",
      "liebe ",       "lieber ",       "hallo ", "moin",      "geehrte"};
  return std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view s) {
    // A speck before it is read as a letter.
    const std::size_t at = plain.find(s);
    return at == 0 || (at < 5 && plain[at - 1] == ' ');
  });
}

std::size_t salutation_row(const Layout& layout) {
  for (std::size_t r = 0; r < layout.rows.size(); ++r) {
    if (layout.rows[r][0].page == 0 && is_salutation(layout.rows[r][0].text)) return r;
  }
  return layout.rows.size();
}

/// "Musterstadt, 12.02.2026", "Datum: 12.02.2026", but not "Sitzung am 12.02.2026".
bool is_dateline(std::string_view text) {
  const auto dates =
      dates_in(text, archive::Date{std::chrono::year(2100), std::chrono::January, std::chrono::day(1)});
  if (dates.empty() || dates.back().end + 3 <= text.size() || text.size() >= 45) return false;
  const std::string before = folded(text.substr(0, dates[0].begin));
  return folded_words(before).empty() || names_letter_date(before) || place_of_writing(before).found;
}

/// The height of the letters, whatever letters there are: a word without ascenders or descenders has a lower
/// box. In mm, comparable between segments only.
double letter_size(const Segment& segment) {
  std::vector<double> shares;
  for (const std::string_view word : tokens_of(segment.text)) {
    if (word.size() < 3) continue;
    const bool below = word.find_first_of("gjpqy,;()") != std::string_view::npos;
    const bool above = std::any_of(word.begin(), word.end(), [](char c) {
      return (c & 0x80) != 0 || std::string_view("acemnorsuvwxzgpqy.,;-").find(c) == std::string_view::npos;
    });
    shares.push_back(above && below ? 1.0 : above || below ? 0.78 : 0.56);
  }
  if (shares.empty()) return segment.height;
  const auto middle = shares.begin() + static_cast<std::ptrdiff_t>(shares.size() / 2);
  std::nth_element(shares.begin(), middle, shares.end());
  return segment.height / *middle;
}

/// Rows above `row` that hang together and reach over the text column; the nearest to the salutation first.
std::vector<const Segment*> lines_above(const Layout& layout, std::size_t row) {
  std::vector<const Segment*> lines;
  double below = layout.rows[row][0].top;
  while (row > 0) {
    const Segment& line = layout.rows[--row][0];
    const double gap = below - line.bottom;
    if (line.page != 0 || gap > (lines.empty() ? 14.0 : 6.5) || lines.size() == 4 || line.left > 100) break;
    // A taller line above the subject is a headline, the line of place and date or the address ends the
    // search.
    if (is_dateline(line.text)) break;
    // Boxes of born-digital pages are as high as the font, those of pictures as the letters.
    if (!lines.empty() && line.height > 1.15 * lines.back()->height &&
        letter_size(line) > 1.2 * letter_size(*lines.back()))
      break;
    lines.push_back(&line);
    below = line.top;
  }
  return lines;
}

std::optional<Finding> labelled_subject(const Layout& layout) {
  for (const std::string_view label : {"betreff", "betr.", "betrifft", "subject", "re", "betr"}) {
    for (const LabelledValue& found : values_of(layout, label)) {
      if (found.label.page == 0 && found.value.size() > 3)
        return Finding{found.value, 0.95, "nach „Betreff“"};
    }
  }
  return std::nullopt;
}

/// "Kassenzeichen: 5.4711.000382.6" alone says nothing about the matter.
bool is_bare_reference(std::string_view text) {
  const std::string plain = folded(text);
  return tokens_of(text).size() <= 3 && plain.find("zeichen") < 10;
}

}  // namespace

std::optional<Finding> subject_of(const Layout& layout) {
  if (auto found = labelled_subject(layout)) return found;
  const std::size_t row = salutation_row(layout);
  if (row == layout.rows.size()) return std::nullopt;
  std::vector<const Segment*> lines = lines_above(layout, row);
  if (lines.empty()) return std::nullopt;
  std::reverse(lines.begin(), lines.end());
  std::string text;
  for (const Segment* line : lines) {
    if (!text.empty()) text += ' ';
    text += line->text;
  }
  if (text.size() < 4 || is_bare_reference(text)) return std::nullopt;
  return Finding{std::move(text), 0.85, "Zeile vor der Anrede"};
}

std::vector<Segment> headlines_of(const Layout& layout) {
  constexpr std::size_t kMost = 60;
  std::vector<Segment> headlines;
  const std::size_t end = salutation_row(layout);
  for (std::size_t r = 0; r < layout.rows.size(); ++r) {
    for (const Segment& segment : layout.rows[r]) {
      if (segment.page != 0 || segment.top > 0.6 * layout.page_height || headlines.size() == kMost) continue;
      const bool tall = segment.height > 1.22 * layout.body_height;
      const bool before_text = r < end && end < layout.rows.size() && segment.top > 60;
      const bool at_top = segment.top < 0.2 * layout.page_height;
      if (tall || before_text || at_top) headlines.push_back(segment);
    }
  }
  return headlines;
}

}  // namespace eakte::ingest
