#pragma once
#include <opencv2/core/mat.hpp>

namespace eakte::ocr::cleanup {

/// `bgr` (CV_8UC3, sRGB) as CIE L*a*b* (CV_8UC3; L* times 2.55, a* and b* plus 128, as OpenCV has it), to one
/// grey value. OpenCV computes tables for it in software floating point when it is first asked, which takes
/// a worker's child a tenth of the time of a page.
cv::Mat lab_of(const cv::Mat& bgr);

}  // namespace eakte::ocr::cleanup
