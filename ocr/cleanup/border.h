#pragma once
#include "ocr/cleanup/survey.h"

namespace eakte::ocr::cleanup {

struct Border {
  cv::Mat mask;  ///< CV_8UC1 in the size of the survey, 255 where the picture shows no paper; may be empty
  double share = 0;       ///< of the picture's area that is border
  double confidence = 0;  ///< 0..1
};

/// Black borders of a scanner or copier: what is dark, touches the edge of the picture and stays near it.
/// The caller whitens it and never crops, so that a mistake costs no text outside of the border itself.
/// A spine shadow is grey and falls off slowly: it is left to the light step.
Border find_border(const Survey& page);

}  // namespace eakte::ocr::cleanup
