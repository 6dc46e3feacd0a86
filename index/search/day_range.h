#pragma once
#include <string>
#include <string_view>

#include "index/error.h"

namespace eakte::index {

/// Days as "20240131"; an empty end is open.
struct DayRange {
  std::string from;
  std::string to;
};

/// Reads "2024", "2024-01", "2024-01-31", "31.1.2024", "1.2024" or two of them as "a..b", "a..", "..b".
/// Throws BadQuery.
DayRange day_range_from(std::string_view text);

}  // namespace eakte::index
