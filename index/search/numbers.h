#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace eakte::index {

/// "3.11.2024" or "03.11.24" as "d2024-11-03"; nothing if it is not a real day. Two-digit years up to 69 are
/// of this century.
std::optional<std::string> numeric_day(std::string_view raw);

/// "3", "november", "2024" (folded tokens) as "d2024-11-03".
std::optional<std::string> spelled_day(std::string_view day, std::string_view month, std::string_view year);

/// "1.234,56" as "1234-56", what "1234,56" gives too; nothing without a thousands separator.
std::optional<std::string> grouped_amount(std::string_view raw);

/// Two letters and two digits, folded.
bool starts_like_iban(std::string_view folded);

/// ISO 13616 length and check digits (mod 97), of a folded IBAN without blanks.
bool is_iban(std::string_view folded);

/// The check digit of ICAO 9303 part 3 (weights 7, 3, 1) over upper-case letters, digits and '<'.
char check_digit_731(std::string_view text);

}  // namespace eakte::index
