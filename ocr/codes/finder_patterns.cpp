#include "ocr/codes/finder_patterns.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

namespace eakte::ocr::codes {
namespace {

using Contour = std::vector<cv::Point>;

/// The four corners of a ring; of one whose sides are worn those of the rectangle around it.
std::array<cv::Point2d, 4> corners_of(const Contour& ring) {
  Contour hull;
  cv::convexHull(ring, hull);
  const double around = cv::arcLength(hull, true);
  std::array<cv::Point2d, 4> corners;
  for (double tolerance = 0.02; tolerance < 0.15; tolerance += 0.01) {
    Contour simpler;
    cv::approxPolyDP(hull, simpler, tolerance * around, true);
    if (simpler.size() != 4) continue;
    std::ranges::copy(simpler, corners.begin());
    return corners;
  }
  std::array<cv::Point2f, 4> box;
  cv::minAreaRect(ring).points(box.data());
  std::ranges::copy(box, corners.begin());
  return corners;
}

cv::Point2d centre_of(const Contour& contour) {
  const cv::Moments moments = cv::moments(contour);
  return {moments.m10 / moments.m00, moments.m01 / moments.m00};
}

/// Areas are 49, 25 and 9 modules; ink that spreads or fades moves each border by a part of a module.
std::optional<FinderPattern> pattern_of(const Contour& ring, const Contour& hole, const Contour& middle) {
  constexpr double least_area = 49;  // a module of one pixel
  const double outer = cv::contourArea(ring);
  const double light = cv::contourArea(hole);
  const double inner = cv::contourArea(middle);
  if (outer < least_area || light <= 0 || inner <= 0) return std::nullopt;
  if (outer < 1.2 * light || outer > 3.2 * light || light < 1.5 * inner || light > 5 * inner)
    return std::nullopt;
  FinderPattern pattern{centre_of(ring), std::sqrt(outer) / 7, {}};
  if (cv::norm(pattern.centre - centre_of(middle)) > pattern.module) return std::nullopt;
  pattern.corners = corners_of(ring);
  return pattern;
}

/// Whether three stand like the corners of a square seen at a slant, in clockwise order.
bool stand_like_a_symbol(const FinderTriple& triple) {
  const cv::Point2d right = triple.top_right.centre - triple.top_left.centre;
  const cv::Point2d down = triple.bottom_left.centre - triple.top_left.centre;
  if (right.cross(down) <= 0) return false;  // mirrored
  const double width = cv::norm(right);
  const double height = cv::norm(down);
  constexpr double most_shear = 0.35;  // cosine of the angle between the sides
  if (std::abs(right.dot(down)) > most_shear * width * height) return false;
  const auto [least, most] =
      std::ranges::minmax({triple.top_left.module, triple.top_right.module, triple.bottom_left.module});
  return width < 1.5 * height && height < 1.5 * width && most < 1.6 * least &&
         std::min(width, height) > 10 * least;
}

}  // namespace

std::vector<FinderPattern> find_finder_patterns(const cv::Mat& ink) {
  std::vector<Contour> contours;
  std::vector<cv::Vec4i> family;  // next, previous, first child, parent
  cv::findContours(ink, contours, family, cv::RETR_TREE, cv::CHAIN_APPROX_NONE);
  std::vector<FinderPattern> patterns;
  for (std::size_t i = 0; i < contours.size(); ++i) {
    const int hole = family[i][2];
    if (hole < 0) continue;
    const int middle = family[static_cast<std::size_t>(hole)][2];
    if (middle < 0) continue;
    const auto pattern = pattern_of(contours[i], contours[static_cast<std::size_t>(hole)],
                                    contours[static_cast<std::size_t>(middle)]);
    if (pattern) patterns.push_back(*pattern);
  }
  return patterns;
}

std::vector<FinderTriple> triples_of(const std::vector<FinderPattern>& patterns, std::size_t most) {
  constexpr std::size_t most_patterns = 12;  // more are a pattern of another kind
  std::vector<FinderTriple> triples;
  if (patterns.size() > most_patterns) return triples;
  for (std::size_t a = 0; a < patterns.size(); ++a) {
    for (std::size_t b = 0; b < patterns.size(); ++b) {
      for (std::size_t c = 0; c < patterns.size(); ++c) {
        if (a == b || b == c || a == c) continue;
        const FinderTriple triple{patterns[a], patterns[b], patterns[c]};
        if (triples.size() < most && stand_like_a_symbol(triple)) triples.push_back(triple);
      }
    }
  }
  return triples;
}

}  // namespace eakte::ocr::codes
