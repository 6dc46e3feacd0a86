#pragma once
#include "ocr/cleanup/survey.h"

namespace eakte::ocr::cleanup {

struct Scale {
  double factor = 1;      ///< by which the recogniser wants the page enlarged
  double confidence = 0;  ///< 0..1
};

/// Tesseract scales every line to 36 pixels anyway; the size of the page matters to its layout analysis and
/// its time. Letters of about 20 pixels (10 point at 240 dpi) cost least without loss; small print of 100 dpi
/// is read far better at twice the size (both measured, see README). Never makes small print illegible.
Scale find_scale(const Survey& page);

}  // namespace eakte::ocr::cleanup
