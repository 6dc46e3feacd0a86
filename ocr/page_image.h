#pragma once
#include <opencv2/core/mat.hpp>

namespace eakte::ocr {

/// The picture of one page, in memory. A value: copies share pixels as cv::Mat does, so whoever changes
/// pixels clones first.
struct PageImage {
  cv::Mat pixels;  ///< CV_8UC1 (grey; a 1-bit picture is held as 0 and 255) or CV_8UC3 (BGR); never empty
  int dpi = 300;   ///< pixels per inch, already made plausible (70..1200) by whoever read the file
};

}  // namespace eakte::ocr
