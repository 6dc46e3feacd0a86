#include "ocr/reading/sideways.h"

#include <algorithm>
#include <opencv2/core.hpp>

namespace eakte::ocr::reading {
namespace {

constexpr double slender = 2.5;         // times taller than wide
constexpr double widest = 4;            // letters' heights; two lines
constexpr float trusted_line = 0.70F;   // of a line as a whole
constexpr float trusted_word = 0.5F;    // of a word that is added
constexpr size_t least_characters = 4;  // fewer may be anything, a ruling with ticks for instance

size_t characters_in(const std::vector<Word>& words) {
  size_t count = 0;
  for (const Word& word : words)
    count += static_cast<size_t>(std::ranges::count_if(
        word.text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  return count;
}

/// Where a box of the picture turned by `quarter_turns` (1 or 3) lies on the picture, which is `size` large.
Box turned_back(const Box& box, int quarter_turns, cv::Size size) {
  if (quarter_turns == 1) return {box.top, size.height - box.left - box.width, box.height, box.width};
  return {size.width - box.top - box.height, box.left, box.height, box.width};
}

}  // namespace

bool runs_sideways(const cv::Rect& area, double letter_height) {
  return area.height >= slender * area.width && area.width <= widest * letter_height;
}

std::vector<size_t> misread_sideways(const std::vector<Word>& words) {
  std::vector<size_t> found;
  for (size_t begin = 0; begin < words.size();) {
    size_t end = begin + 1;
    while (end < words.size() && words[end].line == words[begin].line) ++end;
    const std::vector<Word> line(words.begin() + static_cast<std::ptrdiff_t>(begin),
                                 words.begin() + static_cast<std::ptrdiff_t>(end));
    const bool tall = std::ranges::all_of(
        line, [](const Word& word) { return word.text.size() == 1 || word.box.height > word.box.width; });
    const bool one_is = std::ranges::any_of(line, [](const Word& word) {
      return characters_in({word}) >= least_characters && word.box.height >= slender * word.box.width;
    });
    if (tall && one_is && page_confidence(line) < trusted_line)
      for (size_t i = begin; i < end; ++i) found.push_back(i);
    begin = end;
  }
  return found;
}

std::vector<Word> read_sideways(Recognizer& recognizer, const PageImage& part) {
  std::vector<Word> best;
  float confidence = trusted_line;
  for (const int quarter_turns : {1, 3}) {
    PageImage level;
    level.dpi = part.dpi;
    cv::rotate(part.pixels, level.pixels,
               quarter_turns == 1 ? cv::ROTATE_90_CLOCKWISE : cv::ROTATE_90_COUNTERCLOCKWISE);
    PageText read = recognizer.recognize(level, Segmentation::block);
    std::erase_if(read.words, [](const Word& word) {
      return word.confidence < trusted_word || page_confidence({word}) < trusted_word;
    });
    if (read.confidence <= confidence || characters_in(read.words) < least_characters) continue;
    confidence = read.confidence;
    best = std::move(read.words);
    for (Word& word : best) word.box = turned_back(word.box, quarter_turns, part.pixels.size());
  }
  return best;
}

}  // namespace eakte::ocr::reading
