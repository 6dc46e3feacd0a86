#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace eakte::archive {

/// What is wrong with a file: one sentence each, beginning with the clause of ISO 19005-2, each sentence
/// once.
class Findings {
public:
  void add(std::string_view clause, std::string_view sentence) {
    // A file that is wrong in a thousand places is not more wrong than one that is wrong in a hundred.
    constexpr std::size_t enough = 100;
    std::string text = std::string(clause) + ": " + std::string(sentence);
    if (sentences_.size() < enough && known_.insert(text).second) sentences_.push_back(std::move(text));
  }
  bool empty() const { return sentences_.empty(); }
  const std::vector<std::string>& sentences() const { return sentences_; }

private:
  std::set<std::string> known_;
  std::vector<std::string> sentences_;
};

}  // namespace eakte::archive
