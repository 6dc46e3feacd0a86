#include "ocr/reading/trust.h"

#include <algorithm>
#include <cmath>

namespace eakte::ocr::reading {
namespace {

constexpr double surely_wrong = 0.4;
constexpr double surely_right = 0.7;

// Measured on 170 pages: brings the values to where the means of the words' confidences lie.
constexpr double slope = 1.04;
constexpr double offset = -0.09;

}  // namespace

float page_trust(const std::vector<Word>& words) {
  double weight = 0;
  double trusted = 0;
  for (const Word& word : words) {
    const double counts = std::sqrt(static_cast<double>(word.text.size()));
    const double trust = (word.confidence - surely_wrong) / (surely_right - surely_wrong);
    weight += counts;
    // A word that is garbage has no confidence as a page of its own.
    if (page_confidence({word}) > 0) trusted += counts * std::clamp(trust, 0.0, 1.0);
  }
  if (weight <= 0) return 0;
  return static_cast<float>(std::clamp(slope * trusted / weight + offset, 0.01, 1.0));
}

}  // namespace eakte::ocr::reading
