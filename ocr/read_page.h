#pragma once
#include <map>
#include <string>
#include <vector>

#include "ocr/page_image.h"
#include "ocr/recognizer.h"
#include "ocr/text.h"

namespace eakte::ocr {

/// What one step of the cleaning found and did; kept with the page because replacing scanning demands a
/// record of every image operation (TR-RESISCAN A.NB.1).
struct CleanupStep {
  std::string name;       ///< "orientation", "deskew", "border", "holes", "light", "scale", "blank",
                          ///< "noise", "motion", "rulings", "second_look", "vote", or a reason of
                          ///< ReadPage::reasons
  bool applied = false;   ///< false: looked at, left alone
  double confidence = 0;  ///< 0..1, of the finding
  std::map<std::string, double> parameters;  ///< e.g. {"degrees", 1.25}; names carry the unit
};

/// One page after cleaning and recognition.
struct ReadPage {
  int quarter_turns = 0;  ///< clockwise turns (0..3) that make the received picture upright
  bool blank = false;     ///< nothing to read on it; the page is kept all the same
  std::vector<CleanupStep> steps;
  /// Why the reading is not to be trusted, empty when it is: "unsure_words" (low confidence),
  /// "unsure_orientation" (besides, another way up was not ruled out), "little_text_recognised" (clearly
  /// fewer letters in the text than on the page). Each is a step, too, so that the record kept with the page
  /// names it.
  std::vector<std::string> reasons;
  PageText text;  ///< boxes refer to the received picture after the quarter turns, nothing else
};

struct ReadOptions {
  /// Orientation is looked for. Off for pages that are known to stand upright.
  bool find_orientation = true;
};

/// Cleans a derived copy of `received` for the recogniser (orientation, border, light, skew, scale), reads
/// it, and maps the words back. The received pixels are never changed. Does nothing where it is unsure, and
/// keeps the reading of the uncleaned page where cleaning lowered the confidence.
/// Throws Error when the recogniser fails. Thread-confined like the recogniser.
ReadPage read_page(Recognizer& recognizer, const PageImage& received, const ReadOptions& options = {});

/// `image` after clockwise quarter turns; the only change ever made to a stored picture.
PageImage turned(const PageImage& image, int quarter_turns);

}  // namespace eakte::ocr
