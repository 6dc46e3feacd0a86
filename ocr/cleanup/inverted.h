#pragma once
#include <opencv2/core/mat.hpp>

#include "ocr/cleanup/survey.h"

namespace eakte::ocr::cleanup {

/// White print on black: heads of tables, boxes, banners.
struct Inverted {
  cv::Mat mask;  ///< CV_8UC1 in the size of the survey, 255 where black and white are exchanged; may be empty
  int areas = 0;
  double share = 0;       ///< of the picture's area
  double confidence = 0;  ///< 0..1
};

/// Dark areas in one piece whose holes have the size of letters. A dark picture has no such holes, a frame or
/// a table is not dark inside, black letters are too small. (Holes as evidence: compare Fletcher & Kasturi
/// 1988, who tell print by the sizes of connected pieces.)
Inverted find_inverted(const Survey& page);

/// How sure it is that the whole of `grey` (CV_8UC1) is a negative, 0..1: a dark page on which far more
/// letters are found once it is reversed.
double negative_confidence(const cv::Mat& grey);

}  // namespace eakte::ocr::cleanup
