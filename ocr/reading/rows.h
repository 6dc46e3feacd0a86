#pragma once
#include <vector>

#include "ocr/text.h"

namespace eakte::ocr::reading {

/// Joins what stands in one row. The recogniser's layout analysis takes the cells of a form, a table or an
/// invoice for blocks and gives one after the other, so that a label is torn from its value. Blocks side by
/// side whose lines share their baselines become one block of rows, read from left to right; columns of
/// running text stay columns. `words` are on a level page, in the recogniser's order, and stay whole; blocks
/// and lines are numbered anew.
///
/// What tells rows from columns is the content of the cells, after T. Kieninger, "Table Structure Recognition
/// Based on Robust Block Segmentation" (SPIE 3305, 1998), with baselines in place of box edges.
void join_rows(std::vector<Word>& words);

}  // namespace eakte::ocr::reading
