#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "ocr/page_image.h"
#include "ocr/read_page.h"
#include "ocr/recognizer.h"

namespace eakte::ocr {

/// Says that the language of each page is to be found by itself.
inline constexpr std::string_view automatic_languages = "auto";
/// What such a page is read in first.
inline constexpr std::string_view usual_languages = "deu+eng";

/// Which of German, English, French, Polish and Turkish a text is in, by the function words that belong to
/// one of them alone; marks above and below letters count for nothing, since a reading in another language
/// loses them.
struct LanguageGuess {
  std::string language;   ///< Tesseract's name; "" when the text does not say
  double confidence = 0;  ///< 0..1: share of the function words found that speak for it
};
LanguageGuess guess_language(std::string_view text);

/// Recognisers by their languages; nullptr when a model is not installed.
using RecognizerFor = std::function<Recognizer*(const std::string& languages)>;

/// Reads a page as read_page does, in the language it is in: first in the usual ones; where that goes badly
/// the script is asked of OSD (Cyrillic, Arabic, Fraktur), else the words tell the language. The second
/// reading is kept where it is surer than the first. A step "language" tells what was found, with the
/// language as name of its parameter and applied = false when the first reading stands (its model may be
/// missing). Throws Error when a recogniser fails or the usual models are missing.
ReadPage read_page_in_its_language(const RecognizerFor& recognizers, const PageImage& received,
                                   const ReadOptions& options = {});

}  // namespace eakte::ocr
