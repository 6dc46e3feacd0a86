#pragma once
#include <vector>

#include "ocr/text.h"

namespace eakte::ocr::reading {

/// How far a finished page's reading can be trusted, 0..1, made to rank pages by their errors: 0 without
/// words. The recogniser's confidences between 0.7 and 1 say more of the typeface and the scan than of errors,
/// so they count alike; below, trust falls to nothing at 0.4. Words count by the root of their length, since
/// most wrong words are short. Words that look like misread specks and pictures count as wrong. On most pages
/// the value is near the mean of the words' confidences.
float page_trust(const std::vector<Word>& words);

}  // namespace eakte::ocr::reading
