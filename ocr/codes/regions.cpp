#include "ocr/codes/regions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace eakte::ocr::codes {
namespace {

constexpr int cell = 4;  // pixels of the half picture each way: 0.7 mm

// Sums of squared differences over cells.
struct Tensor {
  cv::Mat xx;
  cv::Mat yy;
  cv::Mat xy;
};

/// Rows of pixel differences are summed up before they are cut into cells: long loops without branches.
Tensor tensor_of(const cv::Mat& picture) {
  const int columns = picture.cols / cell;
  const int rows = picture.rows / cell;
  Tensor tensor{cv::Mat::zeros(rows, columns, CV_32F), cv::Mat::zeros(rows, columns, CV_32F),
                cv::Mat::zeros(rows, columns, CV_32F)};
  const auto width = static_cast<std::size_t>(columns * cell);
  std::vector<int> xx(width);
  std::vector<int> yy(width);
  std::vector<int> xy(width);
  for (int row = 0; row < rows; ++row) {
    std::ranges::fill(xx, 0);
    std::ranges::fill(yy, 0);
    std::ranges::fill(xy, 0);
    for (int y = row * cell; y < (row + 1) * cell; ++y) {
      const uchar* above = picture.ptr(std::max(0, y - 1));
      const uchar* here = picture.ptr(y);
      const uchar* below = picture.ptr(std::min(picture.rows - 1, y + 1));
      for (std::size_t x = 1; x + 1 < width; ++x) {
        // Scharr's weights: plain differences would bend the angle by some degrees.
        const int dx = (3 * (above[x + 1] - above[x - 1]) + 10 * (here[x + 1] - here[x - 1]) +
                        3 * (below[x + 1] - below[x - 1])) /
                       16;
        const int dy = (3 * (below[x - 1] - above[x - 1]) + 10 * (below[x] - above[x]) +
                        3 * (below[x + 1] - above[x + 1])) /
                       16;
        xx[x] += dx * dx;
        yy[x] += dy * dy;
        xy[x] += dx * dy;
      }
    }
    const auto into = [&](cv::Mat& sums, const std::vector<int>& values) {
      auto* out = sums.ptr<float>(row);
      for (int column = 0; column < columns; ++column) {
        const auto at = static_cast<std::size_t>(column * cell);
        out[column] =
            static_cast<float>(values[at] + values[at + 1] + values[at + 2] + values[at + 3]) / (cell * cell);
      }
    };
    into(tensor.xx, xx);
    into(tensor.yy, yy);
    into(tensor.xy, xy);
  }
  return tensor;
}

/// Marks the cells whose gradients point one way, in four classes of direction, 45 degrees apart and
/// overlapping.
std::array<cv::Mat, 4> coherent_cells(const Tensor& tensor) {
  constexpr float least_energy = 500;  // a contrast of about 40 grey values in a fine pattern
  constexpr float least_coherence = 0.72F;
  std::array<cv::Mat, 4> classes;
  for (cv::Mat& mask : classes) mask = cv::Mat::zeros(tensor.xx.size(), CV_8U);
  const std::array<std::pair<float, float>, 4> axes{
      {{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};  // of twice the angle
  constexpr float within = 0.4F;            // cosine of twice the angle: 33 degrees to each side
  for (int y = 0; y < tensor.xx.rows; ++y) {
    const auto* xx = tensor.xx.ptr<float>(y);
    const auto* yy = tensor.yy.ptr<float>(y);
    const auto* xy = tensor.xy.ptr<float>(y);
    for (int x = 0; x < tensor.xx.cols; ++x) {
      const float energy = xx[x] + yy[x];
      if (energy < least_energy) continue;
      const float along = xx[x] - yy[x];
      const float across = 2 * xy[x];
      const float strength = std::sqrt(along * along + across * across);
      if (strength < least_coherence * energy) continue;
      for (std::size_t i = 0; i < axes.size(); ++i) {
        if (along * axes[i].first + across * axes[i].second > within * strength)
          classes[i].at<uchar>(y, x) = 255;
      }
    }
  }
  return classes;
}

/// Extent of the values, without the outermost hundredth on each side.
std::pair<double, double> extent(std::vector<float>& values) {
  std::ranges::sort(values);
  const std::size_t cut = values.size() / 100;
  return {values[cut], values[values.size() - 1 - cut]};
}

/// The region of one connected piece of a mask; length 0 when its form is not that of a code.
BarRegion region_of(const cv::Mat& labels, int label, const cv::Rect& box, const Tensor& tensor,
                    double cell_mm) {
  double along = 0;
  double across = 0;
  std::vector<cv::Point2f> cells;
  for (int y = box.y; y < box.br().y; ++y) {
    for (int x = box.x; x < box.br().x; ++x) {
      if (labels.at<int>(y, x) != label) continue;
      cells.emplace_back(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
      along += tensor.xx.at<float>(y, x) - tensor.yy.at<float>(y, x);
      across += 2.0 * tensor.xy.at<float>(y, x);
    }
  }
  BarRegion region;
  region.angle = std::atan2(across, along) / 2;
  const auto cosine = static_cast<float>(std::cos(region.angle));
  const auto sine = static_cast<float>(std::sin(region.angle));
  std::vector<float> u;
  std::vector<float> v;
  for (const cv::Point2f& point : cells) {
    u.push_back(point.x * cosine + point.y * sine);
    v.push_back(point.y * cosine - point.x * sine);
  }
  const auto [left, right] = extent(u);
  const auto [top, bottom] = extent(v);
  const double length = right - left + 1;
  const double height = bottom - top + 1;
  constexpr double least_length_mm = 7;
  constexpr double least_height_mm = 2.5;
  constexpr double least_filled = 0.5;
  if (length * cell_mm < least_length_mm || height * cell_mm < least_height_mm ||
      static_cast<double>(cells.size()) < least_filled * length * height) {
    return region;
  }
  const double u_centre = (left + right) / 2;
  const double v_centre = (top + bottom) / 2;
  region.centre = {u_centre * cosine - v_centre * sine, u_centre * sine + v_centre * cosine};
  region.length = length;
  region.height = height;
  return region;
}

cv::Mat reduced(const cv::Mat& grey, double scale) {
  if (scale <= 1) return grey;
  cv::Mat result;
  cv::resize(grey, result, {std::max(1, cvRound(grey.cols / scale)), std::max(1, cvRound(grey.rows / scale))},
             0, 0, cv::INTER_AREA);
  return result;
}

}  // namespace

CodePage prepare(const cv::Mat& pixels, int dpi) {
  CodePage page;
  if (pixels.channels() == 3) {
    cv::cvtColor(pixels, page.grey, cv::COLOR_BGR2GRAY);
  } else {
    page.grey = pixels;
  }
  page.per_mm = dpi / 25.4;
  page.half_scale = std::max(1, cvRound(dpi / 150.0 - 0.2));  // whole numbers are the fast ones
  page.half = reduced(page.grey, page.half_scale);
  const double further = std::max(1, cvRound(dpi / page.half_scale / 75.0 - 0.2));
  page.small_scale = page.half_scale * further;
  page.small = reduced(page.half, further);
  return page;
}

std::vector<BarRegion> find_bar_regions(const CodePage& page) {
  std::vector<BarRegion> regions;
  if (page.half.cols < 2 * cell || page.half.rows < 2 * cell) return regions;
  Tensor tensor = tensor_of(page.half);
  for (cv::Mat* sums : {&tensor.xx, &tensor.yy, &tensor.xy})
    cv::boxFilter(*sums, *sums, -1, {5, 5}, {-1, -1}, true, cv::BORDER_REPLICATE);
  const double cell_pixels = cell * page.half_scale;
  const double cell_mm = cell_pixels / page.per_mm;
  const double least_cells = 0.5 * 7 * 2.5 / (cell_mm * cell_mm);
  for (cv::Mat& mask : coherent_cells(tensor)) {
    cv::morphologyEx(mask, mask, cv::MORPH_CLOSE, cv::Mat::ones(3, 3, CV_8U));
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(mask, labels, stats, centroids, 4, CV_32S);
    for (int i = 1; i < count; ++i) {
      const int* s = stats.ptr<int>(i);
      if (s[cv::CC_STAT_AREA] < least_cells) continue;
      const cv::Rect box(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH],
                         s[cv::CC_STAT_HEIGHT]);
      BarRegion region = region_of(labels, i, box, tensor, cell_mm);
      if (region.length == 0) continue;
      region.centre *= cell_pixels;
      region.length *= cell_pixels;
      region.height *= cell_pixels;
      regions.push_back(region);
    }
  }
  std::ranges::sort(regions, std::greater{}, [](const BarRegion& r) { return r.length * r.height; });
  // The classes of direction overlap, and so a region may be there twice.
  std::vector<BarRegion> different;
  for (const BarRegion& region : regions) {
    const bool known = std::ranges::any_of(different, [&](const BarRegion& other) {
      return cv::norm(other.centre - region.centre) < 0.1 * other.length &&
             region.length > 0.8 * other.length && std::abs(std::sin(other.angle - region.angle)) < 0.05;
    });
    if (!known) different.push_back(region);
  }
  return different;
}

std::vector<cv::Rect> find_matrix_regions(const CodePage& page) {
  const double per_mm = page.per_mm / page.small_scale;
  cv::Mat ink;
  cv::Mat relative;
  cv::threshold(page.small, ink, 190, 255, cv::THRESH_BINARY_INV);
  std::vector<cv::Rect> regions;
  // Gaps inside a symbol are a few modules wide: one pass for fine symbols, one for coarse ones.
  for (const auto& [gap_mm, least_mm] : {std::pair{1.1, 4.5}, std::pair{3.0, 14.0}}) {
    const int gap = std::max(2, cvRound(gap_mm * per_mm));
    cv::Mat closed;
    cv::morphologyEx(ink, closed, cv::MORPH_CLOSE, cv::Mat::ones(gap, gap, CV_8U));
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(closed, labels, stats, centroids, 4, CV_32S);
    for (int i = 1; i < count; ++i) {
      const int* s = stats.ptr<int>(i);
      const cv::Rect box(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH],
                         s[cv::CC_STAT_HEIGHT]);
      const double shorter = std::min(box.width, box.height);
      const double longer = std::max(box.width, box.height);
      constexpr double largest_mm = 110;
      if (shorter < least_mm * per_mm || longer > largest_mm * per_mm || longer > 2.6 * shorter) continue;
      if (s[cv::CC_STAT_AREA] < 0.45 * box.area()) continue;  // a square on its tip fills half of its box
      const double mean = cv::mean(page.small(box))[0];
      if (mean < 40 || mean > 215) continue;
      regions.push_back(cv::Rect(cvFloor(box.x * page.small_scale), cvFloor(box.y * page.small_scale),
                                 cvCeil(box.width * page.small_scale),
                                 cvCeil(box.height * page.small_scale)) &
                        cv::Rect({}, page.grey.size()));
    }
  }
  return regions;
}

}  // namespace eakte::ocr::codes
