#include "index/search/day_range.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <vector>

namespace eakte::index {
namespace {

[[noreturn]] void refuse(std::string_view text) {
  throw BadQuery(fmt::format(
      "»{}« ist kein Datum. Möglich sind zum Beispiel 2024, 2024-01, 03.11.2024 oder 2024-01..2024-06.",
      text));
}

std::vector<int> numbers_of(std::string_view text, char separator) {
  std::vector<int> numbers;
  while (true) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view digits = text.substr(0, end);
    int number = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || stop != digits.data() + digits.size() || digits.size() > 4 || number <= 0)
      return {};
    numbers.push_back(number);
    if (end == text.size()) return numbers;
    text.remove_prefix(end + 1);
  }
}

// One day, month or year with its first and last day.
DayRange period(std::string_view text) {
  const bool german = text.find('.') != std::string_view::npos;
  std::vector<int> numbers = numbers_of(text, german ? '.' : '-');
  if (german) numbers = std::vector<int>(numbers.rbegin(), numbers.rend());
  if (numbers.empty() || numbers.size() > 3) refuse(text);
  const int year = numbers[0] < 100 && numbers.size() == 3 ? numbers[0] + 2000 : numbers[0];
  if (year < 1000) refuse(text);
  if (numbers.size() == 1) return {fmt::format("{}0101", year), fmt::format("{}1231", year)};
  if (numbers[1] > 12) refuse(text);
  if (numbers.size() == 2) {
    return {fmt::format("{}{:02}01", year, numbers[1]), fmt::format("{}{:02}31", year, numbers[1])};
  }
  const std::chrono::year_month_day day{std::chrono::year(year),
                                        std::chrono::month(static_cast<unsigned>(numbers[1])),
                                        std::chrono::day(static_cast<unsigned>(numbers[2]))};
  if (!day.ok()) refuse(text);
  const std::string written = fmt::format("{}{:02}{:02}", year, numbers[1], numbers[2]);
  return {written, written};
}

}  // namespace

DayRange day_range_from(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return period(text);
  const std::string_view from = text.substr(0, dots);
  const std::string_view to = text.substr(dots + 2);
  if (from.empty() && to.empty()) refuse(text);
  DayRange range;
  if (!from.empty()) range.from = period(from).from;
  if (!to.empty()) range.to = period(to).to;
  if (!range.from.empty() && !range.to.empty() && range.from > range.to) {
    throw BadQuery(fmt::format("Bei »{}« liegt das Ende vor dem Anfang.", text));
  }
  return range;
}

}  // namespace eakte::index
