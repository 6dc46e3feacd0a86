#pragma once
#include <vector>

#include "ocr/text.h"

namespace eakte::ocr::reading {

/// How far a finished page's reading can be trusted, 0..0.95, made to rank pages by their errors: 0 without
/// words. Each word counts once, since most wrong words are short. The recogniser's confidences above 0.85
/// say more of the typeface and the scan than of errors, so they count alike; below, trust falls to nothing
/// at 0.4. Words that look like misread specks and pictures count as wrong.
///
/// `letters_found_again` are those of the words a second look added: where the layout analysis left out text
/// that can be read, it has left out more that can't, which no word's confidence tells. For each such letter
/// four more are taken as lost, up to a tenth of the page.
float page_trust(const std::vector<Word>& words, int letters_found_again);

}  // namespace eakte::ocr::reading
