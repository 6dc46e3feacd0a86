#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "index/error.h"

namespace eakte::index {

/// Where a word is looked for.
enum class Field {
  any,        ///< the whole document
  type,       ///< typ:
  reference,  ///< az: of the document, its folder or its case
  sender,     ///< von:
  title,      ///< betreff:
  folder,     ///< akte: reference or title of folder and case
  plan,       ///< plan: number of the file plan entry or of one above it
  date        ///< datum:
};

/// A query as a tree.
struct QueryNode {
  enum class Kind {
    everything,  ///< matches every document
    word,        ///< `text` as typed; several tokens when it holds separators
    prefix,      ///< words that begin with `text`
    phrase,      ///< the words of `text`, one after the other
    days,        ///< `from` to `to`
    all_of,
    any_of,
    none_of  ///< not its only child
  };
  Kind kind = Kind::everything;
  Field field = Field::any;
  std::string text;
  std::string from;       ///< first day, "20240101"; empty: open
  std::string to;         ///< last day; empty: open
  std::size_t begin = 0;  ///< bytes of the query that `text` was
  std::size_t end = 0;
  std::vector<QueryNode> children;
};

/// Reads a query as people type it:
///     query    = part { (ODER | OR) part }
///     part     = { [UND | AND] [NICHT | NOT | -] item }      all items must hold
///     item     = word | word* | "phrase" | ( query ) | field: item
/// Operators are written in capitals; unknown fields are words. A quotation that is not closed ends with the
/// query, an operator with nothing after it is ignored. Throws BadQuery for brackets that do not match, a
/// field without value, a day that does not exist, and a query that is too long or too deep; nothing else.
QueryNode parse_query(std::string_view text);

}  // namespace eakte::index
