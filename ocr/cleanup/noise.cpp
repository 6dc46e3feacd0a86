#include "ocr/cleanup/noise.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace eakte::ocr::cleanup {
namespace {

constexpr int tile = 64;

/// One for each black pixel.
cv::Mat ink_of(const cv::Mat& grey) {
  cv::Mat ink;
  cv::threshold(grey, ink, 127, 1, cv::THRESH_BINARY_INV);
  return ink;
}

/// How many black pixels there are in the three by three around each pixel.
cv::Mat ink_around(const cv::Mat& ink) {
  cv::Mat sums;
  cv::boxFilter(ink, sums, CV_8U, {3, 3}, {-1, -1}, false, cv::BORDER_REPLICATE);
  return sums;
}

/// Black specks in each tile of the page, ascending.
std::vector<int> specks_by_tile(const cv::Mat& ink) {
  const cv::Mat specks = ink & (ink_around(ink) <= 2);
  std::vector<int> counts;
  for (int y = 0; y + tile <= specks.rows; y += tile) {
    for (int x = 0; x + tile <= specks.cols; x += tile)
      counts.push_back(cv::countNonZero(specks(cv::Rect(x, y, tile, tile))));
  }
  std::ranges::sort(counts);
  return counts;
}

}  // namespace

bool is_black_and_white(const cv::Mat& grey) {
  for (int y = 0; y < grey.rows; y += 16) {
    const auto* row = grey.ptr<std::uint8_t>(y);
    if (!std::all_of(row, row + grey.cols, [](std::uint8_t value) { return value < 8 || value > 247; }))
      return false;
  }
  return true;
}

Noise find_noise(const cv::Mat& grey) {
  constexpr std::size_t enough_tiles = 20;
  constexpr double least_per_thousand = 2;
  constexpr double most_ink = 0.35;  // of a page that is print and not noise alone
  if (!is_black_and_white(grey)) return {};
  const cv::Mat ink = ink_of(grey);
  if (cv::countNonZero(ink) > most_ink * static_cast<double>(ink.total())) return {};
  const std::vector<int> counts = specks_by_tile(ink);
  if (counts.size() < enough_tiles) return {};
  const int typical = counts[counts.size() / 2];
  const int few = counts[counts.size() / 10];
  Noise noise;
  noise.specks_per_thousand = 1000.0 * typical / (tile * tile);
  if (noise.specks_per_thousand < least_per_thousand) return noise;
  // Chance leaves a tenth of the tiles with little less than the others; a picture leaves them with none.
  noise.confidence = std::min(1.0, 1.5 * few / typical);
  return noise;
}

cv::Mat without_specks(const cv::Mat& grey) {
  const cv::Mat ink = ink_of(grey);
  const cv::Mat around = ink_around(ink);
  cv::Mat clean = grey.clone();
  clean.setTo(255, (ink == 1) & (around <= 2));
  clean.setTo(0, (ink == 0) & (around >= 7));
  return clean;
}

}  // namespace eakte::ocr::cleanup
