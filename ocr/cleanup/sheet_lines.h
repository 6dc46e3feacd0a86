#pragma once
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <vector>

namespace eakte::ocr::cleanup {

/// A straight line on a picture and what lies along it.
struct EdgeLine {
  cv::Point2d normal;  ///< of length 1
  double offset = 0;   ///< points p of the line have normal.dot(p) == offset
  double votes = 0;

  /// One entry per pixel along the line, the first at `start`, each the sum of all before it.
  cv::Point2d start;
  std::vector<int> supported;      ///< pixels with an edge in the line's direction
  std::vector<double> brightness;  ///< how much brighter the picture is where the normal points to

  cv::Point2d along() const { return {-normal.y, normal.x}; }
  double position(cv::Point2d p) const { return (p - start).dot(along()); }
};

/// The strongest straight edges of `smooth` (CV_8UC1 or CV_8UC3 in a space where distances mean something,
/// brightness first), at most `most` of them, strongest first.
std::vector<EdgeLine> edge_lines(const cv::Mat& smooth, size_t most);

}  // namespace eakte::ocr::cleanup
