#include "ocr/cleanup/text_lines.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

namespace eakte::ocr::cleanup {
namespace {

constexpr double widest_gap = 2.5;   // letter heights between neighbours
constexpr double most_offset = 0.4;  // letter heights between the lower ends of neighbours
constexpr double steepest = 0.35;    // tangent of 19 degrees
constexpr size_t least_letters = 10;

struct Links {
  std::vector<int> right;  ///< the neighbour of each letter, or -1
  std::vector<int> left;
};

/// Of the same size everywhere on a page, so that slopes that change over it are a product with this.
cv::Vec3d place_of(const cv::Rect& box) { return {1, box.x / 1000.0, box.br().y / 1000.0}; }

double slope_at(const cv::Vec3d& slope, const cv::Rect& box) {
  return std::clamp(slope.dot(place_of(box)), -steepest, steepest);
}

/// Each letter's right neighbour, if they want each other. `letters` are sorted by their left ends.
Links linked(const std::vector<cv::Rect>& letters, double height, const cv::Vec3d& slope) {
  Links links{std::vector<int>(letters.size(), -1), std::vector<int>(letters.size(), -1)};
  std::vector<double> cost_from_left(letters.size(), 1e9);
  for (size_t i = 0; i < letters.size(); ++i) {
    const cv::Rect& a = letters[i];
    double best = 1e9;
    int neighbour = -1;
    for (size_t j = i + 1; j < letters.size(); ++j) {
      const cv::Rect& b = letters[j];
      const double gap = b.x - a.br().x;
      if (gap > widest_gap * height) break;
      if (gap < -0.3 * height) continue;
      const double across = (b.x + 0.5 * b.width) - (a.x + 0.5 * a.width);
      const double offset = std::abs(b.br().y - a.br().y - slope_at(slope, a) * across);
      if (offset > most_offset * height) continue;
      const double cost = std::max(0.0, gap) + 2 * offset;
      if (cost < best) {
        best = cost;
        neighbour = static_cast<int>(j);
      }
    }
    if (neighbour < 0) continue;
    const auto j = static_cast<size_t>(neighbour);
    if (best >= cost_from_left[j]) continue;
    if (links.left[j] >= 0) links.right[static_cast<size_t>(links.left[j])] = -1;
    cost_from_left[j] = best;
    links.left[j] = static_cast<int>(i);
    links.right[i] = neighbour;
  }
  return links;
}

/// The slope of the lines as it changes over the page (perspective fans lines out): from neighbours of about
/// the same height, by least squares that come to disregard what is far off.
cv::Vec3d usual_slope(const std::vector<cv::Rect>& letters, const Links& links) {
  std::vector<cv::Vec3d> places;
  std::vector<double> slopes;
  for (size_t i = 0; i < letters.size(); ++i) {
    if (links.right[i] < 0) continue;
    const cv::Rect& a = letters[i];
    const cv::Rect& b = letters[static_cast<size_t>(links.right[i])];
    if (std::abs(a.height - b.height) > 0.15 * a.height) continue;
    const double across = (b.x + 0.5 * b.width) - (a.x + 0.5 * a.width);
    if (across <= 0) continue;
    places.push_back(place_of(a));
    slopes.push_back((b.br().y - a.br().y) / across);
  }
  cv::Vec3d slope(0, 0, 0);
  if (slopes.size() < 30) return slope;
  for (const double tolerance : {1.0, 0.2, 0.1, 0.06, 0.06}) {
    cv::Matx33d normal = cv::Matx33d::eye() * 2.0;
    cv::Vec3d right(0, 0, 0);
    for (size_t i = 0; i < slopes.size(); ++i) {
      const double off = (slopes[i] - slope.dot(places[i])) / tolerance;
      const double weight = 1 / (1 + off * off);
      normal += weight * (places[i] * places[i].t());
      right += weight * slopes[i] * places[i];
    }
    slope = normal.inv() * right;
  }
  return slope;
}

}  // namespace

std::vector<TextLine> text_lines(const Survey& page) {
  std::vector<cv::Rect> letters = usual_letters(page);
  const double height = page.letter_height / std::max(1, page.reduction);
  std::sort(letters.begin(), letters.end(), [](const cv::Rect& a, const cv::Rect& b) { return a.x < b.x; });
  Links links = linked(letters, height, {0, 0, 0});
  for (int i = 0; i < 2; ++i) links = linked(letters, height, usual_slope(letters, links));
  std::vector<TextLine> lines;
  for (size_t i = 0; i < letters.size(); ++i) {
    if (links.left[i] >= 0) continue;
    TextLine line;
    for (int at = static_cast<int>(i); at >= 0; at = links.right[static_cast<size_t>(at)]) {
      const cv::Rect& box = letters[static_cast<size_t>(at)];
      line.emplace_back(static_cast<float>(box.x) + 0.5F * static_cast<float>(box.width),
                        static_cast<float>(box.br().y));
    }
    if (line.size() >= least_letters) lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace eakte::ocr::cleanup
