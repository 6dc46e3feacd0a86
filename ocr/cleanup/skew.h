#pragma once
#include "ocr/cleanup/survey.h"

namespace eakte::ocr::cleanup {

struct Skew {
  double degrees = 0;     ///< counter-clockwise turn that makes the lines level
  double confidence = 0;  ///< 0..1
};

/// The slope of the text lines within +-15 degrees, to about 0.1 degree, on an upright page.
/// Projection profile after Postl (1986) and Baird (1987): the lower edges of the ink are summed along
/// slanted lines, and the slant with the most uneven sums is that of the text.
Skew find_skew(const Survey& page);

}  // namespace eakte::ocr::cleanup
