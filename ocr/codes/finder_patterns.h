#pragma once
#include <array>
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <vector>

namespace eakte::ocr::codes {

/// The square in a corner of a QR code: a dark ring of 7 by 7 modules, a light one, 3 by 3 dark modules.
struct FinderPattern {
  cv::Point2d centre;
  double module = 0;                     ///< pixels
  std::array<cv::Point2d, 4> corners{};  ///< of the outer ring, in order around it
};

/// Three that stand like those of one symbol, named as on an upright one.
struct FinderTriple {
  FinderPattern top_left, top_right, bottom_left;
};

/// Finds them as pieces within pieces, whatever their perspective; on a black and white picture, ink is 255.
std::vector<FinderPattern> find_finder_patterns(const cv::Mat& ink);

/// Those that may belong together, at most `most`.
std::vector<FinderTriple> triples_of(const std::vector<FinderPattern>& patterns, std::size_t most);

}  // namespace eakte::ocr::codes
