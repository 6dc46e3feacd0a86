#pragma once
#include <xapian.h>

#include <string>

#include "index/query.h"
#include "index/query_tree.h"
#include "index/search/word_analysis.h"

namespace eakte::index {

/// The tree as Xapian's query.
Xapian::Query xapian_query(const QueryNode& node, WordAnalysis& analysis);

/// One folded word in a field: itself, its inflections, compounds it is part of and, for a compound, its
/// parts standing near each other.
Xapian::Query word_query(const std::string& exact, Field field, WordAnalysis& analysis);

/// Tenant, access and facets. Always part of the query, never applied to its results.
/// Throws BadQuery for a filter that is not "facet=value" of a known facet.
Xapian::Query visible_query(const Query& query);

}  // namespace eakte::index
