#pragma once
#include <string>
#include <vector>

namespace eakte::index {

enum class SortOrder { relevance, newest, oldest };

/// What somebody searches for, and who: rights are part of the query, so that counts, facets, snippets and
/// suggestions never show more than the person may see.
struct Query {
  /// As typed. Words (all must occur), OR, NOT or leading -, brackets, "phrase", prefix*, and fields:
  /// typ: az: von: betreff: akte: plan: datum: (day, month, year, or from..to with either side open).
  std::string text;
  std::string tenant;
  std::vector<std::string> access{"all"};  ///< access terms of the person; one of them must match
  /// Facet values chosen, as "facet=value": several of one facet are alternatives, facets narrow each other.
  std::vector<std::string> filters;
  SortOrder sort = SortOrder::relevance;
  int offset = 0;
  int limit = 20;
};

}  // namespace eakte::index
