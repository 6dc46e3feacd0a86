#include "ocr/reading/trust.h"

#include <algorithm>

namespace eakte::ocr::reading {
namespace {

constexpr double surely_wrong = 0.4;
constexpr double surely_right = 0.85;

// Two or six letters and a twentieth or a fifth rank the 264 pages it was measured on alike.
constexpr double lost_for_each_found = 4;
constexpr double most_lost = 0.1;

constexpr double most_trust = 0.95;   // where the means of the words' confidences lie
constexpr double least_trust = 0.01;  // 0 says that nothing was read

double trust_in(const Word& word) {
  // A word that is garbage has no confidence as a page of its own.
  if (page_confidence({word}) <= 0) return 0;
  return std::clamp((word.confidence - surely_wrong) / (surely_right - surely_wrong), 0.0, 1.0);
}

}  // namespace

float page_trust(const std::vector<Word>& words, int letters_found_again) {
  if (words.empty()) return 0;
  double letters = 0;
  double trusted = 0;
  for (const Word& word : words) {
    letters += static_cast<double>(word.text.size());
    trusted += trust_in(word);
  }
  const double lost = std::min(most_lost, lost_for_each_found * letters_found_again / std::max(1.0, letters));
  const double share = trusted / static_cast<double>(words.size()) - lost;
  return static_cast<float>(std::clamp(most_trust * share, least_trust, most_trust));
}

}  // namespace eakte::ocr::reading
