#include "ocr/cleanup/curl.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/core.hpp>
#include <utility>
#include <vector>

#include "ocr/cleanup/mapping.h"
#include "ocr/cleanup/text_lines.h"

namespace eakte::ocr::cleanup {
namespace {

constexpr int across = 4;  // powers of the place across the page, 1..4
constexpr int down = 3;    // powers of the place down the page, 0..2
constexpr int terms = across * down;
constexpr size_t least_lines = 8;
constexpr double least_bend = 0.18;    // letter heights; recognisers follow less without harm
constexpr double scatter = 0.12;       // letter heights by which lower ends differ; descenders are beyond
constexpr double most_slope = 0.4;     // across the page
constexpr double most_stretch = 0.65;  // down the page

using Terms = cv::Vec<double, terms>;
using Square = cv::Matx<double, terms, terms>;

/// The part of the page that holds lines; beyond it the displacement goes on unchanged.
struct Extent {
  double left = 0;
  double top = 0;
  double right = 1;
  double bottom = 1;

  Terms at(double x, double y) const {
    const double u = 2 * (std::clamp(x, left, right) - left) / std::max(1.0, right - left) - 1;
    const double v = 2 * (std::clamp(y, top, bottom) - top) / std::max(1.0, bottom - top) - 1;
    const std::array<double, down> rows{1, v, v * v};
    Terms values;
    double power = 1;
    for (int i = 0; i < across; ++i) {
      power *= u;
      for (int j = 0; j < down; ++j) values[i * down + j] = power * rows[static_cast<size_t>(j)];
    }
    return values;
  }
};

struct Sample {
  Terms terms;
  double y = 0;
};

using Line = std::vector<Sample>;

double straightened(const Sample& sample, const Terms& bend) { return sample.y - bend.dot(sample.terms); }

/// Where the line is after straightening, and how much its letters are off. Descenders count little.
struct Level {
  double y = 0;
  std::vector<double> weights;
};

Level level_of(const Line& line, const Terms& bend, double letter) {
  std::vector<double> heights;
  heights.reserve(line.size());
  for (const Sample& sample : line) heights.push_back(straightened(sample, bend));
  std::vector<double> sorted = heights;
  // Below the middle: lower ends that hang down are more frequent than such that stand up.
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(0.45 * static_cast<double>(sorted.size()));
  std::nth_element(sorted.begin(), middle, sorted.end());
  Level level{*middle, {}};
  for (const double height : heights) {
    const double off = (height - level.y) / (scatter * letter);
    level.weights.push_back(1 / (1 + off * off));
  }
  double sum = 0;
  double weight = 0;
  for (size_t i = 0; i < heights.size(); ++i) {
    sum += level.weights[i] * heights[i];
    weight += level.weights[i];
  }
  level.y = sum / weight;
  return level;
}

/// One step of iteratively reweighted least squares over the lines `chosen(i)`, from `bend`. Early on the
/// weights know nothing of the bend and would hold the ends of bent lines for descenders, so `tolerance`
/// begins large.
template <typename Chosen>
Terms improved(const std::vector<Line>& lines, const Terms& bend, double tolerance, bool simple,
               Chosen chosen) {
  // Where there are few lines, high powers are held back.
  Square normal = Square::zeros();
  for (int i = 0; i < across; ++i) {
    for (int j = 0; j < down; ++j) {
      const bool out = simple && (i > 1 || j > 1);
      normal(i * down + j, i * down + j) = out ? 1e9 : 0.02 * std::pow(4.0, i + j);
    }
  }
  Terms right = Terms::all(0);
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!chosen(i)) continue;
    const Line& line = lines[i];
    const Level level = level_of(line, bend, tolerance);
    Terms mean = Terms::all(0);
    double mean_y = 0;
    double weight = 0;
    for (size_t k = 0; k < line.size(); ++k) {
      mean += level.weights[k] * line[k].terms;
      mean_y += level.weights[k] * line[k].y;
      weight += level.weights[k];
    }
    mean *= 1 / weight;
    mean_y /= weight;
    for (size_t k = 0; k < line.size(); ++k) {
      const Terms t = line[k].terms - mean;
      normal += level.weights[k] * (t * t.t());
      right += level.weights[k] * (line[k].y - mean_y) * t;
    }
  }
  cv::Vec<double, terms> solution;
  cv::solve(normal, right, solution, cv::DECOMP_CHOLESKY);
  return solution;
}

template <typename Chosen>
Terms fitted(const std::vector<Line>& lines, double letter, bool simple, Chosen chosen) {
  Terms bend = Terms::all(0);
  for (const double tolerance : {20.0, 6.0, 2.5, 1.0, 1.0}) {
    bend = improved(lines, bend, tolerance * letter, simple, chosen);
  }
  return bend;
}

