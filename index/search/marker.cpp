#include "index/search/marker.h"

#include <algorithm>

namespace eakte::index {
namespace {

constexpr std::size_t near_parts_window = 8;

bool is_marked_in_text(Field field) {
  return field == Field::any || field == Field::reference || field == Field::sender || field == Field::title;
}

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

void set_marks(std::size_t first, std::size_t count, int number, Marks& marks) {
  for (std::size_t i = first; i < first + count; ++i) {
    if (marks.leaf[i] < 0) marks.leaf[i] = number;
  }
  marks.leaves_found.insert(number);
}

}  // namespace

Marker::Marker(const QueryNode& root, WordAnalysis& analysis) : analysis_(analysis) { collect(root); }

void Marker::collect(const QueryNode& node) {
  switch (node.kind) {
    case QueryNode::Kind::all_of:
    case QueryNode::Kind::any_of:
      for (const QueryNode& child : node.children) collect(child);
      return;
    case QueryNode::Kind::word:
    case QueryNode::Kind::prefix:
    case QueryNode::Kind::phrase:
      if (is_marked_in_text(node.field)) add_leaf(node);
      return;
    case QueryNode::Kind::everything:
    case QueryNode::Kind::days:
    case QueryNode::Kind::none_of:
      return;
  }
}

void Marker::add_leaf(const QueryNode& node) {
  const TokenizedText text = tokenize(node.text);
  if (text.tokens.empty()) return;
  if (node.kind == QueryNode::Kind::word && is_stop_word(text.tokens.front().exact) &&
      text.tokens.size() == 1)
    return;
  Leaf leaf;
  for (const Token& token : text.tokens) leaf.sequence.push_back(token.exact);
  if (node.kind == QueryNode::Kind::prefix) {
    leaf.beginning = leaf.sequence.back();
  } else if (node.kind == QueryNode::Kind::word) {
    if (leaf.sequence.size() == 1) {
      const AnalyzedWord& word = analysis_.of(leaf.sequence.front());
      leaf.stem = word.stem;
      leaf.part_stems = word.part_stems;
    }
    for (const TokenRun& run : text.runs) {
      if (run.count != text.tokens.size()) continue;
      (run.kind == TokenRun::Kind::number ? leaf.numbers : leaf.joined).push_back(run.term);
    }
  }
  leaves_.push_back(std::move(leaf));
}

bool Marker::matches_word(const Leaf& leaf, const std::string& exact) {
  if (!leaf.beginning.empty()) return leaf.sequence.size() == 1 && exact.starts_with(leaf.beginning);
  if (contains(leaf.joined, exact)) return true;
  if (leaf.sequence.size() != 1) return false;
  if (exact == leaf.sequence.front()) return true;
  if (leaf.stem.empty()) return false;
  const AnalyzedWord& word = analysis_.of(exact);
  return word.stem == leaf.stem || contains(word.part_stems, leaf.stem);
}

void Marker::mark_sequences(const Leaf& leaf, int number, const TokenizedText& text, Marks& marks) {
  const std::size_t length = leaf.sequence.size();
  if (length < 2) return;
  for (std::size_t first = 0; first + length <= text.tokens.size(); ++first) {
    std::size_t same = 0;
    while (same < length) {
      const std::string& exact = text.tokens[first + same].exact;
      const bool last = same + 1 == length;
      if (last && !leaf.beginning.empty() ? !exact.starts_with(leaf.beginning) : exact != leaf.sequence[same])
        break;
      ++same;
    }
    if (same == length) set_marks(first, length, number, marks);
  }
}

void Marker::mark_runs(const Leaf& leaf, int number, const TokenizedText& text, Marks& marks) {
  for (const TokenRun& run : text.runs) {
    const bool found = run.kind == TokenRun::Kind::number
                           ? contains(leaf.numbers, run.term)
                           : leaf.beginning.empty() && matches_word(leaf, run.term);
    if (found) set_marks(run.first, run.count, number, marks);
  }
}

// A compound's parts, each once within a few words.
void Marker::mark_near_parts(const Leaf& leaf, int number, const TokenizedText& text, Marks& marks) {
  const std::size_t parts = leaf.part_stems.size();
  if (parts < 2) return;
  std::vector<std::vector<bool>> has(text.tokens.size(), std::vector<bool>(parts));
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const AnalyzedWord& word = analysis_.of(text.tokens[i].exact);
    for (std::size_t part = 0; part < parts; ++part) {
      has[i][part] = !word.stem.empty() &&
                     (word.stem == leaf.part_stems[part] || contains(word.part_stems, leaf.part_stems[part]));
    }
    if (std::ranges::find(has[i], true) != has[i].end()) places.push_back(i);
  }
  for (std::size_t from = 0; from < places.size(); ++from) {
    std::vector<bool> found(parts);
    std::size_t to = from;
    for (; to < places.size() && places[to] - places[from] < parts + near_parts_window; ++to) {
      for (std::size_t part = 0; part < parts; ++part) found[part] = found[part] || has[places[to]][part];
    }
    if (std::ranges::find(found, false) != found.end()) continue;
    for (std::size_t i = from; i < to; ++i) set_marks(places[i], 1, number, marks);
  }
}

Marks Marker::mark(const TokenizedText& text) {
  Marks marks{std::vector<int>(text.tokens.size(), -1), {}};
  for (std::size_t number = 0; number < leaves_.size(); ++number) {
    const Leaf& leaf = leaves_[number];
    const int leaf_number = static_cast<int>(number);
    std::unordered_map<std::string, bool> known;
    for (std::size_t i = 0; i < text.tokens.size(); ++i) {
      const auto [entry, fresh] = known.try_emplace(text.tokens[i].exact, false);
      if (fresh) entry->second = matches_word(leaf, text.tokens[i].exact);
      if (entry->second) set_marks(i, 1, leaf_number, marks);
    }
    mark_sequences(leaf, leaf_number, text, marks);
    mark_runs(leaf, leaf_number, text, marks);
    mark_near_parts(leaf, leaf_number, text, marks);
  }
  return marks;
}

}  // namespace eakte::index
