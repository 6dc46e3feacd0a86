#pragma once
#include "ocr/cleanup/survey.h"

namespace eakte::ocr::cleanup {

struct Light {
  double darkest = 255;    ///< brightness of the paper where it is dark, 0..255
  double brightest = 255;  ///< and where it is bright
  double confidence = 0;   ///< 0..1 that the paper is lit unevenly
};

/// Whether the paper's brightness varies over the page: shadows, photographs, the fold of a book.
Light find_light(const Survey& page);

/// The brightness of the paper as it changes over the page, smooth and much smaller than the survey.
cv::Mat light_field(const Survey& page);

/// Divides `grey` by the brightness of its paper, `field`, whatever the sizes of both: print becomes as dark
/// everywhere as it is in the best lit place (the usual flat-field correction, with the paper as the field).
void flatten_light(cv::Mat& grey, const cv::Mat& field);

}  // namespace eakte::ocr::cleanup
