#include "ocr/cleanup/sheet_lines.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace eakte::ocr::cleanup {
namespace {

constexpr int directions = 180;      // one degree each; an edge has no sign
constexpr int direction_reach = 5;   // degrees by which the gradient of a pixel may be off
constexpr float least_gradient = 6;  // grey values per pixel
constexpr float enough_gradient = 24;
constexpr double fit_reach = 3;  // pixels from the line; curled paper has no straight sides

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

struct EdgePoint {
  int x = 0;
  int y = 0;
  float weight = 0;
  int direction = 0;  ///< of the gradient, in degrees, 0..179
};

struct Edges {
  std::vector<EdgePoint> points;
  cv::Mat direction;  ///< CV_16SC1: of the gradient, -1 where there is no edge
};

/// Per pixel the gradient of the channel that changes most.
void strongest_gradient(const cv::Mat& smooth, cv::Mat& gx, cv::Mat& gy, cv::Mat& strength) {
  std::vector<cv::Mat> channels;
  cv::split(smooth, channels);
  for (const cv::Mat& channel : channels) {
    cv::Mat x;
    cv::Mat y;
    cv::Mat both;
    cv::Sobel(channel, x, CV_32F, 1, 0, 3, 0.125);
    cv::Sobel(channel, y, CV_32F, 0, 1, 3, 0.125);
    cv::magnitude(x, y, both);
    if (strength.empty()) {
      gx = x;
      gy = y;
      strength = both;
      continue;
    }
    const cv::Mat stronger = both > strength;
    x.copyTo(gx, stronger);
    y.copyTo(gy, stronger);
    both.copyTo(strength, stronger);
  }
}

/// The pixels where the gradient is largest across the edge.
Edges edges_of(const cv::Mat& smooth) {
  cv::Mat gx;
  cv::Mat gy;
  cv::Mat strength;
  strongest_gradient(smooth, gx, gy, strength);
  Edges edges;
  edges.direction = cv::Mat(smooth.size(), CV_16SC1, cv::Scalar(-1));
  for (int y = 2; y + 2 < smooth.rows; ++y) {
    for (int x = 2; x + 2 < smooth.cols; ++x) {
      const float here = strength.at<float>(y, x);
      if (here < least_gradient) continue;
      const float dx = gx.at<float>(y, x) / here;
      const float dy = gy.at<float>(y, x) / here;
      const int sx = static_cast<int>(std::lround(dx));
      const int sy = static_cast<int>(std::lround(dy));
      if (strength.at<float>(y + sy, x + sx) > here || strength.at<float>(y - sy, x - sx) >= here) continue;
      const double angle = std::atan2(dy, dx) * 180 / std::numbers::pi;
      const int direction = (static_cast<int>(std::lround(angle)) + 360) % directions;
      edges.direction.at<short>(y, x) = static_cast<short>(direction);
      edges.points.push_back({x, y, std::min(1.0F, here / enough_gradient), direction});
    }
  }
  return edges;
}

int apart(int direction, int other) {
  const int difference = std::abs(direction - other) % directions;
  return std::min(difference, directions - difference);
}

/// Votes for lines by direction (row) and offset (column, from -diagonal).
cv::Mat votes_of(const Edges& edges, int diagonal) {
  cv::Mat votes = cv::Mat::zeros(directions, 2 * diagonal + 1, CV_32FC1);
  std::vector<float> c(directions);
  std::vector<float> s(directions);
  for (size_t i = 0; i < c.size(); ++i) {
    c[i] = static_cast<float>(std::cos(radians(static_cast<double>(i))));
    s[i] = static_cast<float>(std::sin(radians(static_cast<double>(i))));
  }
  for (const EdgePoint& point : edges.points) {
    for (int turn = -direction_reach; turn <= direction_reach; ++turn) {
      const int row = (point.direction + turn + directions) % directions;
      const auto i = static_cast<size_t>(row);
      const float offset = static_cast<float>(point.x) * c[i] + static_cast<float>(point.y) * s[i];
      votes.at<float>(row, static_cast<int>(std::lround(offset)) + diagonal) += point.weight;
    }
  }
  cv::blur(votes, votes, {5, 1}, {-1, -1}, cv::BORDER_CONSTANT);
  return votes * 5;
}

/// Moves the line onto the edge pixels beside it by total least squares.
void fit(EdgeLine& line, const Edges& edges) {
  const int direction =
      (static_cast<int>(std::lround(std::atan2(line.normal.y, line.normal.x) * 180 / std::numbers::pi)) +
       360) %
      directions;
  double n = 0;
  cv::Point2d sum;
  double xx = 0;
  double xy = 0;
  double yy = 0;
  for (const EdgePoint& point : edges.points) {
    const cv::Point2d p(point.x, point.y);
    if (std::abs(line.normal.dot(p) - line.offset) > fit_reach) continue;
    if (apart(point.direction, direction) > 2 * direction_reach) continue;
    const double w = static_cast<double>(point.weight);
    n += w;
    sum += w * p;
    xx += w * p.x * p.x;
    xy += w * p.x * p.y;
    yy += w * p.y * p.y;
  }
  if (n < 10) return;
  const cv::Point2d middle = sum / n;
  const double a = xx / n - middle.x * middle.x;
  const double b = xy / n - middle.x * middle.y;
  const double c = yy / n - middle.y * middle.y;
  const double along = 0.5 * std::atan2(2 * b, a - c);
  cv::Point2d normal(-std::sin(along), std::cos(along));
  if (normal.dot(line.normal) < 0) normal = -normal;
  line.normal = normal;
  line.offset = normal.dot(middle);
}

int mean_brightness(const cv::Mat& smooth, cv::Point2d at) {
  const int x = std::clamp(static_cast<int>(std::lround(at.x)), 0, smooth.cols - 1);
  const int y = std::clamp(static_cast<int>(std::lround(at.y)), 0, smooth.rows - 1);
  return smooth.ptr(y)[x * smooth.channels()];
}

bool edge_near(const Edges& edges, cv::Point2d at, const cv::Point2d& normal, int direction) {
  for (int step = -3; step <= 3; ++step) {
    const cv::Point2d p = at + step * normal;
    const int x = static_cast<int>(std::lround(p.x));
    const int y = static_cast<int>(std::lround(p.y));
    if (x < 0 || y < 0 || x >= edges.direction.cols || y >= edges.direction.rows) continue;
    const int found = edges.direction.at<short>(y, x);
    if (found >= 0 && apart(found, direction) <= 15) return true;
  }
  return false;
}

/// Walks along the line, twice the diagonal long with its middle next to the middle of the picture.
void walk(EdgeLine& line, const Edges& edges, const cv::Mat& smooth, int diagonal) {
  const cv::Point2d middle(smooth.cols / 2.0, smooth.rows / 2.0);
  const cv::Point2d nearest = middle + (line.offset - line.normal.dot(middle)) * line.normal;
  line.start = nearest - static_cast<double>(diagonal) * line.along();
  const int direction =
      (static_cast<int>(std::lround(std::atan2(line.normal.y, line.normal.x) * 180 / std::numbers::pi)) +
       360) %
      directions;
  line.supported.assign(1, 0);
  line.brightness.assign(1, 0);
  const cv::Rect2d frame(0, 0, smooth.cols, smooth.rows);
  for (int t = 0; t < 2 * diagonal; ++t) {
    const cv::Point2d p = line.start + static_cast<double>(t) * line.along();
    const bool inside = frame.contains(p);
    line.supported.push_back(line.supported.back() + (inside && edge_near(edges, p, line.normal, direction)));
    const int step =
        inside ? mean_brightness(smooth, p + 6 * line.normal) - mean_brightness(smooth, p - 6 * line.normal)
               : 0;
    line.brightness.push_back(line.brightness.back() + step);
  }
}

}  // namespace

