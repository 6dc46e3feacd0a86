#pragma once
#include "archive/calendar.h"

namespace eakte::testing {

/// "2026-11-22" as a day.
inline archive::Date day(const char* iso) { return archive::date_from_iso(iso).value(); }

}  // namespace eakte::testing
