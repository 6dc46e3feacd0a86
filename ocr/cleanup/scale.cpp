#include "ocr/cleanup/scale.h"

#include <algorithm>
#include <cmath>

namespace eakte::ocr::cleanup {
namespace {

constexpr double wanted = 20;     // height of usual letters, between x-height and capitals
constexpr double too_small = 14;  // below this the page is enlarged
constexpr double least_small_print = 11;
constexpr double most_enlargement = 2.5;
constexpr double least_reduction = 0.4;
constexpr double most_pixels = 16e6;  // after enlarging

/// Blur joins letters to words, which are as high as their highest letters.
bool letters_joined(const Survey& page) {
  double all = 0;
  double joined = 0;
  for (const cv::Rect& box : page.letters) {
    all += box.width;
    if (box.width > 2.2 * box.height) joined += box.width;
  }
  return joined > 0.5 * all;
}

}  // namespace

Scale find_scale(const Survey& page) {
  if (page.letter_height <= 0) return {};
  const double height = page.letter_height;
  Scale scale{.factor = 1, .confidence = std::min(1.0, static_cast<double>(page.letters.size()) / 200.0)};
  if (height < too_small) {
    const double pixels = static_cast<double>(page.grey.total()) * page.reduction * page.reduction;
    scale.factor = std::min({wanted / height, most_enlargement, std::sqrt(most_pixels / pixels)});
    scale.factor = std::max(1.0, scale.factor);
  } else if (height > wanted) {
    const double for_small_print = std::min(1.0, least_small_print / std::max(1.0, page.small_letter_height));
    const double usual = letters_joined(page) ? std::max(wanted, 0.72 * height) : height;
    scale.factor = std::max({wanted / usual, for_small_print, least_reduction});
  }
  // A change of a few percent costs a resampling and gains nothing.
  if (std::abs(scale.factor - 1) < 0.08) scale.factor = 1;
  return scale;
}

}  // namespace eakte::ocr::cleanup
