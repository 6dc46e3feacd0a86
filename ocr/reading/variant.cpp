#include "ocr/reading/variant.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ocr/reading/rulings.h"

namespace eakte::ocr::reading {
namespace {

constexpr float doubtful_word = 0.7F;
constexpr double much_doubtful = 0.1;  // of the letters; of fewer little can change
constexpr double long_page = 1500;     // letters; reading them again costs more than the errors on it count
constexpr double smaller = 0.82;       // letters of 20 pixels become 16, of which none is lost

}  // namespace

bool may_gain_by_vote(const PageText& text) {
  double letters = 0;
  double doubtful = 0;
  for (const Word& word : text.words) {
    const auto length = static_cast<double>(word.text.size());
    letters += length;
    if (word.confidence < doubtful_word) doubtful += length;
  }
  return letters <= long_page && doubtful >= much_doubtful * letters && letters > 0;
}

PageText read_variant(Recognizer& recognizer, const PageImage& clean) {
  cv::Mat bare = clean.pixels.clone();
  remove_rulings(bare, clean.dpi / 10.0);
  PageImage variant;
  cv::resize(bare, variant.pixels, {}, smaller, smaller, cv::INTER_AREA);
  variant.dpi = std::max(70, static_cast<int>(std::lround(clean.dpi * smaller)));
  PageText text = recognizer.recognize(variant);
  const auto grown = [](int pixels) { return static_cast<int>(std::lround(pixels / smaller)); };
  for (Word& word : text.words)
    word.box = {grown(word.box.left), grown(word.box.top), grown(word.box.width), grown(word.box.height)};
  return text;
}

}  // namespace eakte::ocr::reading
