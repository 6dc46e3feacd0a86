#include "ocr/reading/specks.h"

#include <algorithm>
#include <utility>

namespace eakte::ocr::reading {
namespace {

constexpr float rather_right = 0.5F;
constexpr int short_word = 2;

bool is_speck(const Word& word) {
  if (word.confidence >= rather_right) return false;
  const auto letters = std::ranges::count_if(word.text, [](char c) { return (c & 0xC0) != 0x80; });
  const bool has_digit = std::ranges::any_of(word.text, [](char c) { return c >= '0' && c <= '9'; });
  return letters <= short_word && !has_digit;
}

/// Blocks and lines anew, without gaps.
void renumber(std::vector<Word>& words) {
  int block = -1;
  int line = -1;
  int old_block = -1;
  int old_line = -1;
  for (Word& word : words) {
    if (word.block != old_block) ++block;
    if (word.line != old_line || word.block != old_block) ++line;
    old_block = std::exchange(word.block, block);
    old_line = std::exchange(word.line, line);
  }
}

}  // namespace

void drop_specks(std::vector<Word>& words) {
  std::erase_if(words, is_speck);
  renumber(words);
}

void drop_words_in(std::vector<Word>& words, const std::vector<cv::Rect>& places) {
  std::erase_if(words, [&](const Word& word) {
    const cv::Rect box(word.box.left, word.box.top, word.box.width, word.box.height);
    return std::ranges::any_of(
        places, [&](const cv::Rect& place) { return 3 * (box & place).area() > 2 * box.area(); });
  });
  renumber(words);
}

}  // namespace eakte::ocr::reading
