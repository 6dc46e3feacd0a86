#pragma once
#include <vector>

#include "ocr/text.h"

namespace eakte::ocr::reading {

/// Puts lists of persons that run on in columns, as those copied in or present, into the order in which they
/// are read: down the first column, then down the next. What stands in rows is left alone: cells that are no
/// names of persons, and columns with a heading each, since there a row says something of two persons (a
/// member and the deputy). `words` are on a level page in reading order and stay whole; blocks and lines are
/// numbered anew, each column being a block.
void put_name_lists_in_columns(std::vector<Word>& words);

}  // namespace eakte::ocr::reading
