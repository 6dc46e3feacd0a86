#pragma once
#include <opencv2/core/matx.hpp>
#include <vector>

#include "ocr/cleanup/survey.h"
#include "ocr/page_image.h"
#include "ocr/read_page.h"
#include "ocr/text.h"

namespace eakte::ocr::cleanup {

/// A derived picture for the recogniser only.
struct CleanPage {
  PageImage image;
  cv::Matx23d to_received;  ///< pixel coordinates here -> pixel coordinates of the upright picture
  bool changed = false;     ///< the picture differs from the upright one
  bool blank = false;
  std::vector<CleanupStep> steps;  ///< all steps but the orientation
};

/// Border, light, scale and skew of the upright `grey` page, found on its `survey`.
CleanPage clean_page(const PageImage& grey, const Survey& survey);

/// `box`, found on the clean page, as the smallest upright box around it on a picture of `width` x `height`
/// pixels that `to_received` leads to; inside of it and never empty.
Box mapped(const Box& box, const cv::Matx23d& to_received, int width, int height);

}  // namespace eakte::ocr::cleanup
