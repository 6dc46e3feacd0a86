#include "ocr/cleanup/holes.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ocr/cleanup/pieces.h"

namespace eakte::ocr::cleanup {
namespace {

// Shares of a page's longer side, which is 297 mm for A4.
constexpr double smallest = 4 / 297.0;
constexpr double largest = 9 / 297.0;
constexpr double farthest = 22 / 297.0;  // of a middle from its side; scans show more than the page

constexpr double most_oblong = 1.2;
constexpr double most_unlike = 0.08;  // of the box's pixels that differ from a disc in it
constexpr double lonely = 0.4;        // of its size: so far around it there is no ink

bool may_be_disc(const cv::Rect& box, double longer_side) {
  const double shorter = std::min(box.width, box.height);
  const double longer = std::max(box.width, box.height);
  return longer >= smallest * longer_side && longer <= largest * longer_side &&
         longer <= most_oblong * shorter;
}

/// Whether the dark pixels in `box` are a filled disc. Bold round letters have a counter, or a flat side.
bool is_disc(const cv::Mat& dark, const cv::Rect& box) {
  cv::Mat ideal = cv::Mat::zeros(box.size(), CV_8UC1);
  const cv::Point2f centre(static_cast<float>(box.width - 1) / 2, static_cast<float>(box.height - 1) / 2);
  cv::ellipse(ideal, {centre, cv::Size2f(box.size()), 0}, 255, cv::FILLED);
  cv::Mat differing;
  cv::bitwise_xor(dark(box), ideal, differing);
  return cv::countNonZero(differing) <= most_unlike * box.area();
}

/// Whether it stands alone, inside of the picture: a letter has neighbours.
bool stands_alone(const cv::Mat& dark, const cv::Rect& box) {
  const int reach = static_cast<int>(std::lround(lonely * box.width));
  const cv::Rect around(box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach);
  const cv::Rect seen = around & cv::Rect({0, 0}, dark.size());
  const cv::Rect own = cv::Rect(box.x - 2, box.y - 2, box.width + 4, box.height + 4) & seen;
  const bool inside = box.x > 0 && box.y > 0 && box.br().x < dark.cols && box.br().y < dark.rows;
  const int beside = cv::countNonZero(dark(seen)) - cv::countNonZero(dark(own));
  return inside && beside <= box.area() / 50;
}

cv::Point2d middle(const cv::Rect& box) { return {box.x + box.width / 2.0, box.y + box.height / 2.0}; }

/// From the nearest side of the picture.
double depth(const cv::Rect& box, cv::Size picture) {
  const cv::Point2d at = middle(box);
  return std::min({at.x, at.y, picture.width - at.x, picture.height - at.y});
}

/// Two holes of one punch, on a page that may lie a little askew.
bool are_a_pair(const cv::Rect& a, const cv::Rect& b, cv::Size picture) {
  const double size = std::max(a.width, b.width);
  const bool alike = std::abs(a.width - b.width) <= 0.25 * size;
  const bool level = std::abs(depth(a, picture) - depth(b, picture)) <= 1.5 * size;
  const double apart = cv::norm(middle(a) - middle(b));
  return alike && level && apart >= 5 * size;
}

}  // namespace

Holes find_holes(const Survey& page) {
  Holes holes;
  double white = 0;
  cv::minMaxLoc(page.background, nullptr, &white);
  cv::Mat dark;
  cv::threshold(page.grey, dark, 0.5 * white, 255, cv::THRESH_BINARY_INV);
  const double longer = std::max(dark.cols, dark.rows);
  // No run of a disc that counts is shorter; letters fall out at once.
  const int least_run = std::max(1, static_cast<int>(smallest * longer / 4));
  for (const Piece& piece : pieces_of(dark, least_run).all) {
    if (!may_be_disc(piece.box, longer) || depth(piece.box, dark.size()) > farthest * longer) continue;
    if (is_disc(dark, piece.box) && stands_alone(dark, piece.box)) holes.places.push_back(piece.box);
  }
  if (holes.places.empty()) return holes;
  const bool pair = std::ranges::any_of(holes.places, [&](const cv::Rect& a) {
    return std::ranges::any_of(holes.places,
                               [&](const cv::Rect& b) { return are_a_pair(a, b, dark.size()); });
  });
  holes.confidence = pair ? 0.95 : 0.6;
  return holes;
}

}  // namespace eakte::ocr::cleanup
