#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "archive/pdf/unicode.h"

namespace eakte::archive {

/// What is wrong with a file: one sentence each, beginning with the clause of ISO 19005-2, each sentence
/// once.
class Findings {
public:
  void add(std::string_view clause, std::string_view sentence) {
    // A file that is wrong in a thousand places is not more wrong than one that is wrong in a hundred.
    constexpr std::size_t enough = 100;
    // Names in a sentence come from the file and may be anything.
    std::string text = std::string(clause) + ": " + printable_utf8(sentence.substr(0, 300));
    if (sentences_.size() < enough && known_.insert(text).second) sentences_.push_back(std::move(text));
  }
  bool empty() const { return sentences_.empty(); }
  const std::vector<std::string>& sentences() const { return sentences_; }

private:
  std::set<std::string> known_;
  std::vector<std::string> sentences_;
};

}  // namespace eakte::archive
