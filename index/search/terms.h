#pragma once
#include <xapian.h>

#include <string>
#include <string_view>

#include "index/query_tree.h"

// The terms and values of an indexed document, specified in index/README.md.

namespace eakte::index {

/// Changes when documents indexed before would not be found as they should; such an index is built anew.
inline constexpr std::string_view index_format = "2";
inline constexpr std::string_view format_key = "format";
inline constexpr std::string_view revision_key = "revision";
inline constexpr std::string_view vocabulary_prefix = "w";

namespace slot {
inline constexpr Xapian::valueno order = 0;  ///< day and id: sorts, and makes every order a total one
inline constexpr Xapian::valueno day = 1;    ///< document date, else day received, "20240131"
inline constexpr Xapian::valueno type = 2;
inline constexpr Xapian::valueno plan = 3;
inline constexpr Xapian::valueno year = 4;
inline constexpr Xapian::valueno sender = 5;
inline constexpr Xapian::valueno state = 6;
inline constexpr Xapian::valueno id = 7;
inline constexpr Xapian::valueno revision = 8;
inline constexpr Xapian::valueno textless = 9;  ///< set when the text object could not be read
}  // namespace slot

inline constexpr std::string_view stem_mark = "Z";
inline constexpr std::string_view part_mark = "C";
inline constexpr std::string_view number_mark = "#";

/// The prefix of a field's words; "" for any.
std::string_view field_prefix(Field field);

/// A boolean term, kept below Xapian's limit: long values are cut and told apart by a hash.
std::string boolean_term(std::string_view prefix, std::string_view value);

std::string id_term(std::string_view document_id);
std::string tenant_term(std::string_view tenant);
std::string access_term(std::string_view access);
/// The entry itself and everything below it carry this term.
std::string plan_term(std::string_view number);
/// `facet` is one of the facets but "plan".
std::string facet_term(std::string_view facet, std::string_view value);

}  // namespace eakte::index
