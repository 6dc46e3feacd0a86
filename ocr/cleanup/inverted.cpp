#include "ocr/cleanup/inverted.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocr/cleanup/pieces.h"
#include "ocr/cleanup/text_lines.h"

namespace eakte::ocr::cleanup {
namespace {

constexpr double darkest_paper = 0.45;  // of white; more is a grey field with black print
constexpr double least_white = 0.7;     // of white; letters of a few pixels are blurred
constexpr double least_dark_share = 0.5;
constexpr int least_holes = 4;

/// White pieces within the dark `area` of `grey` that are as large as letters; none if they are not white, as
/// paper beside a shadow, or lost among specks, as in a picture.
int letters_in(const cv::Mat& area, const cv::Mat& grey, double letter, double white) {
  cv::Mat holes;
  cv::bitwise_not(area, holes);
  int letters = 0;
  int pieces = 0;
  for (const Piece& hole : pieces_of(holes).all) {
    const cv::Rect& box = hole.box;
    const bool at_edge = box.x == 0 || box.y == 0 || box.br().x == area.cols || box.br().y == area.rows;
    if (at_edge) continue;
    ++pieces;
    if (box.height < 4 || box.width > 8 * box.height) continue;
    if (box.height < 0.4 * letter || box.height > 4 * letter) continue;
    double brightest = 0;
    cv::minMaxLoc(grey(box), nullptr, &brightest);
    letters += brightest > least_white * white;
  }
  return 3 * letters >= pieces ? letters : 0;
}

/// The piece `label` with its holes filled.
void fill(const cv::Mat& piece, const cv::Rect& box, cv::Mat& mask) {
  std::vector<std::vector<cv::Point>> outlines;
  cv::findContours(piece.clone(), outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE, box.tl());
  cv::drawContours(mask, outlines, -1, 255, cv::FILLED);
}

/// The piece alone, as large as its box.
cv::Mat picture_of(const Pieces& pieces, size_t piece) {
  const cv::Rect& box = pieces.all[piece].box;
  cv::Mat picture = cv::Mat::zeros(box.size(), CV_8UC1);
  for (const Run& run : pieces.runs) {
    if (run.piece != static_cast<int>(piece)) continue;
    uchar* row = picture.ptr(run.y - box.y);
    std::fill(row + (run.begin - box.x), row + (run.end - box.x), uchar{255});
  }
  return picture;
}

}  // namespace

Inverted find_inverted(const Survey& page) {
  Inverted found;
  double white = 0;
  cv::minMaxLoc(page.background, nullptr, &white);
  cv::Mat dark;
  cv::threshold(page.grey, dark, darkest_paper * white, 255, cv::THRESH_BINARY_INV);
  const Pieces pieces = pieces_of(dark);
  const double letter = page.letter_height > 0 ? page.letter_height / page.reduction : 12;
  cv::Mat mask = cv::Mat::zeros(dark.size(), CV_8UC1);
  int letters = 0;
  for (size_t i = 0; i < pieces.all.size(); ++i) {
    const auto& [box, area] = pieces.all[i];
    if (box.width < 5 * letter || box.height < 1.3 * letter) continue;
    if (area < least_dark_share * box.area()) continue;
    const cv::Mat piece = picture_of(pieces, i);
    const int inside = letters_in(piece, page.grey(box), letter, white);
    // A picture has some such holes, too, but not that many for its size.
    if (inside < least_holes || inside * 100 * letter * letter < box.area()) continue;
    fill(piece, box, mask);
    letters += inside;
    ++found.areas;
  }
  if (found.areas == 0) return found;
  found.mask = mask;
  found.share = static_cast<double>(cv::countNonZero(mask)) / static_cast<double>(mask.total());
  found.confidence = std::min(1.0, 0.5 + letters / 40.0);
  return found;
}

double negative_confidence(const cv::Mat& grey) {
  if (cv::mean(grey)[0] > 100) return 0;
  const Survey reversed = survey(~grey);
  const auto letters = static_cast<double>(usual_letters(reversed).size());
  size_t in_lines = 0;
  for (const TextLine& line : text_lines(reversed)) in_lines += line.size();
  if (letters < 40 || static_cast<double>(in_lines) < 0.3 * letters) return 0;
  // On a negative the reversed paper is about equally bright nearly everywhere.
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(reversed.background, mean, deviation);
  return mean[0] > 150 && deviation[0] < 40 ? std::min(1.0, letters / 150) : 0.0;
}

}  // namespace eakte::ocr::cleanup
