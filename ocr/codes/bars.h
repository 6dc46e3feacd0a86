#pragma once
#include <optional>
#include <vector>

#include "ocr/codes/candidate.h"
#include "ocr/codes/regions.h"

namespace eakte::ocr::codes {

/// Reads a region first as it is; then larger, for fine bars; then with much averaging along the bars, which
/// heals specks and streaks. Nothing at all when these are no bars.
std::optional<std::vector<Candidate>> read_bars(const CodePage& page, const BarRegion& region);

}  // namespace eakte::ocr::codes
