#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ocr/text.h"

namespace eakte::ingest {

/// A word as a PDF draws it, in points from the top left corner of the page as shown.
struct DrawnWord {
  std::u16string text;
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  bool turned = false;  ///< runs up, down or backwards
};

/// UTF-8 without white space and control characters; a letter followed by a combining accent becomes one
/// letter where Unicode has it (NFC, for the Latin letters that occur); halves of surrogates are dropped.
std::string utf8_word(std::u16string_view text);

/// Characters that stand for no letter: control characters, private use, U+FFFD, non-characters. A font
/// without ToUnicode gives these.
int unusable_characters(std::u16string_view text);

/// Puts words, in the order in which they are to be read, into lines and blocks by where they stand. `width`
/// and `height` are the page's size in points; boxes are in pixels at `dpi`.
ocr::PageText page_text_from(const std::vector<DrawnWord>& words, double width, double height, int dpi);

}  // namespace eakte::ingest
