#include "ocr/cleanup/border.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace eakte::ocr::cleanup {
namespace {

/// Border reaches in from one side by at most this share of the picture; more is a dark picture or a table
/// under a photographed sheet.
constexpr double deepest = 0.15;

/// How far a piece reaches in from the side of the picture it hugs. An L or a frame hugs several sides, so
/// the depth is measured row by row and column by column: the share of the piece that lies deep inside.
double share_inside(const cv::Mat& labels, int label, const cv::Rect& box) {
  const int margin_x = static_cast<int>(deepest * labels.cols);
  const int margin_y = static_cast<int>(deepest * labels.rows);
  int64_t inside = 0;
  int64_t all = 0;
  for (int y = box.y; y < box.br().y; ++y) {
    const int* row = labels.ptr<int>(y);
    for (int x = box.x; x < box.br().x; ++x) {
      if (row[x] != label) continue;
      ++all;
      inside += x >= margin_x && x < labels.cols - margin_x && y >= margin_y && y < labels.rows - margin_y;
    }
  }
  return static_cast<double>(inside) / static_cast<double>(std::max<int64_t>(1, all));
}

}  // namespace

Border find_border(const Survey& page) {
  Border border;
  cv::Mat dark;
  double white = 0;
  cv::minMaxLoc(page.background, nullptr, &white);
  cv::threshold(page.grey, dark, 0.35 * white, 255, cv::THRESH_BINARY_INV);
  // Lettering and rules that touch the border hang on by thin necks: opening cuts them off.
  const int neck = std::max(3, std::max(dark.cols, dark.rows) / 150);
  cv::Mat padded;
  cv::copyMakeBorder(dark, padded, neck, neck, neck, neck, cv::BORDER_REPLICATE);
  cv::morphologyEx(padded, padded, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {neck, neck}));
  const cv::Mat solid = padded(cv::Rect(neck, neck, dark.cols, dark.rows)).clone();
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centroids;
  const int count = cv::connectedComponentsWithStats(solid, labels, stats, centroids, 8, CV_32S);
  cv::Mat mask = cv::Mat::zeros(dark.size(), CV_8UC1);
  for (int i = 1; i < count; ++i) {
    const int* s = stats.ptr<int>(i);
    const cv::Rect box(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]);
    const bool at_edge = box.x == 0 || box.y == 0 || box.br().x == dark.cols || box.br().y == dark.rows;
    const bool along_a_side = 3 * box.height >= dark.rows || 3 * box.width >= dark.cols;
    if (!at_edge || !along_a_side || share_inside(labels, i, box) > 0.02) continue;
    mask(box).setTo(255, labels(box) == i);
  }
  const int covered = cv::countNonZero(mask);
  if (covered == 0) return border;
  // The rim of a border is a little lighter than the threshold.
  cv::dilate(mask, border.mask, cv::getStructuringElement(cv::MORPH_RECT, {neck, neck}));
  border.share = static_cast<double>(covered) / static_cast<double>(mask.total());
  border.confidence = border.share < 0.25 ? 0.9 : 0.5;
  return border;
}

}  // namespace eakte::ocr::cleanup
