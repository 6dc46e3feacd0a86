#include "archive/calendar.h"

#include <fmt/format.h>

namespace eakte::archive {
namespace {

using std::chrono::floor;
using std::chrono::hours;
using std::chrono::sys_days;
using std::chrono::system_clock;

/// Reads a field of exactly this many digits.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return value;
}

/// When summer time begins or ends in the European Union: 1:00 UTC on the last Sunday (Directive 2000/84/EC).
system_clock::time_point turn_of_clocks(std::chrono::year year, std::chrono::month month) {
  return sys_days(year / month / std::chrono::Sunday[std::chrono::last]) + hours(1);
}

}  // namespace

std::string to_iso(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

std::optional<Date> date_from_iso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const Date date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                  std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::string to_german(Date date) {
  return fmt::format("{:02}.{:02}.{:04}", unsigned(date.day()), unsigned(date.month()), int(date.year()));
}

Date day_in_berlin(system_clock::time_point instant) {
  const auto year = Date(floor<std::chrono::days>(instant)).year();
  const bool summer = instant >= turn_of_clocks(year, std::chrono::March) &&
                      instant < turn_of_clocks(year, std::chrono::October);
  return Date(floor<std::chrono::days>(instant + hours(summer ? 2 : 1)));
}

Date today() { return day_in_berlin(system_clock::now()); }

std::string now_utc() {
  const auto now = floor<std::chrono::milliseconds>(system_clock::now());
  const auto day = floor<std::chrono::days>(now);
  const std::chrono::hh_mm_ss time(now - day);
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", to_iso(Date(day)), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

}  // namespace eakte::archive
