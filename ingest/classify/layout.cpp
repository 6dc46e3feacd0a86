#include "ingest/classify/layout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

constexpr double kMillimetresPerInch = 25.4;
constexpr double kWideGap = 5.0;  // mm between words: a new cell or column begins

double millimetres_per_pixel(const ocr::PageText& page) {
  const double by_dpi = kMillimetresPerInch / std::max(page.dpi, 1);
  if (page.width <= 0 || page.height <= 0) return by_dpi;
  const double width = page.width * by_dpi;
  const double shape = static_cast<double>(page.width) / page.height;
  const bool portrait_a4 = shape > 0.64 && shape < 0.80;
  return portrait_a4 && (width < 190 || width > 230) ? 210.0 / page.width : by_dpi;
}

struct PlacedWord {
  const ocr::Word* word;
  double left, top, right, bottom;
};

/// Whether there is more to a word than blanks; readers return frames and lines as such.
bool is_blank(std::string_view text) {
  return folded_words(text).empty() && trimmed(text, " \t\xC2\xA0|_").empty();
}

/// The median height of the words with three letters or more: one box blown up by a stain does not make a
/// headline.
double typical_height(std::span<const PlacedWord> words) {
  std::vector<double> heights;
  for (const PlacedWord& word : words) {
    if (word.word->text.size() >= 3) heights.push_back(word.bottom - word.top);
  }
  if (heights.empty()) return words[0].bottom - words[0].top;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

Segment segment_of(std::span<const PlacedWord> words, std::size_t page) {
  Segment segment{
      "", words[0].left, words[0].top, words[0].right, words[0].bottom, typical_height(words), page, {}};
  for (const PlacedWord& word : words) {
    if (!segment.text.empty()) segment.text += ' ';
    const std::size_t begin = segment.text.size();
    segment.text += word.word->text;
    segment.words.push_back({begin, segment.text.size(), word.word->confidence});
    segment.left = std::min(segment.left, word.left);
    segment.top = std::min(segment.top, word.top);
    segment.right = std::max(segment.right, word.right);
    segment.bottom = std::max(segment.bottom, word.bottom);
  }
  return segment;
}

std::vector<Segment> segments_of(const ocr::PageText& page, std::size_t number) {
  const double scale = millimetres_per_pixel(page);
  constexpr std::size_t kMostWords = 20'000;  // a page of print has a tenth of it
  std::map<int, std::vector<PlacedWord>> lines;
  for (const ocr::Word& word : std::span(page.words).first(std::min(page.words.size(), kMostWords))) {
    if (is_blank(word.text) || word.box.width <= 0 || word.box.height <= 0) continue;
    lines[word.line].push_back({&word, word.box.left * scale, word.box.top * scale,
                                (word.box.left + word.box.width) * scale,
                                (word.box.top + word.box.height) * scale});
  }
  std::vector<Segment> segments;
  for (auto& [line, words] : lines) {
    std::stable_sort(words.begin(), words.end(),
                     [](const auto& a, const auto& b) { return a.left < b.left; });
    std::size_t start = 0;
    for (std::size_t i = 1; i <= words.size(); ++i) {
      if (i < words.size() && words[i].left - words[i - 1].right < kWideGap) continue;
      segments.push_back(segment_of(std::span(words).subspan(start, i - start), number));
      start = i;
    }
  }
  return segments;
}

bool side_by_side(const Row& row, const Segment& segment) {
  return std::any_of(row.begin(), row.end(), [&](const Segment& other) {
    const double overlap = std::min(other.bottom, segment.bottom) - std::max(other.top, segment.top);
    const double least = std::min(other.bottom - other.top, segment.bottom - segment.top);
    const bool apart = segment.left >= other.right - 0.5 || other.left >= segment.right - 0.5;
    return apart && overlap > 0.5 * least;
  });
}

void add_rows(std::vector<Row>& rows, std::vector<Segment> segments) {
  std::stable_sort(segments.begin(), segments.end(),
                   [](const Segment& a, const Segment& b) { return a.middle() < b.middle(); });
  const std::size_t first = rows.size();
  for (Segment& segment : segments) {
    // Only the last few rows can lie at the same height.
    std::size_t row = rows.size();
    for (std::size_t i = rows.size(); i > first && i + 4 > rows.size(); --i) {
      if (side_by_side(rows[i - 1], segment)) row = i - 1;
    }
    if (row == rows.size()) rows.emplace_back();
    rows[row].push_back(std::move(segment));
  }
  for (std::size_t i = first; i < rows.size(); ++i) {
    std::stable_sort(rows[i].begin(), rows[i].end(),
                     [](const auto& a, const auto& b) { return a.left < b.left; });
  }
}

double median_height(const std::vector<Row>& rows) {
  std::vector<double> heights;
  for (const Row& row : rows) {
    for (const Segment& segment : row) {
      if (segment.page == 0) heights.push_back(segment.height);
    }
  }
  if (heights.empty()) return 0;
  std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2),
                   heights.end());
  return heights[heights.size() / 2];
}

