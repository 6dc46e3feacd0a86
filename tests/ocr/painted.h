#pragma once
#include <array>
#include <opencv2/core/types.hpp>
#include <string>
#include <vector>

#include "ocr/page_image.h"

namespace eakte::ocr::painted {

/// Lines of an invented letter, with capitals, descenders and digits as ordinary print has them.
std::vector<std::string> letter_lines();

/// A5 at 300 dpi with that letter: large enough to be halved and scaled like a scanned page.
PageImage letter();

/// Grey noise without any lines, the same on every call.
PageImage noise(int width, int height);

/// A photograph of the page lying on a dark, grained table, with its corners (clockwise from the top left)
/// where `corners` says, lit from one side.
PageImage photographed(const PageImage& page, const std::array<cv::Point2f, 4>& corners, cv::Size size);

}  // namespace eakte::ocr::painted
