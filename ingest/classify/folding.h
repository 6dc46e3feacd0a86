#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace eakte::ingest {

/// Lower case, umlauts and accents without their marks (ä -> a, ß -> ss), dashes and quotes as ASCII; other
/// characters outside ASCII become '?'. Readers confuse marks more often than letters, so labels are compared
/// this way.
std::string folded(std::string_view utf8);

/// The runs of letters and digits in folded text.
std::vector<std::string> folded_words(std::string_view utf8);

/// Whether `text` equals `wanted` but for at most `slips` changed, lost or added characters.
bool nearly_equal(std::string_view text, std::string_view wanted, int slips);

/// The tokens between blanks.
std::vector<std::string_view> tokens_of(std::string_view text);

/// Without blanks and the given characters at both ends.
std::string_view trimmed(std::string_view text, std::string_view characters = " \t:;,");

}  // namespace eakte::ingest
