#pragma once
#include <string>
#include <vector>

#include "ocr/page_image.h"

namespace eakte::testing {

/// A white grey page with the given lines of text painted in black from the top left, one below the other.
/// Painted with OpenCV's strokes (ASCII only), which Tesseract reads well; needs no fonts.
ocr::PageImage painted_page(const std::vector<std::string>& lines, int width = 1240, int height = 1754, int dpi = 150);

/// The page turned by `degrees` counter-clockwise about its centre, corners filled with white.
ocr::PageImage tilted(const ocr::PageImage& page, double degrees);

}  // namespace eakte::testing
