#include "ingest/classify/ibans.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::array<std::pair<std::string_view, std::size_t>, 22> kIbanLengths{
    {{"DE", 22}, {"AT", 20}, {"CH", 21}, {"NL", 18}, {"BE", 16}, {"FR", 27}, {"LU", 20}, {"DK", 18},
     {"PL", 28}, {"CZ", 24}, {"GB", 22}, {"IE", 22}, {"IT", 27}, {"ES", 24}, {"PT", 25}, {"SE", 24},
     {"NO", 15}, {"FI", 18}, {"LI", 21}, {"SK", 24}, {"HU", 28}, {"LT", 20}}};

std::size_t iban_length(std::string_view country) {
  for (const auto& [code, length] : kIbanLengths) {
    if (code == country) return length;
  }
  return 0;
}

/// The digits a letter may have been misread from, the likeliest first.
std::string_view digits_meant(char c) {
  static constexpr std::array<std::pair<char, std::string_view>, 18> kMeant{{{'O', "0"},
                                                                             {'o', "0"},
                                                                             {'Q', "0"},
                                                                             {'D', "0"},
                                                                             {'I', "1"},
                                                                             {'l', "1"},
                                                                             {'i', "1"},
                                                                             {'|', "1"},
                                                                             {'S', "58"},
                                                                             {'s', "5"},
                                                                             {'B', "83"},
                                                                             {'Z', "27"},
                                                                             {'z', "2"},
                                                                             {'G', "60"},
                                                                             {'b', "6"},
                                                                             {'g', "9"},
                                                                             {'q', "9"},
                                                                             {'T', "7"}}};
  for (const auto& [seen, meant] : kMeant) {
    if (c == seen) return meant;
  }
  return {};
}

/// The characters of a possible IBAN from `at` on, blanks and dots left out; empty if it is broken off.
/// With `cells` bars are the frames of a form and not a misread 1.
std::string compact_from(std::string_view text, std::size_t at, std::size_t length, bool cells) {
  std::string compact;
  for (std::size_t blanks = 0; at < text.size() && compact.size() < length; ++at) {
    const char c = text[at];
    if (c == ' ' || c == '.' || c == '-' || (cells && (c == '|' || c == '[' || c == ']'))) {
      if (++blanks > (cells ? 4 : 2)) return {};
      continue;
    }
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '|') return {};
    compact += c;
    blanks = 0;
  }
  const bool goes_on = at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0;
  return compact.size() == length && !goes_on ? compact : std::string{};
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

/// A German IBAN, which has only digits behind its country, with misread letters put right; nothing unless
/// exactly one way of doing so agrees with the check digits.
std::optional<std::string> repaired(std::string_view read) {
  std::vector<std::string> ways{"DE"};
  for (const char c : read.substr(2)) {
    const std::string_view meant = is_digit(c) ? std::string_view(&c, 1) : digits_meant(c);
    constexpr std::size_t kMostWays = 64;
    if (meant.empty() || ways.size() * meant.size() > kMostWays) return std::nullopt;
    std::vector<std::string> longer;
    for (const std::string& way : ways) {
      for (const char digit : meant) longer.push_back(way + digit);
    }
    ways = std::move(longer);
  }
  std::erase_if(ways, [](const std::string& way) { return !is_valid_iban(way); });
  return ways.size() == 1 ? std::optional(ways[0]) : std::nullopt;
}

std::optional<Finding> iban_at(std::string_view text, std::size_t at, bool cells) {
  std::string country = upper(std::string(text.substr(at, 2)));
  // The label makes sure that "0E89" is one.
  const bool labelled = folded(text.substr(0, at)).find("iban") != std::string::npos;
  if (labelled && (country == "OE" || country == "0E" || country == "DF" || country == "PE")) country = "DE";
  const std::size_t length = iban_length(country);
  if (length == 0) return std::nullopt;
  const std::string read = compact_from(text, at, length, cells);
  if (read.empty()) return std::nullopt;
  if (is_valid_iban(upper(read))) return Finding{upper(read), 0.99, "IBAN mit richtiger Prüfziffer"};
  if (country != "DE") return std::nullopt;
  if (auto iban = repaired(read))
    return Finding{std::move(*iban), 0.85, "IBAN, Lesefehler nach der Prüfziffer berichtigt"};
  return std::nullopt;
}

}  // namespace

bool is_valid_iban(std::string_view iban) {
  if (iban.size() < 15 || iban.size() != iban_length(iban.substr(0, 2))) return false;
  if (!is_digit(iban[2]) || !is_digit(iban[3])) return false;
  unsigned rest = 0;
  for (std::size_t i = 0; i < iban.size(); ++i) {
    const char c = iban[(i + 4) % iban.size()];
    if (is_digit(c)) {
      rest = (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
    } else if (c >= 'A' && c <= 'Z') {
      rest = (rest * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
    } else {
      return false;
    }
  }
  return rest == 1;
}

std::vector<Finding> ibans_of(const Layout& layout) {
  // An IBAN may go on in the next row, so a row is read together with the one below.
  std::vector<Finding> findings;
  for (std::size_t r = 0; r < layout.rows.size(); ++r) {
    for (std::size_t s = 0; s < layout.rows[r].size(); ++s) {
      std::string text = layout.rows[r][s].text;
      const std::size_t own = text.size();
      if (s + 1 < layout.rows[r].size()) {
        text += ' ' + layout.rows[r][s + 1].text;
      } else if (r + 1 < layout.rows.size()) {
        text += ' ' + layout.rows[r + 1][0].text;
      }
      for (std::size_t at = 0; at < own; ++at) {
        if (at > 0 && std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0) continue;
        auto found = iban_at(text, at, false);
        if (!found) found = iban_at(text, at, true);
        if (found) findings.push_back(std::move(*found));
      }
    }
  }
  rank(findings);
  return findings;
}

}  // namespace eakte::ingest
