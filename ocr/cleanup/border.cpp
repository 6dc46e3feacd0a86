#include "ocr/cleanup/border.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocr/cleanup/pieces.h"

namespace eakte::ocr::cleanup {
namespace {

/// Border reaches in from one side by at most this share of the picture; more is a dark picture or a table
/// under a photographed sheet.
constexpr double deepest = 0.15;

/// How far each piece reaches in from the side of the picture it hugs. An L or a frame hugs several sides, so
/// the depth is measured pixel by pixel: the share of the piece that lies deep inside.
std::vector<double> shares_inside(const Pieces& pieces, cv::Size picture) {
  const int margin_x = static_cast<int>(deepest * picture.width);
  const int margin_y = static_cast<int>(deepest * picture.height);
  std::vector<double> inside(pieces.all.size(), 0);
  for (const Run& run : pieces.runs) {
    if (run.y < margin_y || run.y >= picture.height - margin_y) continue;
    const int length = std::min(run.end, picture.width - margin_x) - std::max(run.begin, margin_x);
    inside[static_cast<size_t>(run.piece)] += std::max(0, length);
  }
  for (size_t i = 0; i < inside.size(); ++i) inside[i] /= pieces.all[i].area;
  return inside;
}

/// Whether `length` dark pixels follow each other somewhere at the rim; without them there is no border.
bool dark_at_rim(const cv::Mat& dark, int length) {
  const cv::Mat sides[] = {dark.row(0), dark.row(dark.rows - 1), dark.col(0), dark.col(dark.cols - 1)};
  for (const cv::Mat& side : sides) {
    int run = 0;
    for (auto at = side.begin<uchar>(); at != side.end<uchar>(); ++at) {
      run = *at != 0 ? run + 1 : 0;
      if (run >= length) return true;
    }
  }
  return false;
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
  if (!dark_at_rim(dark, neck)) return border;
  cv::Mat padded;
  cv::copyMakeBorder(dark, padded, neck, neck, neck, neck, cv::BORDER_REPLICATE);
  cv::morphologyEx(padded, padded, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {neck, neck}));
  const cv::Mat solid = padded(cv::Rect(neck, neck, dark.cols, dark.rows));
  const Pieces pieces = pieces_of(solid);
  const std::vector<double> inside = shares_inside(pieces, dark.size());
  std::vector<bool> chosen(pieces.all.size(), false);
  for (size_t i = 0; i < pieces.all.size(); ++i) {
    const cv::Rect& box = pieces.all[i].box;
    const bool at_edge = box.x == 0 || box.y == 0 || box.br().x == dark.cols || box.br().y == dark.rows;
    const bool along_a_side = 3 * box.height >= dark.rows || 3 * box.width >= dark.cols;
    chosen[i] = at_edge && along_a_side && inside[i] <= 0.02;
  }
  cv::Mat mask = cv::Mat::zeros(dark.size(), CV_8UC1);
  draw(pieces, chosen, mask);
  const int covered = cv::countNonZero(mask);
  if (covered == 0) return border;
  // The rim of a border is a little lighter than the threshold.
  cv::dilate(mask, border.mask, cv::getStructuringElement(cv::MORPH_RECT, {neck, neck}));
  border.share = static_cast<double>(covered) / static_cast<double>(mask.total());
  border.confidence = border.share < 0.25 ? 0.9 : 0.5;
  return border;
}

}  // namespace eakte::ocr::cleanup
