#include "archive/catalogue/berlin_day.h"

#include <fmt/format.h>

#include "archive/error.h"

namespace eakte::archive {

using std::chrono::hours;

Date next_day(Date day) { return Date(std::chrono::sys_days(day) + std::chrono::days(1)); }

std::string beginning_in_berlin(Date day) {
  const std::chrono::sys_days midnight(day);
  // Clocks turn at 01:00 UTC: at midnight here it is 22:00 or 23:00 UTC of the day before.
  const bool summer = day_in_berlin(midnight - hours(2)) == day;
  return fmt::format("{}T{}:00:00.000Z", to_iso(Date(midnight - std::chrono::days(1))), summer ? 22 : 23);
}

Date berlin_day_of(const std::string& instant) {
  const auto day = date_from_iso(instant.substr(0, 10));
  if (!day) throw Error(fmt::format("\"{}\" is no instant", instant));
  const Date next = next_day(*day);
  return instant < beginning_in_berlin(next) ? *day : next;
}

}  // namespace eakte::archive
