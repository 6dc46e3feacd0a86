#include "ocr/codes/bars.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/codes/linear.h"

namespace eakte::ocr::codes {
namespace {

/// The place of a bar region with its bars upright, and the way back.
struct Strip {
  cv::Mat pixels;
  cv::Matx23d to_page;
};

/// Cuts a region out, turned and scaled so that its bars stand upright, quiet zones included. Neighbouring
/// rows are averaged where there are many: `rows` is enough for scan lines to disagree.
Strip cut_strip(const CodePage& page, const BarRegion& region, double scale, int rows,
                cv::InterpolationFlags way) {
  const double quiet = std::max(5 * page.per_mm, 0.12 * region.length);
  const double length = region.length + 2 * quiet;
  const double height = std::max(region.height - 1.0 * page.per_mm, 2.0 * page.per_mm);
  const cv::Size size(std::max(1, cvRound(length * scale)), std::max(1, cvRound(height)));
  const double cosine = std::cos(region.angle);
  const double sine = std::sin(region.angle);
  Strip strip;
  // From strip to page, so that nothing has to be inverted.
  strip.to_page = {cosine / scale, -sine,  region.centre.x - cosine * length / 2 + sine * height / 2,
                   sine / scale,   cosine, region.centre.y - sine * length / 2 - cosine * height / 2};
  cv::warpAffine(page.grey, strip.pixels, strip.to_page, size, way | cv::WARP_INVERSE_MAP,
                 cv::BORDER_CONSTANT, cv::Scalar(255));
  cv::normalize(strip.pixels, strip.pixels, 0, 255, cv::NORM_MINMAX);  // faded and dark ones
  if (strip.pixels.rows > rows) {
    const double squeeze = static_cast<double>(strip.pixels.rows) / rows;
    cv::resize(strip.pixels, strip.pixels, {strip.pixels.cols, rows}, 0, 0, cv::INTER_AREA);
    strip.to_page(0, 1) *= squeeze;
    strip.to_page(1, 1) *= squeeze;
  }
  return strip;
}

cv::Rect on_page(const cv::Rect& box, const cv::Matx23d& to_page, const cv::Size& page) {
  std::vector<cv::Point2f> corners;
  for (const auto& [x, y] : {std::pair{box.x, box.y},
                             {box.x + box.width, box.y},
                             {box.x, box.y + box.height},
                             {box.x + box.width, box.y + box.height}}) {
    corners.emplace_back(static_cast<float>(to_page(0, 0) * x + to_page(0, 1) * y + to_page(0, 2)),
                         static_cast<float>(to_page(1, 0) * x + to_page(1, 1) * y + to_page(1, 2)));
  }
  return cv::boundingRect(corners) & cv::Rect({}, page);
}

/// Whether the middle of a strip changes between dark and light as often as the shortest code does; letters
/// and rulings do not, when they are averaged along what would be the bars.
bool looks_like_bars(const cv::Mat& strip) {
  constexpr int fewest_edges = 22;  // ITF of six digits has 38, EAN-8 has 44; worn ones lose some
  constexpr double least_contrast = 30;
  const int third = std::max(1, strip.rows / 3);
  cv::Mat profile;
  cv::reduce(strip.rowRange((strip.rows - third) / 2, (strip.rows - third) / 2 + third), profile, 0,
             cv::REDUCE_AVG, CV_8U);
  int edges = 0;
  double extreme = profile.at<uchar>(0, 0);
  bool rising = false;
  for (int x = 1; x < profile.cols; ++x) {
    const double value = profile.at<uchar>(0, x);
    if (rising ? value > extreme : value < extreme) extreme = value;
    if (std::abs(value - extreme) < least_contrast) continue;
    rising = !rising;
    extreme = value;
    ++edges;
  }
  return edges >= fewest_edges;
}

}  // namespace

std::optional<std::vector<Candidate>> read_bars(const CodePage& page, const BarRegion& region) {
  struct Try {
    double scale;
    int rows;
    cv::InterpolationFlags
        way;  // cubic keeps the bars of coarse pictures apart but rings at those of sharp ones
  };
  constexpr auto linear = cv::INTER_LINEAR;
  constexpr auto cubic = cv::INTER_CUBIC;
  const double more = page.per_mm < 9 ? 1 : 0;  // below 230 dpi
  const std::array<Try, 8> tries{{{1 + more, 48, linear},
                                  {1 + more, 48, cubic},
                                  {2 + more, 48, linear},
                                  {2 + more, 48, cubic},
                                  {2, 12, linear},
                                  {2, 12, cubic},
                                  {4, 16, linear},
                                  {4, 8, linear}}};
  for (const Try& attempt : tries) {
    if (attempt.scale == 1 && attempt.way == cubic) continue;  // nothing is scaled
    const Strip strip = cut_strip(page, region, attempt.scale, attempt.rows, attempt.way);
    if (&attempt == &tries.front() && !looks_like_bars(strip.pixels)) return std::nullopt;
    std::vector<Candidate> found;
    for (const LinearRead& read : read_linear(strip.pixels, ScanLines::across)) {
      // zbar notes only one end of some codes; then the whole region is its place.
      const bool one_end = read.box.width < 0.3 * region.length * attempt.scale;
      const int quiet = cvRound((strip.pixels.cols - region.length * attempt.scale) / 2);
      const cv::Rect place(one_end ? quiet : read.box.x, 0,
                           one_end ? strip.pixels.cols - 2 * quiet : read.box.width, strip.pixels.rows);
      found.push_back(
          {{read.symbology, read.text, box_of(on_page(place, strip.to_page, page.grey.size()))}, read.lines});
    }
    if (!found.empty()) return found;
  }
  return std::vector<Candidate>();
}

}  // namespace eakte::ocr::codes
