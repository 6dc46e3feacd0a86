#include "ocr/cleanup/survey.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <opencv2/imgproc.hpp>

#include "ocr/cleanup/pieces.h"

namespace eakte::ocr::cleanup {
namespace {

constexpr int longest_side =
    1800;  // A4 at 300 dpi is halved, which leaves letters of 10 point 12 pixels high

/// Brightness of the paper: the brightest of the neighbourhood survives print, the median removes what is
/// left of bold print. Both on a quarter of the size, which loses nothing of a shadow.
cv::Mat paper(const cv::Mat& grey) {
  cv::Mat coarse;
  cv::resize(grey, coarse, {std::max(1, grey.cols / 4), std::max(1, grey.rows / 4)}, 0, 0, cv::INTER_AREA);
  cv::dilate(coarse, coarse, cv::getStructuringElement(cv::MORPH_RECT, {9, 9}));
  cv::medianBlur(coarse, coarse, 21);
  cv::Mat full;
  cv::resize(coarse, full, grey.size(), 0, 0, cv::INTER_LINEAR);
  return full;
}

/// Ink is what is darker than a share of the paper around it; Otsu finds the share, within limits that keep
/// the grain of an empty page from becoming ink.
cv::Mat ink_of(const cv::Mat& grey, const cv::Mat& background) {
  cv::Mat relative;
  cv::divide(grey, cv::max(background, 60), relative, 255);
  // A black border would draw the threshold away from faint print, so the rim has no say.
  const int x = grey.cols / 20;
  const int y = grey.rows / 20;
  cv::Mat ink;
  const cv::Mat inner = relative(cv::Rect(x, y, grey.cols - 2 * x, grey.rows - 2 * y)).clone();
  const double otsu = cv::threshold(inner, ink, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  cv::threshold(relative, ink, std::clamp(otsu, 110.0, 210.0), 255, cv::THRESH_BINARY_INV);
  return ink;
}

/// The height below which lies `share` of the letters' width: wide pieces count more than specks.
double height_at(const std::vector<cv::Rect>& letters, double share) {
  std::vector<int> width_of_height(512, 0);
  for (const cv::Rect& box : letters)
    width_of_height[static_cast<size_t>(std::min(box.height, 511))] += box.width;
  const double wanted = share * std::accumulate(width_of_height.begin(), width_of_height.end(), 0.0);
  double seen = 0;
  for (size_t height = 0; height < width_of_height.size(); ++height) {
    seen += width_of_height[height];
    if (seen >= wanted && seen > 0) return static_cast<double>(height);
  }
  return 0;
}

std::vector<cv::Rect> letters_of(const cv::Mat& ink) {
  const int tallest = std::max(ink.rows, ink.cols) / 14;
  std::vector<cv::Rect> letters;
  for (const auto& [box, area] : pieces_of(ink).all) {
    const int longer = std::max(box.width, box.height);
    const int shorter = std::min(box.width, box.height);
    const bool at_edge = box.x == 0 || box.y == 0 || box.br().x == ink.cols || box.br().y == ink.rows;
    if (longer < 5 || longer > tallest || longer > 12 * shorter || at_edge) continue;
    if (area * 12 < box.area()) continue;
    letters.push_back(box);
  }
  return letters;
}

}  // namespace

std::vector<cv::Rect> usual_letters(const Survey& page) {
  std::vector<cv::Rect> usual;
  if (page.letter_height <= 0) return usual;
  const double height = page.letter_height / page.reduction;
  std::copy_if(page.letters.begin(), page.letters.end(), std::back_inserter(usual), [&](const cv::Rect& box) {
    const int longer = std::max(box.width, box.height);
    return longer >= 0.5 * height && longer <= 3 * height;
  });
  return usual;
}

bool is_bilevel(const cv::Mat& grey) {
  int64_t between = 0;
  int64_t seen = 0;
  for (int y = 0; y < grey.rows; y += 16) {
    const uchar* row = grey.ptr(y);
    between += std::count_if(row, row + grey.cols, [](uchar v) { return v > 20 && v < 235; });
    seen += grey.cols;
  }
  return between * 200 < seen;
}

int survey_reduction(cv::Size page) {
  return std::max(1, (std::max(page.width, page.height) + longest_side - 1) / longest_side);
}

Survey survey_of_reduced(const cv::Mat& reduced, int reduction, bool bilevel) {
  Survey result;
  result.bilevel = bilevel;
  result.reduction = reduction;
  result.grey = reduced;
  result.background = paper(result.grey);
  result.ink = ink_of(result.grey, result.background);
  result.letters = letters_of(result.ink);
  if (result.letters.size() >= 20) {
    result.letter_height = height_at(result.letters, 0.5) * result.reduction;
    result.small_letter_height = height_at(result.letters, 0.15) * result.reduction;
  }
  return result;
}

Survey survey(const cv::Mat& grey) {
  const int reduction = survey_reduction(grey.size());
  const bool bilevel = is_bilevel(grey);
  if (reduction == 1) return survey_of_reduced(grey, reduction, bilevel);
  cv::Mat reduced;
  const cv::Size size(std::max(1, grey.cols / reduction), std::max(1, grey.rows / reduction));
  // Without the odd pixels at the lower right the squares are whole, which is exact and several times faster.
  const cv::Rect whole(0, 0, std::min(grey.cols, size.width * reduction),
                       std::min(grey.rows, size.height * reduction));
  cv::resize(grey(whole), reduced, size, 0, 0, cv::INTER_AREA);
  return survey_of_reduced(reduced, reduction, bilevel);
}

}  // namespace eakte::ocr::cleanup
