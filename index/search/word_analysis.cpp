#include "index/search/word_analysis.h"

#include "index/german_text.h"

namespace eakte::index {

const AnalyzedWord& WordAnalysis::of(const std::string& exact) {
  constexpr std::size_t most_remembered = 100000;
  const auto known = words_.find(exact);
  if (known != words_.end()) return known->second;
  if (words_.size() >= most_remembered) words_.clear();
  AnalyzedWord word;
  if (!has_digit(exact) && !is_stop_word(exact)) {
    word.stem = stem(exact);
    for (const std::string& part : compounds_.split(exact)) word.part_stems.push_back(stem(part));
  }
  return words_.emplace(exact, std::move(word)).first->second;
}

}  // namespace eakte::index
