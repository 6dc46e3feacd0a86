#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace eakte::archive {

/// A calendar day without time zone.
using Date = std::chrono::year_month_day;

/// "2026-11-21".
std::string to_iso(Date date);

/// Reads "2026-11-21"; nothing if it is not a real day.
std::optional<Date> date_from_iso(std::string_view text);

/// "21.11.2026", as people here write it.
std::string to_german(Date date);

/// The day it is in Europe/Berlin at an instant, by the European Union's summer time (from 1996 on).
Date day_in_berlin(std::chrono::system_clock::time_point instant);

/// Today in Europe/Berlin. Only the edge of the program (main, HTTP, worker loop) asks; rules take dates.
Date today();

/// Now in UTC with milliseconds, "2026-11-21T10:15:30.123Z".
std::string now_utc();

}  // namespace eakte::archive
