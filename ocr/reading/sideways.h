#pragma once
#include <opencv2/core/types.hpp>
#include <vector>

#include "ocr/page_image.h"
#include "ocr/recognizer.h"
#include "ocr/text.h"

namespace eakte::ocr::reading {

/// Whether a part of a page looks like one or two lines that run up or down it: far taller than wide, and no
/// wider than such lines are. `letter_height` in the same pixels.
bool runs_sideways(const cv::Rect& area, double letter_height);

/// Which words of `words` come from lines that run up or down the page and cannot be trusted. The
/// recogniser's layout analysis finds such lines, form numbers along the margin above all, but takes all of
/// them for lines that run the same way: the others it reads upside down.
std::vector<size_t> misread_sideways(const std::vector<Word>& words);

/// The words of a line that runs up or down `part`, read both ways round; those of the way that can be
/// trusted more, in pixels of `part`, or nothing. Throws Error as the recogniser does.
std::vector<Word> read_sideways(Recognizer& recognizer, const PageImage& part);

}  // namespace eakte::ocr::reading
