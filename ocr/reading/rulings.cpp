#include "ocr/reading/rulings.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocr/cleanup/pieces.h"

namespace eakte::ocr::reading {
namespace {

constexpr double least_across = 4.0;  // letters' heights; a dash or the bar of a letter is shorter
constexpr double least_down = 3.0;    // a bracket or a large initial is shorter
constexpr double thickest = 0.35;     // letters' heights
constexpr int slender = 8;            // times longer than thick

/// The rows a ruling takes up in one column; none when bottom < top.
struct Extent {
  int top = std::numeric_limits<int>::max();
  int bottom = -1;
};

/// Paints one column of a ruling over. A column whose ink goes on above and below is a stroke that crosses.
int paint_over(cv::Mat& grey, const cv::Mat& ink, int x, Extent rows, uchar paper) {
  // The rim of a printed line is grey, or ragged by a row.
  const auto inked = [&](int y) { return y >= 0 && y < ink.rows && ink.at<uchar>(y, x) != 0; };
  const bool above = inked(rows.top - 1) && inked(rows.top - 2);
  const bool below = inked(rows.bottom + 1) && inked(rows.bottom + 2);
  if (above && below) return 0;
  const int from = above ? rows.top : std::max(0, rows.top - 2);
  const int to = below ? rows.bottom : std::min(grey.rows - 1, rows.bottom + 2);
  for (int y = from; y <= to; ++y) grey.at<uchar>(y, x) = paper;
  return to - from + 1;
}

bool is_ruling(const cleanup::Piece& piece, double letter_height) {
  const cv::Rect& box = piece.box;
  // A line that isn't quite level is higher than thick.
  const double thickness = static_cast<double>(piece.area) / box.width;
  const bool thin = thickness <= std::max(3.0, thickest * letter_height);
  return thin && box.width >= slender * thickness && box.height <= box.width / 4;
}

/// The rulings along the rows of `grey`. Returns how many there were; `painted` counts pixels.
int remove_along_rows(cv::Mat& grey, const cv::Mat& ink, int least, double letter_height, uchar paper,
                      int& painted) {
  const cleanup::Pieces pieces = cleanup::pieces_of(ink, least);
  std::vector<std::vector<Extent>> rulings(pieces.all.size());  // by columns of the box; empty: no ruling
  int removed = 0;
  for (size_t i = 0; i < pieces.all.size(); ++i) {
    if (!is_ruling(pieces.all[i], letter_height)) continue;
    rulings[i].resize(static_cast<size_t>(pieces.all[i].box.width));
    ++removed;
  }
  for (const cleanup::Run& run : pieces.runs) {
    const auto piece = static_cast<size_t>(run.piece);
    if (rulings[piece].empty()) continue;
    for (int x = run.begin; x < run.end; ++x) {
      Extent& rows = rulings[piece][static_cast<size_t>(x - pieces.all[piece].box.x)];
      rows.top = std::min(rows.top, run.y);
      rows.bottom = std::max(rows.bottom, run.y);
    }
  }
  for (size_t i = 0; i < rulings.size(); ++i) {
    int x = pieces.all[i].box.x;
    for (const Extent& rows : rulings[i]) {
      if (rows.bottom >= 0) painted += paint_over(grey, ink, x, rows, paper);
      ++x;
    }
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
