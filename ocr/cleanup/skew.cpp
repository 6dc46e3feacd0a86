#include "ocr/cleanup/skew.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace eakte::ocr::cleanup {
namespace {

constexpr double limit = 15.4;  // a page tilted by 15 degrees has one more step beside it
constexpr double coarse_step = 0.4;

/// Points with ink whose lower neighbour is paper: baselines, table rules. The margin of the picture and what
/// touches it are left out, since a scanner's shadow lies level whatever the text does.
std::vector<cv::Point2f> lower_edges(const cv::Mat& ink) {
  const int margin = std::max(ink.cols, ink.rows) / 100 + 1;
  std::vector<cv::Point2f> points;
  for (int y = margin; y + 1 < ink.rows - margin; ++y) {
    const uchar* row = ink.ptr(y);
    const uchar* below = ink.ptr(y + 1);
    for (int x = margin; x < ink.cols - margin; ++x) {
      if (row[x] != 0 && below[x] == 0) points.emplace_back(static_cast<float>(x), static_cast<float>(y));
    }
  }
  return points;
}

/// Unevenness of the profile along lines that rise by `degrees`; `bin` in pixels.
double unevenness(const std::vector<cv::Point2f>& points, size_t stride, double degrees, double bin,
                  double diagonal, std::vector<float>& profile) {
  const auto s = static_cast<float>(std::sin(degrees * std::numbers::pi / 180) / bin);
  const auto c = static_cast<float>(std::cos(degrees * std::numbers::pi / 180) / bin);
  const auto shift = static_cast<float>(diagonal / bin);
  profile.assign(static_cast<size_t>(2 * diagonal / bin) + 3, 0.0F);
  for (size_t i = 0; i < points.size(); i += stride) {
    // Shared between two bins, so that a level page doesn't win by rounding alone.
    const float at = points[i].y * c + points[i].x * s + shift;
    const auto index = static_cast<size_t>(at);
    const float part = at - static_cast<float>(index);
    profile[index] += 1 - part;
    profile[index + 1] += part;
  }
  double sum = 0;
  for (const float v : profile) sum += static_cast<double>(v) * v;
  return sum;
}

/// The best of `degrees` +- `reach`, improved by a parabola through it and its neighbours.
double best_near(const std::vector<cv::Point2f>& points, double degrees, double reach, double step,
                 double bin, double diagonal, std::vector<float>& profile) {
  std::vector<double> scores;
  const int steps = static_cast<int>(std::lround(reach / step));
  for (int i = -steps; i <= steps; ++i) {
    scores.push_back(unevenness(points, 1, degrees + i * step, bin, diagonal, profile));
  }
  const auto best = std::max_element(scores.begin(), scores.end());
  const auto at = static_cast<double>(best - scores.begin());
  double offset = 0;
  if (best != scores.begin() && best + 1 != scores.end()) {
    const double bend = *(best - 1) - 2 * *best + *(best + 1);
    if (bend < 0) offset = 0.5 * (*(best - 1) - *(best + 1)) / bend;
  }
  return degrees + (at + offset - steps) * step;
}

}  // namespace

Skew find_skew(const Survey& page) {
  const std::vector<cv::Point2f> points = lower_edges(page.ink);
  if (points.size() < 200) return {};
  const double diagonal = std::hypot(page.ink.cols, page.ink.rows);
  const size_t stride = std::max<size_t>(1, points.size() / 20000);
  std::vector<float> profile;
  double degrees = 0;
  double best = -1;
  for (double d = -limit; d <= limit + 1e-9; d += coarse_step) {
    const double score = unevenness(points, stride, d, 4, diagonal, profile);
    if (score > best) {
      best = score;
      degrees = d;
    }
  }
  const bool at_limit = std::abs(degrees) > limit - 0.5 * coarse_step;
  degrees = best_near(points, degrees, 0.5, 0.1, 2, diagonal, profile);
  degrees = best_near(points, degrees, 0.1, 0.05, 1, diagonal, profile);
  // Noise gives nearly the same sums in every direction; text at its own slant a multiple of what it gives
  // beside it.
  std::vector<double> beside;
  for (const double off : {-6.0, -4.5, -3.0, -2.0, 2.0, 3.0, 4.5, 6.0}) {
    beside.push_back(unevenness(points, 1, degrees + off, 1, diagonal, profile));
  }
  std::nth_element(beside.begin(), beside.begin() + 4, beside.end());
  const double gain = unevenness(points, 1, degrees, 1, diagonal, profile) / beside[4] - 1;
  return {.degrees = -degrees, .confidence = at_limit || gain <= 0 ? 0.0 : gain / (gain + 0.8)};
}

}  // namespace eakte::ocr::cleanup
