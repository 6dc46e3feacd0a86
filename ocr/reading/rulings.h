#pragma once
#include <opencv2/core/mat.hpp>

namespace eakte::ocr::reading {

/// What was taken out of the recogniser's picture.
struct Rulings {
  int across = 0;    ///< lines from left to right
  int down = 0;      ///< lines from top to bottom
  double share = 0;  ///< of the page's pixels that were ink of rulings
};

/// Paints the rulings of forms, tables and underlined text over with the colour of the paper. `grey` is
/// CV_8UC1, level within a degree; `letter_height` in its pixels. A ruling is a thin straight run of ink
/// several letters long; where a stroke crosses it, the stroke stays whole. Dark areas, pictures and letters
/// are left alone.
///
/// Runs as in H. Fan and D. Lopresti's line removal surveys; the rule for crossings after D. Dori and W. Liu,
/// "Sparse pixel vectorization" (PAMI 1999): ink that goes on at both sides belongs to what crosses.
Rulings remove_rulings(cv::Mat& grey, double letter_height);

}  // namespace eakte::ocr::reading