/// Squared distances of the letters from the levels of their lines, in letter heights.
template <typename Chosen>
void add_distances(const std::vector<Line>& lines, const Terms& bend, double letter, Chosen chosen,
                   std::vector<double>& squares) {
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!chosen(i)) continue;
    std::vector<double> heights;
    for (const Sample& sample : lines[i]) heights.push_back(straightened(sample, bend) / letter);
    std::vector<double> sorted = heights;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    for (const double height : heights) squares.push_back((height - *middle) * (height - *middle));
  }
}

/// Without the fifth that is farthest off: descenders and letters chained wrongly.
double trimmed_rms(std::vector<double> squares) {
  std::sort(squares.begin(), squares.end());
  const auto kept = static_cast<size_t>(0.8 * static_cast<double>(squares.size()));
  double sum = 0;
  for (size_t i = 0; i < kept; ++i) sum += squares[i];
  return std::sqrt(sum / std::max<double>(1, static_cast<double>(kept)));
}

/// What is left of the bend on lines that had no part in the fit.
double left_over(const std::vector<Line>& lines, double letter, bool simple) {
  std::vector<double> after;
  for (const size_t half : {0U, 1U}) {
    const Terms bend = fitted(lines, letter, simple, [&](size_t i) { return i % 2 == half; });
    add_distances(
        lines, bend, letter, [&](size_t i) { return i % 2 != half; }, after);
  }
  return trimmed_rms(std::move(after));
}

Extent extent_of(const std::vector<TextLine>& lines) {
  Extent extent{1e9, 1e9, -1e9, -1e9};
  for (const TextLine& line : lines) {
    for (const cv::Point2f& p : line) {
      extent.left = std::min(extent.left, static_cast<double>(p.x));
      extent.right = std::max(extent.right, static_cast<double>(p.x));
      extent.top = std::min(extent.top, static_cast<double>(p.y));
      extent.bottom = std::max(extent.bottom, static_cast<double>(p.y));
    }
  }
  return extent;
}

std::vector<Line> samples_of(const std::vector<TextLine>& text, const Extent& extent) {
  std::vector<Line> lines;
  for (const TextLine& points : text) {
    double y = 0;
    for (const cv::Point2f& p : points) y += static_cast<double>(p.y);
    y /= static_cast<double>(points.size());
    Line line;
    for (const cv::Point2f& p : points)
      line.push_back({extent.at(static_cast<double>(p.x), y), static_cast<double>(p.y)});
    lines.push_back(std::move(line));
  }
  return lines;
}

cv::Mat nodes_of(const Terms& bend, const Extent& extent, cv::Size page, double step) {
  const int columns = std::max(2, static_cast<int>(std::ceil(page.width / step)) + 1);
  const int rows = std::max(2, static_cast<int>(std::ceil(page.height / step)) + 1);
  cv::Mat nodes(rows, columns, CV_32FC2);
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const double rise = bend.dot(extent.at(column * step, row * step));
      nodes.at<cv::Vec2f>(row, column) = {0, static_cast<float>(rise)};
    }
  }
  return nodes;
}

/// Whether lines would be torn or folded: neighbouring nodes too far apart.
bool gentle(const cv::Mat& nodes, double step) {
  for (int row = 0; row + 1 < nodes.rows; ++row) {
    for (int column = 0; column + 1 < nodes.cols; ++column) {
      const float here = nodes.at<cv::Vec2f>(row, column)[1];
      const float right = nodes.at<cv::Vec2f>(row, column + 1)[1];
      const float below = nodes.at<cv::Vec2f>(row + 1, column)[1];
      if (std::abs(static_cast<double>(right - here)) > most_slope * step) return false;
      if (std::abs(static_cast<double>(below - here)) > most_stretch * step) return false;
    }
  }
  return true;
}

}  // namespace

Curl find_curl(const Survey& page, double degrees) {
  std::vector<TextLine> text = text_lines(page);
  cv::Size size = page.grey.size();
  if (degrees != 0) {
    const cv::Matx33d forth = turned_about_middle(page.grey.size(), degrees, size).inv();
    for (TextLine& line : text) cv::perspectiveTransform(line, line, forth);
  }
  Curl curl{.nodes = {}, .lines = static_cast<int>(text.size())};
  if (text.size() < least_lines) return curl;
  const double letter = page.letter_height / page.reduction;
  const Extent extent = extent_of(text);
  const std::vector<Line> lines = samples_of(text, extent);
  const auto all = [](size_t) { return true; };
  std::vector<double> before;
  add_distances(lines, Terms::all(0), letter, all, before);
  curl.bend = trimmed_rms(before);
  if (curl.bend < least_bend) return curl;
  const double left_simple = left_over(lines, letter, true);
  const double left_free = left_over(lines, letter, false);
  const bool simple = left_simple < 1.15 * left_free;
  curl.left = simple ? left_simple : left_free;
  curl.step = 16;
  curl.nodes = nodes_of(fitted(lines, letter, simple, all), extent, size, curl.step);
  const double gain = 1 - curl.left / curl.bend;
  if (gentle(curl.nodes, curl.step) && curl.left < 2 * least_bend)
    curl.confidence = std::clamp(gain, 0.0, 1.0);
  return curl;
}

}  // namespace eakte::ocr::cleanup
