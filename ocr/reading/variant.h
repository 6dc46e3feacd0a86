#pragma once
#include "ocr/page_image.h"
#include "ocr/recognizer.h"
#include "ocr/text.h"

namespace eakte::ocr::reading {

/// Whether enough of a reading is doubtful for the votes of another one to be worth its time, and the page
/// short enough for that to be little.
bool may_gain_by_vote(const PageText& text);

/// Reads the `clean` page (CV_8UC1) another way: without its rulings and a little smaller, which moves the
/// errors elsewhere without making many more. Boxes are in pixels of `clean`. Throws Error as the recogniser
/// does.
PageText read_variant(Recognizer& recognizer, const PageImage& clean);

}  // namespace eakte::ocr::reading
