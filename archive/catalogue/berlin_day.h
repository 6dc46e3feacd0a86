#pragma once
#include <string>

#include "archive/calendar.h"

namespace eakte::archive {

/// The instant at which a day begins in Europe/Berlin, as the catalogue writes instants:
/// "2026-11-21T23:00:00.000Z" for the 22nd.
std::string beginning_in_berlin(Date day);
/// The day in Europe/Berlin of an instant written so.
Date berlin_day_of(const std::string& instant);
Date next_day(Date day);

}  // namespace eakte::archive
