#pragma once
#include "ocr/text.h"

namespace eakte::ocr::reading {

/// What a second reading of the same page changed.
struct Vote {
  int replaced = 0;  ///< words the other reading is surer of
  int added = 0;     ///< sure words where this one has none
  int dropped = 0;   ///< doubtful words where the other one sees nothing
};

/// Lets two readings of one page vote word by word. Words that overlap are set against each other, as many as
/// belong together where one reading splits what the other joins; the wording with more trust stays, counted
/// by letters. Boxes of both are in pixels of the same picture; order, blocks and lines stay those of `text`,
/// and so does its confidence.
///
/// After J. G. Fiscus, "A post-processing system to yield reduced word error rates: recognizer output voting
/// error reduction (ROVER)", 1997: alignment, then a vote by confidence; alignment is by place here, since
/// readings of a page differ in order.
Vote vote(PageText& text, const PageText& other);

}  // namespace eakte::ocr::reading
