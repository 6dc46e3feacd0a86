#pragma once
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <string>
#include <vector>

#include "ocr/codes.h"

namespace eakte::ocr::codes {

/// What scan lines agreed on.
struct LinearRead {
  Symbology symbology = Symbology::code128;
  std::string text;
  int lines = 0;  ///< scan lines that read the same
  cv::Rect box;   ///< where, in pixels of the strip
};

/// Which way the scan lines run.
enum class ScanLines { across, both_ways };

/// Reads linear codes with zbar; `strip` is CV_8UC1. Only reads that the rules of their symbology let pass:
/// see `is_trustworthy`.
std::vector<LinearRead> read_linear(const cv::Mat& strip, ScanLines lines);

/// A code without a check digit must be longer and seen by more scan lines than one with.
bool is_trustworthy(const LinearRead& read);

}  // namespace eakte::ocr::codes
