#include "ocr/reading/rulings.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace eakte::ocr::reading {
namespace {

constexpr double least_across = 4.0;  // letters' heights; a dash or the bar of a letter is shorter
constexpr double least_down = 3.0;    // a bracket or a large initial is shorter
constexpr double thickest = 0.35;     // letters' heights
constexpr int slender = 8;            // times longer than thick

/// Marks runs of ink of at least `least` pixels along the rows.
cv::Mat long_runs(const cv::Mat& ink, int least) {
  cv::Mat runs = cv::Mat::zeros(ink.size(), CV_8UC1);
  for (int y = 0; y < ink.rows; ++y) {
    const uchar* row = ink.ptr(y);
    uchar* marks = runs.ptr(y);
    const uchar* end = row + ink.cols;
    for (const uchar* from = std::find(row, end, uchar{255}); from != end;) {
      const uchar* to = std::find(from, end, uchar{0});
      if (to - from >= least) std::fill(marks + (from - row), marks + (to - row), uchar{255});
      from = std::find(to, end, uchar{255});
    }
  }
  return runs;
}

/// Paints one ruling over, column by column. A column whose ink goes on above and below is a stroke that
/// crosses.
int paint_over(cv::Mat& grey, const cv::Mat& ink, const cv::Mat& labels, int label, const cv::Rect& box,
               uchar paper) {
  int painted = 0;
  for (int x = box.x; x < box.br().x; ++x) {
    int top = -1;
    int bottom = -1;
    for (int y = box.y; y < box.br().y; ++y) {
      if (labels.at<int>(y, x) != label) continue;
      if (top < 0) top = y;
      bottom = y;
    }
    if (top < 0) continue;
    // The rim of a printed line is grey, or ragged by a row.
    const auto inked = [&](int y) { return y >= 0 && y < ink.rows && ink.at<uchar>(y, x) != 0; };
    const bool above = inked(top - 1) && inked(top - 2);
    const bool below = inked(bottom + 1) && inked(bottom + 2);
    if (above && below) continue;
    const int from = above ? top : std::max(0, top - 2);
    const int to = below ? bottom : std::min(grey.rows - 1, bottom + 2);
    for (int y = from; y <= to; ++y) grey.at<uchar>(y, x) = paper;
    painted += to - from + 1;
  }
  return painted;
}

/// The rulings along the rows of `grey`. Returns how many there were; `painted` counts pixels.
int remove_along_rows(cv::Mat& grey, const cv::Mat& ink, int least, double letter_height, uchar paper,
                      int& painted) {
  const cv::Mat runs = long_runs(ink, least);
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centroids;
  const int count = cv::connectedComponentsWithStats(runs, labels, stats, centroids, 8, CV_32S);
  int removed = 0;
  for (int i = 1; i < count; ++i) {
    const int* s = stats.ptr<int>(i);
    const cv::Rect box(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]);
    // A line that isn't quite level is higher than thick.
    const double thickness = static_cast<double>(s[cv::CC_STAT_AREA]) / box.width;
    const bool thin = thickness <= std::max(3.0, thickest * letter_height);
    if (!thin || box.width < slender * thickness || box.height > box.width / 4) continue;
    painted += paint_over(grey, ink, labels, i, box, paper);
    ++removed;
  }
  return removed;
}

}  // namespace

Rulings remove_rulings(cv::Mat& grey, double letter_height) {
  cv::Mat ink;
  cv::Mat small;
  cv::resize(grey, small, {}, 0.25, 0.25, cv::INTER_NEAREST);
  const double otsu = cv::threshold(small, ink, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  cv::threshold(grey, ink, std::clamp(otsu, 90.0, 200.0), 255, cv::THRESH_BINARY_INV);
  cv::threshold(small, small, std::clamp(otsu, 90.0, 200.0), 0, cv::THRESH_TOZERO);
  const auto paper = static_cast<uchar>(std::lround(cv::mean(small, small > 0)[0]));

  Rulings rulings;
  int painted = 0;
  const auto pixels = [&](double letters) { return std::max(30, static_cast<int>(letters * letter_height)); };
  rulings.across = remove_along_rows(grey, ink, pixels(least_across), letter_height, paper, painted);
  cv::Mat upended;
  cv::transpose(grey, upended);
  cv::transpose(ink, ink);
  rulings.down = remove_along_rows(upended, ink, pixels(least_down), letter_height, paper, painted);
  if (rulings.down > 0) cv::transpose(upended, grey);
  rulings.share = painted / static_cast<double>(grey.total());
  return rulings;
}

}  // namespace eakte::ocr::reading
