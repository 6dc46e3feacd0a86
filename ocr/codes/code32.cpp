#include "ocr/codes/code32.h"

#include <algorithm>

namespace eakte::ocr::codes {
namespace {

constexpr std::string_view digits32 = "0123456789BCDFGHJKLMNPQRSTUVWXYZ";

/// Every second digit counts double, of two digits their sum.
bool check_digit_fits(std::string_view number) {
  int sum = 0;
  for (std::size_t i = 0; i + 1 < number.size(); ++i) {
    const int digit = number[i] - '0';
    sum += i % 2 == 0 ? digit : 2 * digit / 10 + 2 * digit % 10;
  }
  return sum % 10 == number.back() - '0';
}

}  // namespace

std::optional<std::string> code32_from(std::string_view code39) {
  constexpr std::size_t length = 6;
  constexpr long most = 999'999'999;
  if (code39.size() != length) return std::nullopt;
  if (std::ranges::all_of(code39, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  long value = 0;
  for (const char c : code39) {
    const std::size_t digit = digits32.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    value = value * 32 + static_cast<long>(digit);
  }
  if (value > most) return std::nullopt;
  std::string number = std::to_string(value);
  number.insert(0, 9 - number.size(), '0');
  if (!check_digit_fits(number)) return std::nullopt;
  return "A" + number;
}

}  // namespace eakte::ocr::codes
