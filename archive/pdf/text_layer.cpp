#include "archive/pdf/text_layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/error.h"
#include "archive/pdf/unicode.h"

namespace eakte::archive {
namespace {

/// A word in points, y upwards.
struct PlacedWord {
  std::u32string characters;
  double left = 0;
  double right = 0;
  double top = 0;
  double bottom = 0;
  double baseline = 0;
};

bool hangs_below_the_baseline(char32_t character) {
  return std::u32string_view(U"gjpqyQJ,;()[]{}|/§ç_„").find(character) != std::u32string_view::npos;
}

PlacedWord placed(const ocr::Word& word, double x_scale, double y_scale, double page_height) {
  PlacedWord result;
  result.characters = printable_code_points(word.text);
  result.left = word.box.left * x_scale;
  result.right = (word.box.left + std::max(word.box.width, 1)) * x_scale;
  result.top = page_height - word.box.top * y_scale;
  result.bottom = page_height - (word.box.top + std::max(word.box.height, 1)) * y_scale;
  const bool hangs =
      std::any_of(result.characters.begin(), result.characters.end(), hangs_below_the_baseline);
  result.baseline = hangs ? result.bottom + 0.2 * (result.top - result.bottom) : result.bottom;
  return result;
}

/// The straight line through the baselines of the words (least squares over the word centres).
struct Baseline {
  double mean_x = 0;
  double mean_y = 0;
  double slope = 0;
  double rise = 0;  ///< from the first to the last word, upwards or downwards

  double at(const PlacedWord& word) const { return mean_y + slope * ((word.left + word.right) / 2 - mean_x); }
};

Baseline baseline_of(const std::vector<PlacedWord>& line) {
  Baseline result;
  const auto count = static_cast<double>(line.size());
  for (const PlacedWord& word : line) {
    result.mean_x += (word.left + word.right) / 2 / count;
    result.mean_y += word.baseline / count;
  }
  double covariance = 0;
  double variance = 0;
  double first = line.front().left;
  double last = line.front().right;
  for (const PlacedWord& word : line) {
    const double x = (word.left + word.right) / 2 - result.mean_x;
    covariance += x * (word.baseline - result.mean_y);
    variance += x * x;
    first = std::min(first, word.left);
    last = std::max(last, word.right);
  }
  if (variance < 1) return result;
  result.slope = covariance / variance;
  result.rise = std::abs(result.slope) * (last - first);
  return result;
}

double median_height(const std::vector<PlacedWord>& line) {
  std::vector<double> heights;
  heights.reserve(line.size());
  for (const PlacedWord& word : line) heights.push_back(word.top - word.bottom);
  std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2),
                   heights.end());
  return heights[heights.size() / 2];
}

double font_size(const std::vector<PlacedWord>& line, double rise) {
  double top = line.front().top;
  double bottom = line.front().bottom;
  for (const PlacedWord& word : line) {
    top = std::max(top, word.top);
    bottom = std::min(bottom, word.bottom);
  }
  // One word with a box gone wrong must not blow up the whole line.
  const double typical = median_height(line);
  const double size = std::min(top - bottom - rise, 2.5 * typical);
  return std::max({size, 0.6 * typical, 1.0});
}

/// A line as it is written.
struct Line {
  std::vector<PlacedWord> words;
  Baseline baseline;
  double size = 1;  ///< of the font
  bool is_steep = false;

  double level(const PlacedWord& word) const { return is_steep ? baseline.at(word) : baseline.mean_y; }
};

Line line_of(std::vector<PlacedWord> words) {
  Line line;
  line.words = std::move(words);
  line.baseline = baseline_of(line.words);
  line.size = font_size(line.words, line.baseline.rise);
  line.is_steep = line.baseline.rise > 2.5 * line.size;
  return line;
}

/// The width a word is fitted to: its box, ending a fifth of an em before the word after it.
double fitted_width(const Line& line, std::size_t index) {
  const PlacedWord& word = line.words[index];
  const double width = word.right - word.left;
  if (index + 1 >= line.words.size()) return width;
  const double pitch = line.words[index + 1].left - word.left;
  if (pitch <= 0) return width;
  return std::min(width, std::max(pitch - 0.2 * line.size, 0.5 * pitch));
}

/// Size and level of a line's last word.
struct Ending {
  double size = 1;
  double level = 0;
};

/// pdf.js sees a new line where the text goes back to the left by more than half of the last font's size up
/// or down; else it joins the last word with the first of the next line. So the last word is set smaller, and
/// at worst a little aside, where a line begins to the left of it nearly on its level.
Ending ending_of(const Line& line, const Line* next) {
  const PlacedWord& last = line.words.back();
  Ending ending{line.size, line.level(last)};
  if (next == nullptr || next->words.front().left > last.right) return ending;
  const double step = next->level(next->words.front()) - ending.level;
  if (std::abs(step) > 0.55 * line.size) return ending;
  ending.size = std::clamp(1.6 * std::abs(step), 0.3 * line.size, line.size);
  const double missing = 0.6 * ending.size - std::abs(step);
  if (missing > 0) ending.level += step > 0 ? -missing : missing;
  return ending;
}

/// One BT per line: poppler forgets Tz from one to the next, and selection follows the order of the lines.
/// Each word is fitted to its box and carries its own blank. All stand on one level, which readers join best;
/// only where a slanting line would come to lie on its neighbours do its words step along with it.
std::string line_content(const Line& line, const Line* next, TextFont& font, const std::string& font_name) {
  const Ending ending = ending_of(line, next);
  double size = line.size;
  std::string content = fmt::format("BT\n3 Tr {} {} Tf\n", font_name, pdf_number(size));
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    const PlacedWord& word = line.words[i];
    const bool is_last = i + 1 == line.words.size();
    if (is_last && ending.size != size) {
      size = ending.size;
      content += fmt::format("{} {} Tf\n", font_name, pdf_number(size));
    }
    const double natural = font.width(word.characters) * size / 1000;
    const double stretch = std::clamp(100 * fitted_width(line, i) / natural, 1.0, 1000.0);
    content += fmt::format("{} Tz 1 0 0 1 {} {} Tm <{}> Tj\n", pdf_number(stretch), pdf_number(word.left),
                           pdf_number(is_last ? ending.level : line.level(word)),
                           font.codes(word.characters + U' '));
  }
  return content + "ET\n";
}

/// The words of a page by lines; words without a printable character are left out.
std::vector<Line> lines_of(const ocr::PageText& text, double width, double height) {
  std::vector<Line> lines;
  std::vector<PlacedWord> words;
  const auto end_line = [&] {
    if (!words.empty()) lines.push_back(line_of(std::move(words)));
    words.clear();
  };
  const ocr::Word* before = nullptr;
  for (const ocr::Word& word : text.words) {
    if (before != nullptr && (word.block != before->block || word.line != before->line)) end_line();
    before = &word;
    PlacedWord next = placed(word, width / text.width, height / text.height, height);
    if (!next.characters.empty()) words.push_back(std::move(next));
  }
  end_line();
  return lines;
}

}  // namespace

std::string pdf_number(double value) {
  std::string text = fmt::format("{:.3f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string text_layer(const ocr::PageText& text, double width, double height, TextFont& font,
                       const std::string& font_name) {
  if (text.words.empty()) return {};
  if (text.width <= 0 || text.height <= 0) throw Error("text layer: words on a page without a size");
  const std::vector<Line> lines = lines_of(text, width, height);
  std::string content;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    content += line_content(lines[i], i + 1 < lines.size() ? &lines[i + 1] : nullptr, font, font_name);
  }
  return content;
}

}  // namespace eakte::archive
