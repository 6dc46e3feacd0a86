#include "ocr/cleanup/mapping.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <utility>

namespace eakte::ocr::cleanup {
namespace {

constexpr double far_away = 1e6;  // beyond any picture, and safe to round to int

/// Points on or behind the horizon are sent far away, where no pixel is.
cv::Point2d projected(const cv::Matx33d& h, double x, double y) {
  const double w = h(2, 0) * x + h(2, 1) * y + h(2, 2);
  if (w < 1e-9) return {-far_away, -far_away};
  const double px = (h(0, 0) * x + h(0, 1) * y + h(0, 2)) / w;
  const double py = (h(1, 0) * x + h(1, 1) * y + h(1, 2)) / w;
  return {std::clamp(px, -far_away, far_away), std::clamp(py, -far_away, far_away)};
}

}  // namespace

Mapping::Mapping(const cv::Matx33d& homography) : homography_(homography) {}

void Mapping::displace(cv::Mat nodes, double step) {
  nodes_ = std::move(nodes);
  step_ = step;
}

Mapping Mapping::followed_by(const cv::Matx33d& homography) const {
  Mapping result = *this;
  result.homography_ = homography * homography_;
  return result;
}

cv::Vec2f Mapping::displacement(double x, double y) const {
  if (nodes_.empty()) return {0, 0};
  const double gx = std::clamp(x / step_, 0.0, nodes_.cols - 1.0);
  const double gy = std::clamp(y / step_, 0.0, nodes_.rows - 1.0);
  const int left = std::min(static_cast<int>(gx), nodes_.cols - 2);
  const int top = std::min(static_cast<int>(gy), nodes_.rows - 2);
  const auto fx = static_cast<float>(gx - left);
  const auto fy = static_cast<float>(gy - top);
  const cv::Vec2f* upper = nodes_.ptr<cv::Vec2f>(top) + left;
  const cv::Vec2f* lower = nodes_.ptr<cv::Vec2f>(top + 1) + left;
  return (1 - fy) * ((1 - fx) * upper[0] + fx * upper[1]) + fy * ((1 - fx) * lower[0] + fx * lower[1]);
}

cv::Point2d Mapping::at(cv::Point2d point) const {
  const cv::Vec2f moved = displacement(point.x, point.y);
  return projected(homography_, point.x + moved[0], point.y + moved[1]);
}

cv::Mat Mapping::drawn(const cv::Mat& picture, cv::Size size, double outside) const {
  cv::Mat result;
  if (!bent()) {
    cv::warpPerspective(picture, result, homography_, size, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                        cv::BORDER_CONSTANT, cv::Scalar(outside));
    return result;
  }
  // In bands, so that the coordinates need no more memory than the picture, and from coordinates on a coarse
  // grid, between which a page is as good as flat. cv::resize puts node i at pixel (i + 0.5) * grid - 0.5.
  constexpr int grid = 16;
  constexpr int band = 8 * grid;
  result.create(size, CV_8UC1);
  const int columns = size.width / grid + 3;
  cv::Mat coarse(band / grid + 2, columns, CV_32FC2);
  cv::Mat fine;
  for (int top = 0; top < size.height; top += band) {
    for (int row = 0; row < coarse.rows; ++row) {
      for (int column = 0; column < columns; ++column) {
        const cv::Point2d from = at({(column - 0.5) * grid - 0.5, top + (row - 0.5) * grid - 0.5});
        coarse.at<cv::Vec2f>(row, column) = {static_cast<float>(from.x), static_cast<float>(from.y)};
      }
    }
    cv::resize(coarse, fine, {}, grid, grid, cv::INTER_LINEAR);
    const int rows = std::min(band, size.height - top);
    cv::Mat part = result.rowRange(top, top + rows);
    cv::remap(picture, part, fine(cv::Rect(grid, grid, size.width, rows)), cv::noArray(), cv::INTER_LINEAR,
              cv::BORDER_CONSTANT, cv::Scalar(outside));
  }
  return result;
}

Box mapped(const Box& box, const Mapping& to_received, int width, int height) {
  double x0 = 1e9;
  double y0 = 1e9;
  double x1 = -1e9;
  double y1 = -1e9;
  // The sides of a box may bend, so their middles have a say too.
  for (int i = 0; i <= 2; ++i) {
    for (int j = 0; j <= 2; ++j) {
      const cv::Point2d at = to_received.at({box.left + 0.5 * i * box.width, box.top + 0.5 * j * box.height});
      x0 = std::min(x0, at.x);
      x1 = std::max(x1, at.x);
      y0 = std::min(y0, at.y);
      y1 = std::max(y1, at.y);
    }
  }
  const int l = std::clamp(static_cast<int>(std::lround(x0)), 0, width - 1);
  const int t = std::clamp(static_cast<int>(std::lround(y0)), 0, height - 1);
  const int r = std::clamp(static_cast<int>(std::lround(x1)), l + 1, width);
  const int b = std::clamp(static_cast<int>(std::lround(y1)), t + 1, height);
  return {l, t, r - l, b - t};
}

cv::Matx33d turned_about_middle(cv::Size size, double degrees, cv::Size& canvas) {
  const double radians = degrees * std::numbers::pi / 180;
  const double c = std::cos(radians);
  const double s = std::sin(radians);
  canvas = {static_cast<int>(std::ceil(size.width * std::abs(c) + size.height * std::abs(s))),
            static_cast<int>(std::ceil(size.width * std::abs(s) + size.height * std::abs(c)))};
  const double x = canvas.width / 2.0;
  const double y = canvas.height / 2.0;
  return {c, -s, size.width / 2.0 - c * x + s * y, s, c, size.height / 2.0 - s * x - c * y, 0, 0, 1};
}

}  // namespace eakte::ocr::cleanup
