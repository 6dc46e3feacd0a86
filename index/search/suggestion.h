#pragma once
#include <xapian.h>

#include <map>
#include <string>

#include "index/query_tree.h"
#include "index/search/word_analysis.h"

namespace eakte::index {

/// The query with misspelled words replaced by words of the index, when that finds more than `total` within
/// `visible`; else empty. A word is only suggested when documents within `visible` contain it.
std::string suggest(const Xapian::Database& database, const std::string& text, const QueryNode& root,
                    const Xapian::Query& visible, Xapian::doccount total, WordAnalysis& analysis);

/// Adds the words that are not known yet to the vocabulary, in the transaction under way.
void extend_vocabulary(Xapian::WritableDatabase& database, const std::map<std::string, std::string>& words);

/// Takes words out of the vocabulary that no document contains any more.
void shrink_vocabulary(Xapian::WritableDatabase& database, const std::vector<std::string>& words);

/// Optimal string alignment distance (insert, delete, replace, swap neighbours), `most` + 1 if larger.
int edit_distance(std::string_view left, std::string_view right, int most);

}  // namespace eakte::index
