#pragma once
#include <string>

#include "archive/pdf/text_font.h"
#include "ocr/text.h"

namespace eakte::archive {

/// Content operators that set the words of a page invisibly at their places, for a coordinate system in
/// points with the origin at the lower left of the page as shown, `width` by `height` points large.
/// `font_name` is the resource name ("/F0") under which the font stands. Empty when there is nothing to set.
/// Throws Error when there are words, but the text says no page size.
std::string text_layer(const ocr::PageText& text, double width, double height, TextFont& font,
                       const std::string& font_name);

/// A number as content streams write it: at most three decimals, no exponent.
std::string pdf_number(double value);

}  // namespace eakte::archive
