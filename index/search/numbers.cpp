#include "index/search/numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <vector>

namespace eakte::index {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::string> day_term(std::string_view day, unsigned month, std::string_view year) {
  if (!all_digits(day) || day.size() > 2 || !all_digits(year) || (year.size() != 2 && year.size() != 4))
    return {};
  unsigned d = 0;
  int y = 0;
  std::from_chars(day.data(), day.data() + day.size(), d);
  std::from_chars(year.data(), year.data() + year.size(), y);
  if (year.size() == 2) y += y < 70 ? 2000 : 1900;
  const std::chrono::year_month_day date{std::chrono::year(y), std::chrono::month(month),
                                         std::chrono::day(d)};
  if (!date.ok()) return {};
  return fmt::format("d{:04}-{:02}-{:02}", y, month, d);
}

}  // namespace

std::optional<std::string> numeric_day(std::string_view raw) {
  const std::size_t first = raw.find('.');
  const std::size_t second = first == std::string_view::npos ? first : raw.find('.', first + 1);
  if (second == std::string_view::npos) return {};
  const std::string_view month = raw.substr(first + 1, second - first - 1);
  if (!all_digits(month) || month.size() > 2) return {};
  unsigned m = 0;
  std::from_chars(month.data(), month.data() + month.size(), m);
  return day_term(raw.substr(0, first), m, raw.substr(second + 1));
}

std::optional<std::string> spelled_day(std::string_view day, std::string_view month, std::string_view year) {
  constexpr std::array<std::string_view, 12> names{"januar",    "februar", "marz",     "april",
                                                   "mai",       "juni",    "juli",     "august",
                                                   "september", "oktober", "november", "dezember"};
  const auto* const found = std::ranges::find(names, month);
  if (found == names.end() || year.size() != 4) return {};
  return day_term(day, static_cast<unsigned>(found - names.begin()) + 1, year);
}

std::optional<std::string> grouped_amount(std::string_view raw) {
  const std::size_t comma = raw.find(',');
  const std::string_view whole = raw.substr(0, comma);
  const std::string_view cents = comma == std::string_view::npos ? std::string_view() : raw.substr(comma + 1);
  if (comma != std::string_view::npos && (!all_digits(cents) || cents.size() > 2)) return {};
  const std::size_t dot = whole.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot > 3) return {};
  std::string digits(whole.substr(0, dot));
  for (std::size_t at = dot; at < whole.size(); at += 4) {
    if (whole[at] != '.' || whole.size() < at + 4) return {};
    digits += whole.substr(at + 1, 3);
  }
  if (!all_digits(digits)) return {};
  return cents.empty() ? digits : fmt::format("{}-{}", digits, cents);
}

bool starts_like_iban(std::string_view folded) {
  return folded.size() >= 4 && folded[0] >= 'a' && folded[0] <= 'z' && folded[1] >= 'a' && folded[1] <= 'z' &&
         all_digits(folded.substr(2, 2));
}

bool is_iban(std::string_view folded) {
  constexpr std::size_t shortest = 15;
  constexpr std::size_t longest = 34;
  if (folded.size() < shortest || folded.size() > longest || !starts_like_iban(folded)) return false;
  if (folded.starts_with("de") && folded.size() != 22) return false;
  unsigned rest = 0;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char c = folded[(i + 4) % folded.size()];
    if (c >= '0' && c <= '9') {
      rest = (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
    } else if (c >= 'a' && c <= 'z') {
      rest = (rest * 100 + static_cast<unsigned>(c - 'a') + 10) % 97;
    } else {
      return false;
    }
  }
  return rest == 1;
}

char check_digit_731(std::string_view text) {
  constexpr std::array<unsigned, 3> weights{7, 3, 1};
  unsigned sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    unsigned value = 0;
    if (c >= '0' && c <= '9') value = static_cast<unsigned>(c - '0');
    if (c >= 'A' && c <= 'Z') value = static_cast<unsigned>(c - 'A') + 10;
    sum += value * weights[i % weights.size()];
  }
  return static_cast<char>('0' + sum % 10);
}

}  // namespace eakte::index
