#pragma once
#include <string>
#include <vector>

#include "ocr/text.h"

namespace eakte::archive {

/// The words of a page as a person wrote them, placed where the machine saw them. `lines` are read from top
/// to bottom; empty ones only separate. Words are aligned with the machine's in order (Needleman and Wunsch
/// 1970, the price of a pair being its Levenshtein distance): a word like one of the machine's takes its box,
/// words between two such share the boxes the machine had there, words the machine did not see at all lie in
/// the gap of their line, and a line it did not see lies below the one before. Every word gets confidence 1,
/// and so does the page.
ocr::PageText corrected_text(const ocr::PageText& machine, const std::vector<std::string>& lines);

/// The page as lines for a person to correct; an empty line separates blocks.
std::vector<std::string> lines_of(const ocr::PageText& page);

}  // namespace eakte::archive
