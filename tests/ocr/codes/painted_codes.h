#pragma once
#include <opencv2/core.hpp>
#include <string>

#include "ocr/codes.h"

namespace eakte::ocr::painted {

/// An empty A5 page, CV_8UC1.
cv::Mat empty_sheet(int dpi = 200);

/// Paints a code as its symbology wants it, with ZXing's writer, its upper left corner (quiet zone left out)
/// at `at`; `module` is the width of the narrowest bar or of a square in pixels, `height` that of linear
/// bars.
cv::Rect paint_code(cv::Mat& sheet, Symbology symbology, const std::string& text, cv::Point at, int module,
                    int height = 80);

/// The four bars of a patch code, wide ones as 'W', over the breadth of 60 mm, the first `from_edge_mm` below
/// the upper edge, `scale` times their size.
cv::Rect paint_patch(cv::Mat& sheet, const std::string& bars, double from_edge_mm = 12, int dpi = 200,
                     double scale = 1);

/// The page turned by degrees around its middle, on white.
cv::Mat tilted(const cv::Mat& sheet, double degrees);

/// The page with grain of this standard deviation.
cv::Mat grainy(const cv::Mat& sheet, double deviation);

/// The page with this share of its pixels made black or white.
cv::Mat speckled(const cv::Mat& sheet, double share);

}  // namespace eakte::ocr::painted
