#include "index/search/xapian_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "index/german_text.h"
#include "index/search/terms.h"

namespace eakte::index {
namespace {

using Condition = Xapian::Query;

// Found by its stem counts full; what only resembles it counts less and comes later.
constexpr double exact_weight = 0.5;
constexpr double part_weight = 0.4;
constexpr double near_parts_weight = 0.25;
constexpr Xapian::termcount near_parts_window = 8;
constexpr Xapian::termcount most_expansions = 5000;

Condition scaled(const Condition& query, double factor) {
  return {Condition::OP_SCALE_WEIGHT, query, factor};
}

Condition all_of(const std::vector<Condition>& queries) {
  return {Condition::OP_AND, queries.begin(), queries.end()};
}
Condition any_of(const std::vector<Condition>& queries) {
  return {Condition::OP_OR, queries.begin(), queries.end()};
}

Condition parts_query(const std::vector<std::string>& parts, std::string_view prefix) {
  std::vector<Condition> queries;
  queries.reserve(parts.size());
  for (const std::string& part : parts) {
    queries.emplace_back(Condition::OP_OR, Condition(fmt::format("{}{}{}", stem_mark, prefix, part)),
                         Condition(fmt::format("{}{}{}", part_mark, prefix, part)));
  }
  const auto window = static_cast<Xapian::termcount>(queries.size()) + near_parts_window;
  return {Condition::OP_NEAR, queries.begin(), queries.end(), window};
}

Condition phrase_query(const std::vector<Token>& tokens, std::string_view prefix) {
  std::vector<Condition> queries;
  queries.reserve(tokens.size());
  for (const Token& token : tokens) queries.emplace_back(fmt::format("{}{}", prefix, token.exact));
  if (queries.size() == 1) return queries.front();
  return {Condition::OP_PHRASE, queries.begin(), queries.end(),
          static_cast<Xapian::termcount>(queries.size())};
}

bool covers_all(const TokenRun& run, const TokenizedText& text) {
  return run.first == 0 && run.count == text.tokens.size();
}

// What was typed in one piece: a word, or a number or hyphenated word with its parts in order.
Condition unit_query(const QueryNode& node, WordAnalysis& analysis) {
  const std::string_view prefix = field_prefix(node.field);
  const TokenizedText text = tokenize(node.text);
  std::vector<Condition> queries;
  if (text.tokens.size() == 1) {
    queries.push_back(word_query(text.tokens.front().exact, node.field, analysis));
  } else {
    queries.push_back(phrase_query(text.tokens, prefix));
  }
  for (const TokenRun& run : text.runs) {
    if (!covers_all(run, text)) continue;
    if (run.kind == TokenRun::Kind::number)
      queries.emplace_back(fmt::format("{}{}{}", prefix, number_mark, run.term));
    if (run.kind == TokenRun::Kind::joined) queries.push_back(word_query(run.term, node.field, analysis));
  }
  return any_of(queries);
}

Condition wildcard(const std::string& beginning) {
  return {Condition::OP_WILDCARD, beginning, most_expansions, Condition::WILDCARD_LIMIT_MOST_FREQUENT};
}

Condition prefix_query(const QueryNode& node) {
  const std::string_view prefix = field_prefix(node.field);
  const TokenizedText text = tokenize(node.text);
  std::vector<Condition> queries;
  for (std::size_t i = 0; i + 1 < text.tokens.size(); ++i) {
    queries.emplace_back(fmt::format("{}{}", prefix, text.tokens[i].exact));
  }
  queries.push_back(wildcard(fmt::format("{}{}", prefix, text.tokens.back().exact)));
  std::vector<Condition> ways{all_of(queries)};
  for (const TokenRun& run : text.runs) {
    if (run.kind == TokenRun::Kind::number && covers_all(run, text)) {
      ways = {wildcard(fmt::format("{}{}{}", prefix, number_mark, run.term))};
    }
  }
  return any_of(ways);
}

Condition days_query(const QueryNode& node) {
  if (node.from.empty()) return {Condition::OP_VALUE_LE, slot::day, node.to};
  if (node.to.empty()) return {Condition::OP_VALUE_GE, slot::day, node.from};
  return {Condition::OP_VALUE_RANGE, slot::day, node.from, node.to};
}

bool is_stop_word_node(const QueryNode& node) {
  return node.kind == QueryNode::Kind::word && node.field == Field::any && is_stop_word(fold(node.text));
}

Condition conjunction(const QueryNode& node, WordAnalysis& analysis) {
  std::vector<Condition> wanted;
  std::vector<Condition> unwanted;
  const bool only_stop_words = std::ranges::all_of(node.children, [](const QueryNode& child) {
    return child.kind == QueryNode::Kind::none_of || is_stop_word_node(child);
  });
  for (const QueryNode& child : node.children) {
    if (child.kind == QueryNode::Kind::none_of) {
      unwanted.push_back(xapian_query(child.children.front(), analysis));
    } else if (only_stop_words || !is_stop_word_node(child)) {
      wanted.push_back(xapian_query(child, analysis));
    }
  }
  const Condition positive = wanted.empty() ? Condition::MatchAll : all_of(wanted);
  return unwanted.empty() ? positive : Condition(Condition::OP_AND_NOT, positive, any_of(unwanted));
}

}  // namespace

Xapian::Query word_query(const std::string& exact, Field field, WordAnalysis& analysis) {
  const std::string_view prefix = field_prefix(field);
  const AnalyzedWord word = analysis.of(exact);
  Condition as_typed(fmt::format("{}{}", prefix, exact));
  if (word.stem.empty()) return as_typed;
  std::vector<Condition> queries{
      Condition(fmt::format("{}{}{}", stem_mark, prefix, word.stem)), scaled(as_typed, exact_weight),
      scaled(Condition(fmt::format("{}{}{}", part_mark, prefix, word.stem)), part_weight)};
  if (word.part_stems.size() > 1)
    queries.push_back(scaled(parts_query(word.part_stems, prefix), near_parts_weight));
  return any_of(queries);
}

Xapian::Query xapian_query(const QueryNode& node, WordAnalysis& analysis) {
  if (node.field == Field::plan && !node.text.empty()) {
    if (node.kind == QueryNode::Kind::prefix) return wildcard(plan_term(node.text));
    return Condition(plan_term(node.text));
  }
  switch (node.kind) {
    case QueryNode::Kind::everything:
      return Condition::MatchAll;
    case QueryNode::Kind::word:
      return unit_query(node, analysis);
    case QueryNode::Kind::prefix:
      return prefix_query(node);
    case QueryNode::Kind::phrase:
      return phrase_query(tokenize(node.text).tokens, field_prefix(node.field));
    case QueryNode::Kind::days:
      return days_query(node);
    case QueryNode::Kind::all_of:
      return conjunction(node, analysis);
    case QueryNode::Kind::any_of: {
      std::vector<Condition> queries;
      for (const QueryNode& child : node.children) queries.push_back(xapian_query(child, analysis));
      return any_of(queries);
    }
    case QueryNode::Kind::none_of:
      return {Condition::OP_AND_NOT, Condition::MatchAll, xapian_query(node.children.front(), analysis)};
  }
  return Condition::MatchNothing;
}

Xapian::Query visible_query(const Query& query) {
  constexpr std::array<std::string_view, 5> facets{"typ", "plan", "jahr", "von", "zustand"};
  std::vector<Condition> access;
  for (const std::string& term : query.access) access.emplace_back(access_term(term));
  std::vector<Condition> conditions{Condition(tenant_term(query.tenant)), any_of(access)};
  std::map<std::string, std::vector<Condition>> chosen;
  for (const std::string& filter : query.filters) {
    const std::size_t equals = filter.find('=');
    const std::string facet = filter.substr(0, equals);
    if (equals == std::string::npos || std::ranges::find(facets, facet) == facets.end()) {
      throw BadQuery(fmt::format("Den Filter »{}« gibt es nicht.", filter));
    }
    const std::string value = filter.substr(equals + 1);
    chosen[facet].emplace_back(facet == "plan" ? plan_term(value) : facet_term(facet, value));
  }
  for (const auto& [facet, values] : chosen) conditions.push_back(any_of(values));
  return all_of(conditions);
}

}  // namespace eakte::index
