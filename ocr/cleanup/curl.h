#pragma once
#include <opencv2/core/mat.hpp>

#include "ocr/cleanup/survey.h"

namespace eakte::ocr::cleanup {

/// How the text lines of a page bend.
struct Curl {
  cv::Mat nodes;    ///< CV_32FC2, displacement at nodes `step` apart as Mapping::displace wants it
  double step = 1;  ///< pixels of the survey, as are those of the displacement
  int lines = 0;    ///< text lines it rests on
  double bend = 0;  ///< rms distance of the letters from level lines, in letter heights
  double left = 0;  ///< what is left of it after straightening, measured on lines that had no part in the fit
  double confidence = 0;  ///< 0..1
};

/// Bent, wavy and fanned out lines on curled, crumpled or slantwise photographed paper. Letters are chained
/// into lines; a smooth displacement (a polynomial of the place) is fitted under which each of them becomes
/// level, as in Ulges, Lampert & Breuel 2005 ("Document image dewarping using robust estimation of curled
/// text lines"), who follow the lines one by one. Believed only if it makes lines level that it was not
/// fitted to. The displacement belongs to the page after it has been turned by `degrees` as
/// turned_about_middle() says.
Curl find_curl(const Survey& page, double degrees);

}  // namespace eakte::ocr::cleanup