/// The bytes that a long label takes of which the reader got one letter wrong; words are compared as wholes.
std::optional<std::size_t> misread_label_length(std::string_view text, std::string_view folded_label) {
  constexpr std::size_t kLong = 9;
  if (folded_label.size() < kLong || folded(text.substr(0, 1)) != folded_label.substr(0, 1))
    return std::nullopt;
  const std::size_t words = tokens_of(folded_label).size();
  const std::vector<std::string_view> tokens = tokens_of(text.substr(0, folded_label.size() * 2 + 4));
  if (tokens.size() < words) return std::nullopt;
  const auto end =
      static_cast<std::size_t>(tokens[words - 1].data() - text.data()) + tokens[words - 1].size();
  const std::string_view label = trimmed(text.substr(0, end), " :.,");
  if (!nearly_equal(folded(label), folded_label, 1)) return std::nullopt;
  return static_cast<std::size_t>(label.data() - text.data()) + label.size();
}

/// The number of bytes of `text` that the folded label takes, if the text starts with it.
std::optional<std::size_t> label_length(std::string_view text, std::string_view folded_label) {
  if (!folded(text.substr(0, folded_label.size() * 2 + 4)).starts_with(folded_label))
    return misread_label_length(text, folded_label);
  std::size_t best = 0;
  // Labels are a few words: fold longer and longer starts until they agree.
  for (std::size_t end = 1; end <= text.size() && end <= folded_label.size() * 2 + 4; ++end) {
    if (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) continue;
    if (folded(text.substr(0, end)) == folded_label) best = end;
  }
  if (best == 0) return std::nullopt;
  if (best < text.size() && text.find_first_of(" :.,", best) != best) return std::nullopt;
  return best;
}

const Segment* segment_below(const Layout& layout, std::size_t row, const Segment& label) {
  for (std::size_t i = row + 1; i < layout.rows.size() && i <= row + 2; ++i) {
    for (const Segment& segment : layout.rows[i]) {
      const bool under =
          segment.left < label.right + 1 && segment.right > label.left - 1 && segment.left > label.left - 4;
      if (segment.page == label.page && under && segment.top - label.bottom < 7) return &segment;
    }
  }
  return nullptr;
}

}  // namespace

double Segment::confidence_between(std::size_t begin, std::size_t end) const {
  double least = 1;
  for (const WordPlace& word : words) {
    if (word.begin < end && word.end > begin) least = std::min(least, word.confidence);
  }
  return least;
}

bool share_column(const Segment& one, const Segment& other) {
  const double overlap = std::min(one.right, other.right) - std::max(one.left, other.left);
  const double least = std::min(one.right - one.left, other.right - other.left);
  return overlap > 0.3 * least || std::abs(one.left - other.left) < 4;
}

Layout layout_of(std::span<const ocr::PageText> pages) {
  Layout layout;
  layout.pages = pages.size();
  for (std::size_t i = 0; i < pages.size(); ++i) add_rows(layout.rows, segments_of(pages[i], i));
  if (!pages.empty() && pages[0].height > 0)
    layout.page_height = pages[0].height * millimetres_per_pixel(pages[0]);
  layout.body_height = median_height(layout.rows);
  return layout;
}

std::vector<LabelledValue> values_of(const Layout& layout, std::string_view folded_label) {
  constexpr std::size_t kFirstWords = 16;  // bytes; a value is hardly longer, a sentence may follow
  std::vector<LabelledValue> values;
  for (std::size_t r = 0; r < layout.rows.size(); ++r) {
    const Row& row = layout.rows[r];
    for (std::size_t s = 0; s < row.size(); ++s) {
      const std::optional<std::size_t> length = label_length(row[s].text, folded_label);
      if (!length) continue;
      const std::string_view rest = trimmed(std::string_view(row[s].text).substr(*length), " :;,.");
      if (!rest.empty()) {
        const auto at = static_cast<std::size_t>(rest.data() - row[s].text.data());
        values.push_back({std::string(rest), row[s], false, row[s].confidence_between(at, at + kFirstWords)});
        continue;
      }
      const Segment* below = segment_below(layout, r, row[s]);
      const bool colon = row[s].text.ends_with(':');
      if (s + 1 < row.size() && (colon || below == nullptr)) {
        values.push_back({row[s + 1].text, row[s], false, row[s + 1].confidence_between(0, kFirstWords)});
      } else if (below != nullptr) {
        values.push_back({below->text, row[s], true, below->confidence_between(0, kFirstWords)});
      }
    }
  }
  return values;
}

}  // namespace eakte::ingest
