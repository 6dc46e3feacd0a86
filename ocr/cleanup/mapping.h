#pragma once
#include <opencv2/core/mat.hpp>
#include <opencv2/core/matx.hpp>
#include <opencv2/core/types.hpp>

#include "ocr/text.h"

namespace eakte::ocr::cleanup {

/// Leads from the pixels of a clean page to those of the picture it was made from: first a displacement that
/// varies slowly over the clean page, then a homography.
class Mapping {
public:
  Mapping() = default;
  explicit Mapping(const cv::Matx33d& homography);

  /// The displacement in pixels of the clean page (CV_32FC2, at least 2 x 2), given at the nodes of a grid of
  /// `step` pixels whose first node is pixel (0, 0); beyond the last node it stays as it is there.
  void displace(cv::Mat nodes, double step);

  /// Where `point` of the clean page comes from.
  cv::Point2d at(cv::Point2d point) const;

  /// Whether there is a displacement, so that the homography alone does not tell everything.
  bool bent() const { return !nodes_.empty(); }
  /// This mapping and then `homography`.
  Mapping followed_by(const cv::Matx33d& homography) const;

  /// The picture of `size` whose pixels lie in `picture` where this mapping leads; `outside` where that is
  /// beyond the picture. `picture` is CV_8UC1; bilinear.
  cv::Mat drawn(const cv::Mat& picture, cv::Size size, double outside) const;

private:
  cv::Vec2f displacement(double x, double y) const;

  cv::Matx33d homography_ = cv::Matx33d::eye();
  cv::Mat nodes_;
  double step_ = 1;
};

/// `box`, found on the clean page, as the smallest upright box around it on a picture of `width` x `height`
/// pixels that `to_received` leads to; inside of it and never empty.
Box mapped(const Box& box, const Mapping& to_received, int width, int height);

/// What turns a page of `size` by `degrees` counter-clockwise about its middle, onto a `canvas` that holds
/// all of it: from pixels of the canvas to those of the page.
cv::Matx33d turned_about_middle(cv::Size size, double degrees, cv::Size& canvas);

}  // namespace eakte::ocr::cleanup
