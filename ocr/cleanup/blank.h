#pragma once
#include "ocr/cleanup/border.h"
#include "ocr/cleanup/survey.h"

namespace eakte::ocr::cleanup {

struct Blank {
  bool blank = false;
  double confidence = 0;  ///< 0..1, of the finding whichever it is
  double ink_share = 0;   ///< of the page without its border
};

/// Whether nothing is printed or written on the page. Specks, grain, a border and the shine of the other
/// side don't count. A page with a single signature or stamp is not blank.
Blank find_blank(const Survey& page, const Border& border);

}  // namespace eakte::ocr::cleanup
