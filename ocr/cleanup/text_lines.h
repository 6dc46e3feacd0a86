#pragma once
#include <opencv2/core/types.hpp>
#include <vector>

#include "ocr/cleanup/survey.h"

namespace eakte::ocr::cleanup {

/// The middles of the lower ends of the letters of a line, from left to right, in pixels of the survey.
using TextLine = std::vector<cv::Point2f>;

/// Chains letters with their right neighbours. Lines may bend and slope by up to some 15 degrees.
/// Only lines of several words; lines that touch are left out.
std::vector<TextLine> text_lines(const Survey& page);

}  // namespace eakte::ocr::cleanup
