#pragma once
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

}  // namespace eakte::ocr::painted
