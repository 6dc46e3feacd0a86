#pragma once
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <vector>

namespace eakte::ocr::codes {

/// A page made ready for the search: grey, and twice reduced.
struct CodePage {
  cv::Mat grey;           ///< CV_8UC1, all pixels
  double per_mm = 0;      ///< pixels of `grey` per millimetre
  cv::Mat half;           ///< about 150 dpi
  double half_scale = 1;  ///< pixels of `grey` per pixel of `half`
  cv::Mat small;          ///< about 75 dpi
  double small_scale = 1;
};
CodePage prepare(const cv::Mat& pixels, int dpi);

/// A place where many parallel edges run side by side, which may be a linear code. In pixels of `grey`.
struct BarRegion {
  cv::Point2d centre;
  double length = 0;  ///< along the reading direction
  double height = 0;  ///< along the bars
  double angle = 0;   ///< of the reading direction, radians, -pi/2..pi/2
};

/// Finds them by the structure tensor of the grey values (J. Bigün, G. H. Granlund: Optimal orientation
/// detection of linear symmetry, ICCV 1987): bars have strong gradients of one direction only. Largest first.
std::vector<BarRegion> find_bar_regions(const CodePage& page);

/// Compact places of mixed ink that may be a matrix code. In pixels of `grey`, the quiet zone left out.
std::vector<cv::Rect> find_matrix_regions(const CodePage& page);

}  // namespace eakte::ocr::codes
