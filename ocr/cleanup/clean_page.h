#pragma once
#include <vector>

#include "ocr/cleanup/mapping.h"
#include "ocr/cleanup/sheet.h"
#include "ocr/cleanup/survey.h"
#include "ocr/page_image.h"
#include "ocr/read_page.h"

namespace eakte::ocr::cleanup {

/// A finding of less confidence changes nothing, unless a reading gives cause to try it.
constexpr double sure = 0.5;

/// A derived picture for the recogniser only.
struct CleanPage {
  PageImage image;
  Mapping to_received;   ///< from pixels here to those of the upright picture
  bool changed = false;  ///< the picture differs from the upright one
  bool blank = false;
  std::vector<CleanupStep> steps;  ///< all steps but the orientation
};

/// What the cleaning steps look at: the flat sheet where one is surely seen on `grey` (CV_8UC1), else all of
/// it.
Survey survey_of(const cv::Mat& grey, const Sheet& sheet);

/// Perspective, border, light, scale and skew of the upright `grey` page. `sheet` is what find_sheet() saw on
/// it, `survey` comes from survey_of(). Light, skew and bent lines are put right where they were found with a
/// confidence of `enough`.
CleanPage clean_page(const PageImage& grey, const Survey& survey, const Sheet& sheet = {},
                     double enough = sure);

/// Whether with less confidence needed more would be put right.
bool more_to_clean(const CleanPage& page, double enough);

}  // namespace eakte::ocr::cleanup
