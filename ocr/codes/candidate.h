#pragma once
#include <opencv2/core/types.hpp>

#include "ocr/codes.h"

namespace eakte::ocr::codes {

/// A code with how sure it is, while the page is being searched.
struct Candidate {
  Code code;
  int lines = 0;  ///< scan lines that agreed; a matrix code corrects its errors and has none
};

inline cv::Rect rect_of(const Box& box) { return {box.left, box.top, box.width, box.height}; }
inline Box box_of(const cv::Rect& rect) { return {rect.x, rect.y, rect.width, rect.height}; }

}  // namespace eakte::ocr::codes
