#pragma once
#include <cstddef>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "index/german_text.h"
#include "index/query_tree.h"
#include "index/search/word_analysis.h"

namespace eakte::index {

/// Which tokens of a page a query found.
struct Marks {
  std::vector<int> leaf;       ///< per token: the number of a leaf that matches it, -1 for none
  std::set<int> leaves_found;  ///< distinct leaves that match somewhere
};

/// Finds a query's words in a text by the same rules as the index: inflections, compound parts both ways,
/// phrases, beginnings, numbers however written. Words under NICHT are not marked. Confined to one thread;
/// the analysis must remain live.
class Marker {
public:
  Marker(const QueryNode& root, WordAnalysis& analysis);

  Marks mark(const TokenizedText& text);
  std::size_t leaf_count() const { return leaves_.size(); }

private:
  struct Leaf {
    std::vector<std::string> sequence;    ///< folded words that follow each other; one for a plain word
    std::string beginning;                ///< prefix*: what the last word begins with
    std::string stem;                     ///< of a single word
    std::vector<std::string> part_stems;  ///< of a single compound
    std::vector<std::string> numbers;     ///< number runs that are the same
    std::vector<std::string> joined;      ///< the same without hyphens
  };

  void collect(const QueryNode& node);
  void add_leaf(const QueryNode& node);
  bool matches_word(const Leaf& leaf, const std::string& exact);
  void mark_sequences(const Leaf& leaf, int number, const TokenizedText& text, Marks& marks);
  void mark_runs(const Leaf& leaf, int number, const TokenizedText& text, Marks& marks);
  void mark_near_parts(const Leaf& leaf, int number, const TokenizedText& text, Marks& marks);

  WordAnalysis& analysis_;
  std::vector<Leaf> leaves_;
};

}  // namespace eakte::index
