#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "index/compounds.h"

namespace eakte::index {

/// What a folded word is indexed and found by.
struct AnalyzedWord {
  std::string stem;                     ///< empty for words with digits and stop words: only found exactly
  std::vector<std::string> part_stems;  ///< of a compound's parts in order
};

/// Stems and splits words, remembering them: a document repeats its words. Confined to one thread;
/// the compounds must remain live while it is in use.
class WordAnalysis {
public:
  explicit WordAnalysis(const Compounds& compounds) : compounds_(compounds) {}
  /// Valid until the next call.
  const AnalyzedWord& of(const std::string& exact);
  const Compounds& compounds() const { return compounds_; }

private:
  const Compounds& compounds_;
  std::unordered_map<std::string, AnalyzedWord> words_;
};

}  // namespace eakte::index
