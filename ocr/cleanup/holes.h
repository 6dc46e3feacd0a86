#pragma once
#include <vector>

#include "ocr/cleanup/survey.h"

namespace eakte::ocr::cleanup {

/// The holes of a punch or a binder, dark on the picture where the scanner's lid shows through.
struct Holes {
  std::vector<cv::Rect> places;  ///< on the survey
  double confidence = 0;         ///< 0..1; higher when there are two of a size, equally far from one side
};

/// Filled discs of 4 to 9 mm beside a side of the page with nothing around them, where ISO 838 has them (6 mm
/// wide, 12 mm from the edge); sizes follow from that of a page of A4. A disc is told from bold letters by
/// comparing it pixel by pixel with the one drawn into its box (template matching with a model that scales,
/// as D. Ballard and C. Brown, Computer Vision, 1982, chapter 3).
Holes find_holes(const Survey& page);

}  // namespace eakte::ocr::cleanup
