#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ocr/cleanup/sheet.h"

namespace eakte::ocr::cleanup {
namespace {

constexpr double long_a4 = 1.41421356;

/// Width over height of the sheet, by Zhang & He: the homography of a rectangle under a camera with square
/// pixels and its axis through the middle of the picture tells focal length and proportions. Near a view from
/// straight above that is unstable; then the lengths of the sides say it well enough.
double proportions(const std::array<cv::Point2d, 4>& c, cv::Size frame) {
  const double plain = (cv::norm(c[1] - c[0]) + cv::norm(c[2] - c[3])) /
                       std::max(1e-9, cv::norm(c[3] - c[0]) + cv::norm(c[2] - c[1]));
  const cv::Point2d middle(frame.width / 2.0, frame.height / 2.0);
  const double unit = std::max(frame.width, frame.height);
  std::array<cv::Vec3d, 4> m;
  for (size_t i = 0; i < 4; ++i) {
    const cv::Point2d p = (c[i] - middle) / unit;
    m[i] = {p.x, p.y, 1};
  }
  // In the paper's order: 1 top left, 2 top right, 3 bottom left, 4 bottom right.
  const cv::Vec3d& m1 = m[0];
  const cv::Vec3d& m2 = m[1];
  const cv::Vec3d& m3 = m[3];
  const cv::Vec3d& m4 = m[2];
  const double k2 = m1.cross(m4).dot(m3) / m2.cross(m4).dot(m3);
  const double k3 = m1.cross(m4).dot(m2) / m3.cross(m4).dot(m2);
  const cv::Vec3d n2 = k2 * m2 - m1;
  const cv::Vec3d n3 = k3 * m3 - m1;
  double focal_squared = usual_focal * usual_focal;
  if (std::abs(n2[2]) > 0.03 && std::abs(n3[2]) > 0.03) {
    const double found = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2]);
    if (found > 0.3 && found < 4) focal_squared = found;
  }
  const double width = (n2[0] * n2[0] + n2[1] * n2[1]) / focal_squared + n2[2] * n2[2];
  const double height = (n3[0] * n3[0] + n3[1] * n3[1]) / focal_squared + n3[2] * n3[2];
  const double found = std::sqrt(width / std::max(1e-12, height));
  return std::isfinite(found) && found > 0.75 * plain && found < plain / 0.75 ? found : plain;
}

/// Most sheets are A4 or A5.
double snapped(double proportion) {
  for (const double usual : {long_a4, 1 / long_a4}) {
    if (std::abs(proportion / usual - 1) < 0.06) return usual;
  }
  return proportion;
}

void set_flat(Sheet& sheet, double proportion) {
  const auto& c = sheet.corners;
  const double width = std::max(cv::norm(c[1] - c[0]), cv::norm(c[2] - c[3]));
  const double height = std::max(cv::norm(c[3] - c[0]), cv::norm(c[2] - c[1]));
  const double across = std::sqrt(width * height * proportion);
  sheet.size = {std::max(8, static_cast<int>(std::lround(across))),
                std::max(8, static_cast<int>(std::lround(across / proportion)))};
}

void set_homography(Sheet& sheet) {
  const auto w = static_cast<float>(sheet.size.width);
  const auto h = static_cast<float>(sheet.size.height);
  const std::array<cv::Point2f, 4> flat{cv::Point2f(0, 0), {w, 0}, {w, h}, {0, h}};
  std::array<cv::Point2f, 4> seen;
  for (size_t i = 0; i < 4; ++i) seen[i] = sheet.corners[i];
  sheet.to_picture = cv::getPerspectiveTransform(flat.data(), seen.data());
}

}  // namespace

void lay_flat(Sheet& sheet, cv::Size picture) {
  const double proportion = proportions(sheet.corners, picture);
  set_flat(sheet, sheet.sides_seen == 4 ? snapped(proportion) : proportion);
  set_homography(sheet);
}

Sheet turned(const Sheet& sheet, cv::Size picture, int quarter_turns) {
  Sheet result = sheet;
  for (int i = 0; i < (quarter_turns % 4 + 4) % 4; ++i) {
    std::array<cv::Point2d, 4> corners;
    for (size_t k = 0; k < 4; ++k) {
      const cv::Point2d p = result.corners[(k + 3) % 4];
      corners[k] = {picture.height - p.y, p.x};
    }
    result.corners = corners;
    result.size = {result.size.height, result.size.width};
    picture = {picture.height, picture.width};
  }
  if (result.confidence > 0) set_homography(result);
  return result;
}

cv::Mat flat_sheet(const cv::Mat& grey, const Sheet& sheet, int reduction) {
  const cv::Size size(std::max(1, sheet.size.width / reduction), std::max(1, sheet.size.height / reduction));
  cv::Mat reduced = grey;
  double factor = 1;
  if (reduction > 1) {
    factor = 1.0 / reduction;
    cv::resize(grey, reduced, {}, factor, factor, cv::INTER_AREA);
  }
  const cv::Matx33d to_flat = cv::Matx33d::diag({static_cast<double>(sheet.size.width) / size.width,
                                                 static_cast<double>(sheet.size.height) / size.height, 1});
  const cv::Matx33d to_reduced = cv::Matx33d::diag(
      {static_cast<double>(reduced.cols) / grey.cols, static_cast<double>(reduced.rows) / grey.rows, 1});
  cv::Mat flat;
  cv::warpPerspective(reduced, flat, to_reduced * sheet.to_picture * to_flat, size,
                      cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
  return flat;
}

}  // namespace eakte::ocr::cleanup
