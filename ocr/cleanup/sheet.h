#pragma once
#include <array>
#include <opencv2/core/mat.hpp>
#include <opencv2/core/matx.hpp>
#include <opencv2/core/types.hpp>

namespace eakte::ocr::cleanup {

/// A sheet of paper on a photograph.
struct Sheet {
  std::array<cv::Point2d, 4> corners;  ///< in pixels of the picture, clockwise from the one at the top left
  cv::Size size;  ///< of the flat sheet, in pixels about as large as those of the picture
  cv::Matx33d to_picture = cv::Matx33d::eye();  ///< pixels of the flat sheet -> pixels of the picture
  int sides_seen =
      0;  ///< 3: one lies beyond the picture and follows from the others; 2: the picture ends there
  double confidence = 0;  ///< 0..1; with 0 the other members mean nothing
};

/// The sheet that a photograph shows, whichever way it stands. Lines are found by a Hough transform along the
/// gradient (O'Gorman & Clowes 1976) on a small picture from which print was closed away; four of them make a
/// sheet if edges lie along nearly all of their length with paper on the inner side. The proportions follow
/// from the perspective (Zhang & He 2007, "Whiteboard scanning and image enhancement"). A printed frame is
/// not a sheet, nor is a scanned page without anything around it. `picture` is CV_8UC1 or CV_8UC3 (BGR).
Sheet find_sheet(const cv::Mat& picture);

/// Focal length of a telephone's camera in longer sides of its picture (26 to 28 mm equivalent).
constexpr double usual_focal = 0.77;

/// Sets `size` and `to_picture` from the corners of a sheet on a picture of this size. The proportions follow
/// from the perspective (Zhang & He 2007).
void lay_flat(Sheet& sheet, cv::Size picture);

/// The same sheet on the picture of size `picture` after clockwise quarter turns.
Sheet turned(const Sheet& sheet, cv::Size picture, int quarter_turns);

/// The flat sheet, its sides divided by `reduction`, drawn from the picture `grey` (CV_8UC1).
cv::Mat flat_sheet(const cv::Mat& grey, const Sheet& sheet, int reduction);

}  // namespace eakte::ocr::cleanup
