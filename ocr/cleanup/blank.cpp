#include "ocr/cleanup/blank.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "ocr/cleanup/pieces.h"

namespace eakte::ocr::cleanup {

Blank find_blank(const Survey& page, const Border& border) {
  cv::Mat ink = page.ink;
  if (!border.mask.empty()) {
    ink = page.ink.clone();
    ink.setTo(0, border.mask);
  }
  // The outermost strip holds the edge of the sheet, staples and the scanner's shadow.
  const int margin = std::max(ink.cols, ink.rows) / 50;
  if (ink.cols > 4 * margin && ink.rows > 4 * margin) {
    ink = ink(cv::Rect(margin, margin, ink.cols - 2 * margin, ink.rows - 2 * margin));
  }
  const int speck = std::max(4, std::max(page.ink.cols, page.ink.rows) / 250);  // 1.2 mm on A4
  int marks = 0;
  int64_t area = 0;
  for (const Piece& piece : pieces_of(ink).all) {
    if (std::max(piece.box.width, piece.box.height) < speck) continue;
    ++marks;
    area += piece.area;
  }
  Blank result;
  result.ink_share = static_cast<double>(area) / static_cast<double>(std::max<size_t>(1, ink.total()));
  result.blank = marks < 4 && result.ink_share < 0.0005;
  result.confidence = result.blank ? 1.0 - marks * 0.2 : std::min(1.0, marks / 20.0 + result.ink_share * 100);
  return result;
}

}  // namespace eakte::ocr::cleanup
