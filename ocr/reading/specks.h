#pragma once
#include <opencv2/core/types.hpp>
#include <vector>

#include "ocr/text.h"

namespace eakte::ocr::reading {

/// Drops what the recogniser made of specks, rulings and drawings: words of one or two characters without a
/// digit that are rather wrong than right by their own confidence. Numbers stay, since one digit in a cell is
/// often all there is. Blocks and lines are numbered anew, without gaps.
void drop_specks(std::vector<Word>& words);

/// Drops the words of which two thirds lie in one of `places`, where nothing can stand, such as the holes of
/// a punch. Blocks and lines are numbered anew, without gaps.
void drop_words_in(std::vector<Word>& words, const std::vector<cv::Rect>& places);

}  // namespace eakte::ocr::reading
