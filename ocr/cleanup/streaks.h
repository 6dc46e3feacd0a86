#pragma once
#include <opencv2/core/mat.hpp>

namespace eakte::ocr::cleanup {

/// Scan lines that a fax lost or blackened: one to three rows of pixels, over the whole page or a part of it,
/// exactly level, running through the letters.
struct Streaks {
  double confidence = 0;  ///< 0..1; grows with their number, a single one proves nothing
  int black = 0;          ///< long thin runs that letters cross
  int white = 0;          ///< gaps that cut through all letters of an eighth of the page's width
};

/// Looks at black and white pages only; `grey` is CV_8UC1 and stands as it was sent. A gap or run is judged
/// by the rows above and below it, as a fax machine conceals a line it received wrongly by its neighbours.
Streaks find_streaks(const cv::Mat& grey);

/// The page with black runs taken out and gaps closed where the rows above and below agree on black. Rulings
/// stay as long as they are tilted by a pixel or two, as nearly all scanned ones are.
cv::Mat without_streaks(const cv::Mat& grey);

}  // namespace eakte::ocr::cleanup