std::vector<EdgeLine> edge_lines(const cv::Mat& smooth, size_t most) {
  const Edges edges = edges_of(smooth);
  const int diagonal = static_cast<int>(std::ceil(std::hypot(smooth.cols, smooth.rows)));
  cv::Mat votes = votes_of(edges, diagonal);
  const double least = 0.15 * std::min(smooth.cols, smooth.rows);
  std::vector<EdgeLine> lines;
  while (lines.size() < most) {
    double best = 0;
    cv::Point at;
    cv::minMaxLoc(votes, nullptr, &best, nullptr, &at);
    if (best < least) break;
    EdgeLine line;
    line.votes = best;
    line.normal = {std::cos(radians(at.y)), std::sin(radians(at.y))};
    line.offset = at.x - diagonal;
    fit(line, edges);
    fit(line, edges);
    walk(line, edges, smooth, diagonal);
    lines.push_back(std::move(line));
    for (int turn = -4; turn <= 4; ++turn) {
      const int direction = (at.y + turn + directions) % directions;
      // A line of the opposite normal has the opposite offset.
      const int middle = at.y + turn < 0 || at.y + turn >= directions ? 2 * diagonal - at.x : at.x;
      for (int x = std::max(0, middle - 7); x <= std::min(votes.cols - 1, middle + 7); ++x)
        votes.at<float>(direction, x) = 0;
    }
  }
  return lines;
}

}  // namespace eakte::ocr::cleanup
