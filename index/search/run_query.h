#pragma once
#include <xapian.h>

#include <vector>

#include "index/search/word_analysis.h"
#include "index/search_index.h"

namespace eakte::index {

/// SearchIndex::search on one open database. Throws BadQuery, Xapian::Error.
Hits run_search(const Xapian::Database& database, const archive::Archive& archive, const Query& query,
                WordAnalysis& analysis);

/// SearchIndex::similar on one open database.
std::vector<Hit> run_similar(const Xapian::Database& database, const archive::Archive& archive,
                             const archive::DocumentId& id, const Query& query, WordAnalysis& analysis);

}  // namespace eakte::index
