#include "index/search/suggestion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "index/german_text.h"
#include "index/search/terms.h"
#include "index/search/xapian_query.h"

namespace eakte::index {
namespace {

constexpr std::size_t shortest_word = 4;
constexpr std::size_t longest_word = 30;
constexpr std::size_t most_words = 6;
constexpr std::size_t most_candidates = 12;
// A word that hardly occurs may be a reading error of the one that was meant.
constexpr Xapian::doccount rare = 2;
constexpr Xapian::doccount much_more = 10;

struct Candidate {
  int distance = 0;
  std::string word;
  std::string written;
};

Xapian::doccount count(const Xapian::Database& database, const Xapian::Query& query) {
  Xapian::Enquire enquire(database);
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  return enquire.get_mset(0, 0, database.get_doccount()).get_matches_estimated();
}

void collect_words(const QueryNode& node, std::vector<const QueryNode*>& words) {
  if (node.kind == QueryNode::Kind::word && node.field != Field::plan) {
    const std::string folded = fold(node.text);
    const bool plain = std::ranges::all_of(folded, [](char c) { return c >= 'a' && c <= 'z'; });
    if (plain && folded.size() >= shortest_word && folded.size() <= longest_word && !is_stop_word(folded)) {
      words.push_back(&node);
    }
  }
  if (node.kind != QueryNode::Kind::all_of && node.kind != QueryNode::Kind::any_of) return;
  for (const QueryNode& child : node.children) collect_words(child, words);
}

std::vector<Candidate> candidates_below(const Xapian::Database& database, const std::string& word,
                                        char first) {
  const int most = word.size() < 6 ? 1 : 2;
  std::vector<Candidate> candidates;
  const std::string prefix = fmt::format("{}{}", vocabulary_prefix, first);
  for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix); ++key) {
    const std::string known = (*key).substr(vocabulary_prefix.size());
    if (known == word) continue;
    const int distance = edit_distance(word, known, most);
    if (distance <= most) candidates.push_back({distance, known, {}});
  }
  return candidates;
}

// Nearest first. Most misspellings keep the first letter: only without success the others are looked at.
std::vector<Candidate> candidates_for(const Xapian::Database& database, const std::string& word) {
  std::vector<Candidate> candidates = candidates_below(database, word, word[0]);
  for (char first = 'a'; candidates.empty() && first <= 'z'; ++first) {
    if (first != word[0]) candidates = candidates_below(database, word, first);
  }
  std::ranges::stable_sort(candidates, {}, &Candidate::distance);
  if (candidates.size() > most_candidates) candidates.resize(most_candidates);
  for (Candidate& candidate : candidates) {
    candidate.written = database.get_metadata(fmt::format("{}{}", vocabulary_prefix, candidate.word));
  }
  return candidates;
}

std::string replacement(const Xapian::Database& database, const QueryNode& node, const Xapian::Query& visible,
                        WordAnalysis& analysis) {
  const auto hits = [&](const std::string& word) {
    return count(database,
                 Xapian::Query(Xapian::Query::OP_FILTER, word_query(word, node.field, analysis), visible));
  };
  const std::string folded = fold(node.text);
  const Xapian::doccount now = hits(folded);
  if (now > rare) return {};
  std::string best;
  Xapian::doccount most = now == 0 ? 0 : now * much_more;
  int nearest = 0;
  for (const Candidate& candidate : candidates_for(database, folded)) {
    if (!best.empty() && candidate.distance > nearest) break;
    const Xapian::doccount found = hits(candidate.word);
    if (found <= most) continue;
    most = found;
    best = candidate.written;
    nearest = candidate.distance;
  }
  return best;
}

}  // namespace

int edit_distance(std::string_view left, std::string_view right, int most) {
  constexpr std::size_t longest = 64;
  const int difference = std::abs(static_cast<int>(left.size()) - static_cast<int>(right.size()));
  if (difference > most || left.size() >= longest || right.size() >= longest) return most + 1;
  std::array<std::array<int, longest + 1>, 3> rows{};
  for (std::size_t j = 0; j <= right.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= left.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i - 1) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (std::size_t j = 1; j <= right.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > most) return most + 1;
  }
  return std::min(rows[left.size() % 3][right.size()], most + 1);
}

std::string suggest(const Xapian::Database& database, const std::string& text, const QueryNode& root,
                    const Xapian::Query& visible, Xapian::doccount total, WordAnalysis& analysis) {
  std::vector<const QueryNode*> words;
  collect_words(root, words);
  if (words.size() > most_words) return {};
  std::ranges::sort(words, std::greater<>(), &QueryNode::begin);
  std::string corrected = text;
  for (const QueryNode* const node : words) {
    const std::string better = replacement(database, *node, visible, analysis);
    if (!better.empty()) corrected.replace(node->begin, node->end - node->begin, better);
  }
  if (corrected == text) return {};
  const Xapian::Query query(Xapian::Query::OP_FILTER, xapian_query(parse_query(corrected), analysis),
                            visible);
  return count(database, query) > total ? corrected : std::string();
}

void extend_vocabulary(Xapian::WritableDatabase& database, const std::map<std::string, std::string>& words) {
  for (const auto& [folded, written] : words) {
    const std::string key = fmt::format("{}{}", vocabulary_prefix, folded);
    if (database.get_metadata(key).empty()) database.set_metadata(key, written);
  }
}

void shrink_vocabulary(Xapian::WritableDatabase& database, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (!database.term_exists(word)) database.set_metadata(fmt::format("{}{}", vocabulary_prefix, word), "");
  }
}

}  // namespace eakte::index
