#pragma once
#include "ocr/cleanup/survey.h"
#include "ocr/page_image.h"
#include "ocr/text.h"

namespace eakte::ocr::reading {

/// How far a page's reading is to be doubted, which decides what more is tried.
enum class Doubt {
  none,     ///< read once
  some,     ///< it may gain by a second look at what may be wrong
  suspect,  ///< so poor, or so much left out, that other ways of cleaning are worth their time
};

/// A reading with a confidence below this is suspected of a wrong orientation or a cleaning that did harm.
constexpr float poor = 0.70F;

/// Share of letters without words above which the layout analysis has failed on more than a stamp or a note.
constexpr double much_unread = 0.2;

/// Whether the reading has clearly fewer letters than the page: then the layout analysis has dropped text,
/// which no word's confidence tells. A page read in full has about as many as the survey counts.
bool lost_text(const PageText& text, const cleanup::Survey& survey);

/// `text` is what was read on `clean`, which was made of the page of `survey`. Letters without words are
/// counted, for a few milliseconds, where the confidence leaves a doubt or `doubted` says that one was left.
Doubt doubt_of(const PageText& text, const PageImage& clean, const cleanup::Survey& survey,
               bool doubted = false);

}  // namespace eakte::ocr::reading
