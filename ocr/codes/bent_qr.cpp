#include "ocr/codes/bent_qr.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

#include "ocr/codes/finder_patterns.h"

namespace eakte::ocr::codes {
namespace {

constexpr int margin = 4;  // modules kept around the symbol, as wide as its quiet zone

/// A symbol laid flat by perspective alone; the rest is in the bends.
struct RoughlyFlat {
  cv::Mat pixels;         // CV_32FC1
  int modules = 0;        // in a row of the symbol
  int module = 0;         // pixels
  cv::Matx33d from_crop;  // pixels of the crop to modules
};

/// How far edges lie from the lines of the grid: a polynomial for each direction, in modules.
struct Bends {
  int degree = 0;
  cv::Mat across, down;  // coefficients, CV_64FC1, one column
  double misfit = 1;     // mean distance of edges to the nearest line, in modules; 0.25 is chance
};

/// An edge between a dark and a light module.
struct Edge {
  double u = 0, v = 0;  // modules
  double strength = 0;
};

constexpr int highest_degree = 4;
constexpr int terms_of(int degree) { return (degree + 1) * (degree + 2) / 2; }
using Powers = std::array<double, terms_of(highest_degree)>;

/// x^i y^j with i + j <= degree, x and y from -1 to 1 over the symbol; the rest is 0.
Powers powers(double u, double v, int modules, int degree) {
  const double x = 2 * u / modules - 1;
  const double y = 2 * v / modules - 1;
  Powers values{};
  std::size_t term = 0;
  double xs = 1;
  for (int i = 0; i <= degree; ++i, xs *= x) {
    double product = xs;
    for (int j = 0; i + j <= degree; ++j, product *= y) values[term++] = product;
  }
  return values;
}

double bend_at(const cv::Mat& coefficients, double u, double v, int modules, int degree) {
  if (coefficients.empty()) return 0;
  const Powers values = powers(u, v, modules, degree);
  return std::inner_product(coefficients.begin<double>(), coefficients.end<double>(), values.begin(), 0.0);
}

/// The perspective that brings points of the crop to points of the grid, all as well as possible (direct
/// linear transformation; R. Hartley, A. Zisserman: Multiple View Geometry, 4.1, with normalised points).
cv::Matx33d perspective(const std::vector<cv::Point2d>& from, const std::vector<cv::Point2d>& to,
                        double extent) {
  cv::Point2d mean(0, 0);
  for (const auto& point : from) mean += point * (1.0 / static_cast<double>(from.size()));
  double spread = 0;
  for (const auto& point : from) spread = std::max(spread, cv::norm(point - mean));
  const cv::Matx33d normal(1 / spread, 0, -mean.x / spread, 0, 1 / spread, -mean.y / spread, 0, 0, 1);
  cv::Mat rows(static_cast<int>(2 * from.size()), 9, CV_64F, cv::Scalar(0));
  for (std::size_t i = 0; i < from.size(); ++i) {
    const cv::Point2d p = (from[i] - mean) * (1 / spread);
    const cv::Point2d q = to[i] * (1 / extent);
    const int row = static_cast<int>(2 * i);
    const cv::Vec<double, 9> u(p.x, p.y, 1, 0, 0, 0, -q.x * p.x, -q.x * p.y, -q.x);
    const cv::Vec<double, 9> v(0, 0, 0, p.x, p.y, 1, -q.y * p.x, -q.y * p.y, -q.y);
    std::copy(u.val, u.val + 9, rows.ptr<double>(row));
    std::copy(v.val, v.val + 9, rows.ptr<double>(row + 1));
  }
  cv::Mat solution;
  cv::SVD::solveZ(rows, solution);
  const cv::Matx33d h(solution.ptr<double>());
  return cv::Matx33d::diag({extent, extent, 1}) * h * normal;
}

/// From the crop to modules: a parallelogram through the middles of the finder patterns. Bent paper is
/// nearer to that than to what the corners of the patterns say about perspective.
cv::Matx33d by_middles(const FinderTriple& triple, int modules) {
  const cv::Point2d origin = triple.top_left.centre;
  const cv::Point2d right = (triple.top_right.centre - origin) / (modules - 7);
  const cv::Point2d down = (triple.bottom_left.centre - origin) / (modules - 7);
  const cv::Point2d corner = origin - 3.5 * (right + down);
  return cv::Matx33d(right.x, down.x, corner.x, right.y, down.y, corner.y, 0, 0, 1).inv();
}

/// From the crop to modules: the perspective that all corners of the finder patterns show.
cv::Matx33d by_corners(const FinderTriple& triple, int modules) {
  const cv::Matx33d roughly = by_middles(triple, modules);
  std::vector<cv::Point2d> from;
  std::vector<cv::Point2d> to;
  const auto add = [&](const FinderPattern& pattern, cv::Point2d place) {
    from.push_back(pattern.centre);
    to.push_back(place);
    for (const cv::Point2d& corner : pattern.corners) {
      const cv::Point2d out = corner - pattern.centre;
      const double u = roughly(0, 0) * out.x + roughly(0, 1) * out.y;
      const double v = roughly(1, 0) * out.x + roughly(1, 1) * out.y;
      from.push_back(corner);
      to.push_back(place + cv::Point2d(std::copysign(3.5, u), std::copysign(3.5, v)));
    }
  };
  add(triple.top_left, {3.5, 3.5});
  add(triple.top_right, {modules - 3.5, 3.5});
  add(triple.bottom_left, {3.5, modules - 3.5});
  return perspective(from, to, modules);
}

/// Lays the symbol flat, `modules` in a row.
RoughlyFlat laid_flat(const cv::Mat& crop, const cv::Matx33d& from_crop, int modules) {
  RoughlyFlat flat;
  flat.modules = modules;
  flat.module = std::clamp(480 / modules, 4, 8);
  flat.from_crop = from_crop;
  const int size = (modules + 2 * margin) * flat.module;
  const double k = flat.module;
  const cv::Matx33d to_pixels(k, 0, margin * k, 0, k, margin * k, 0, 0, 1);
  cv::warpPerspective(crop, flat.pixels, to_pixels * flat.from_crop, {size, size}, cv::INTER_CUBIC,
                      cv::BORDER_CONSTANT, cv::Scalar(255));
  flat.pixels.convertTo(flat.pixels, CV_32F);
  return flat;
}

/// The strongest fifth of the edges that run across or down: `along` is the derivative over them.
std::vector<Edge> edges_of(const RoughlyFlat& flat, const cv::Mat& along, const cv::Mat& other) {
  std::vector<Edge> edges;
  const int begin = (margin - 1) * flat.module;
  const int end = flat.pixels.cols - begin;
  for (int y = begin; y < end; ++y) {
    for (int x = begin; x < end; ++x) {
      const double strength = std::abs(along.at<float>(y, x)) - 2 * std::abs(other.at<float>(y, x));
      if (strength <= 0) continue;
      edges.push_back({(x + 0.5) / flat.module - margin, (y + 0.5) / flat.module - margin, strength});
    }
  }
  const std::size_t most = static_cast<std::size_t>(end - begin) * static_cast<std::size_t>(end - begin) / 5;
  if (edges.size() > most) {
    std::ranges::nth_element(edges, edges.begin() + static_cast<std::ptrdiff_t>(most), std::greater{},
                             &Edge::strength);
    edges.resize(most);
  }
  return edges;
}

struct Fit {
  cv::Mat coefficients;
  double misfit = 1;
};

/// One step towards the bend that brings the edges onto lines: those half a module away could belong to
/// either line and count little.
Fit fit(const std::vector<Edge>& edges, double Edge::*place, const cv::Mat& before, int degree_before,
        int degree, int modules) {
  const int terms = terms_of(degree);
  cv::Mat normal(terms, terms, CV_64F, cv::Scalar(0));
  cv::Mat wanted(terms, 1, CV_64F, cv::Scalar(0));
  double all = 0;
  double away = 0;
  for (const Edge& edge : edges) {
    const double at = edge.*place;
    const double now = at + bend_at(before, edge.u, edge.v, modules, degree_before);
    const double line = std::clamp<double>(std::round(now), 0, modules);
    const double distance = line - now;
    all += edge.strength;
    away += edge.strength * std::min(0.5, std::abs(distance));
    const double weight = edge.strength * std::exp(-16 * distance * distance);
    const Powers values = powers(edge.u, edge.v, modules, degree);
    for (int i = 0; i < terms; ++i) {
      const double weighted = weight * values[static_cast<std::size_t>(i)];
      wanted.at<double>(i) += weighted * (line - at);
      for (int j = 0; j <= i; ++j) normal.at<double>(i, j) += weighted * values[static_cast<std::size_t>(j)];
    }
  }
  cv::completeSymm(normal, true);
  constexpr double stiffness = 1e-3;  // where there are no edges, nothing bends
  normal += cv::Mat::eye(terms, terms, CV_64F) * (stiffness * all);
  Fit result;
  cv::solve(normal, wanted, result.coefficients, cv::DECOMP_CHOLESKY);
  result.misfit = all > 0 ? away / all : 1;
  return result;
}

/// Bends the grid until the edges lie on it.
Bends bends_of(const RoughlyFlat& flat) {
  cv::Mat smooth;
  cv::GaussianBlur(flat.pixels, smooth, {}, 0.15 * flat.module);
  cv::Mat across;
  cv::Mat down;
  cv::Sobel(smooth, across, CV_32F, 1, 0);
  cv::Sobel(smooth, down, CV_32F, 0, 1);
  const std::vector<Edge> upright = edges_of(flat, across, down);
  const std::vector<Edge> level = edges_of(flat, down, across);
  Bends bends;
  for (const int degree : {1, 2, 3, 4}) {
    for (int step = 0; step < 3; ++step) {
      const Fit u = fit(upright, &Edge::u, bends.across, bends.degree, degree, flat.modules);
      const Fit v = fit(level, &Edge::v, bends.down, bends.degree, degree, flat.modules);
      bends = {degree, u.coefficients, v.coefficients, (u.misfit + v.misfit) / 2};
    }
  }
  return bends;
}

/// Grey values in the middles of the modules, one pixel each.
cv::Mat sampled(const RoughlyFlat& flat, const Bends& bends) {
  cv::Mat map(flat.modules, flat.modules, CV_32FC2);
  for (int row = 0; row < flat.modules; ++row) {
    for (int column = 0; column < flat.modules; ++column) {
      double u = column + 0.5;
      double v = row + 0.5;
      for (int step = 0; step < 6; ++step) {  // the bend is known where it starts, and wanted where it ends
        const double du = bend_at(bends.across, u, v, flat.modules, bends.degree);
        const double dv = bend_at(bends.down, u, v, flat.modules, bends.degree);
        u = column + 0.5 - du;
        v = row + 0.5 - dv;
      }
      map.at<cv::Point2f>(row, column) = {static_cast<float>((u + margin) * flat.module - 0.5),
                                          static_cast<float>((v + margin) * flat.module - 0.5)};
    }
  }
  cv::Mat smooth;
  cv::GaussianBlur(flat.pixels, smooth, {}, 0.2 * flat.module);
  cv::Mat values;
  cv::remap(smooth, values, map, {}, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return values;
}

/// Modules dark or light by the darkest and lightest around them, drawn large with their quiet zone.
cv::Mat drawn(const cv::Mat& values) {
  const cv::Mat around = cv::Mat::ones(7, 7, CV_8U);
  cv::Mat dark;
  cv::Mat light;
  cv::erode(values, dark, around);
  cv::dilate(values, light, around);
  const cv::Mat modules = values > (dark + light) / 2;
  constexpr int module = 4;
  cv::Mat picture;
  cv::resize(modules, picture, {}, module, module, cv::INTER_NEAREST);
  cv::copyMakeBorder(picture, picture, margin * module, margin * module, margin * module, margin * module,
                     cv::BORDER_CONSTANT, cv::Scalar(255));
  return picture;
}

/// The three sizes nearest to what the distance of the finder patterns says: 21, 25, ... modules.
std::vector<int> likely_sizes(const FinderTriple& triple) {
  const double module = (triple.top_left.module + triple.top_right.module + triple.bottom_left.module) / 3;
  const double apart = (cv::norm(triple.top_right.centre - triple.top_left.centre) +
                        cv::norm(triple.bottom_left.centre - triple.top_left.centre)) /
                       2;
  const double guess = apart / module + 7;
  constexpr double largest = 101;  // version 21; larger ones have modules too small for this
  std::vector<int> sizes;
  const int nearest = 17 + 4 * cvRound((guess - 17) / 4);
  for (const int size : {nearest, nearest - 4, nearest + 4}) {
    if (size >= 21 && size <= largest) sizes.push_back(size);
  }
  return sizes;
}

/// Ink as two thresholds see it: one for the whole crop and one that follows uneven light.
std::array<cv::Mat, 2> inks_of(const cv::Mat& crop) {
  std::array<cv::Mat, 2> inks;
  cv::threshold(crop, inks[0], 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  const int around = std::max(11, (std::min(crop.cols, crop.rows) / 6) | 1);
  cv::adaptiveThreshold(crop, inks[1], 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY_INV, around, 3);
  return inks;
}

}  // namespace

std::vector<FlattenedCode> flattened_qr_codes(const cv::Mat& crop) {
  constexpr std::size_t most_triples = 3;
  constexpr std::size_t most_codes = 4;
  constexpr double most_misfit = 0.2;
  std::vector<std::pair<double, FlattenedCode>> found;
  const auto add = [&](const cv::Matx33d& from_crop, int modules) {
    const RoughlyFlat flat = laid_flat(crop, from_crop, modules);
    const Bends bends = bends_of(flat);
    if (bends.misfit > most_misfit) return;
    const auto n = static_cast<float>(modules);
    std::vector<cv::Point2f> corners{{0, 0}, {n, 0}, {n, n}, {0, n}};
    cv::perspectiveTransform(corners, corners, from_crop.inv());
    const cv::Rect box = cv::boundingRect(corners) & cv::Rect({}, crop.size());
    found.push_back({bends.misfit, {drawn(sampled(flat, bends)), box}});
  };
  for (const cv::Mat& ink : inks_of(crop)) {
    for (const FinderTriple& triple : triples_of(find_finder_patterns(ink), most_triples)) {
      for (const int modules : likely_sizes(triple)) {
        add(by_corners(triple, modules), modules);
        add(by_middles(triple, modules), modules);
      }
    }
  }
  std::ranges::sort(found, {}, &std::pair<double, FlattenedCode>::first);
  if (found.size() > most_codes) found.resize(most_codes);
  std::vector<FlattenedCode> codes;
  for (auto& [misfit, code] : found) codes.push_back(std::move(code));
  return codes;
}

}  // namespace eakte::ocr::codes
