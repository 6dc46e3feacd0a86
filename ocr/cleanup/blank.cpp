#include "ocr/cleanup/blank.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace eakte::ocr::cleanup {

Blank find_blank(const Survey& page, const Border& border) {
  cv::Mat ink = page.ink.clone();
  if (!border.mask.empty()) ink.setTo(0, border.mask);
  // The outermost strip holds the edge of the sheet, staples and the scanner's shadow.
  const int margin = std::max(ink.cols, ink.rows) / 50;
  if (ink.cols > 4 * margin && ink.rows > 4 * margin) {
    ink = ink(cv::Rect(margin, margin, ink.cols - 2 * margin, ink.rows - 2 * margin)).clone();
  }
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centroids;
  const int count = cv::connectedComponentsWithStats(ink, labels, stats, centroids, 8, CV_32S);
  const int speck = std::max(4, std::max(page.ink.cols, page.ink.rows) / 250);  // 1.2 mm on A4
  int marks = 0;
  int64_t area = 0;
  for (int i = 1; i < count; ++i) {
    const int* s = stats.ptr<int>(i);
    if (std::max(s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]) < speck) continue;
    ++marks;
    area += s[cv::CC_STAT_AREA];
  }
  Blank result;
  result.ink_share = static_cast<double>(area) / static_cast<double>(std::max<size_t>(1, ink.total()));
  result.blank = marks < 4 && result.ink_share < 0.0005;
  result.confidence = result.blank ? 1.0 - marks * 0.2 : std::min(1.0, marks / 20.0 + result.ink_share * 100);
  return result;
}

}  // namespace eakte::ocr::cleanup
