#include "ingest/classify/amounts.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct WrittenAmount {
  std::string value;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool cents = false;
};

/// 1.302,46  1302,46  1 302,46  184.000,00  2.500  1,302.46 at `at`; the text before is no part of a number.
std::optional<WrittenAmount> amount_at(std::string_view text, std::size_t at) {
  std::string whole;
  std::size_t i = at;
  while (i < text.size() && is_digit(text[i]) && whole.size() < 10) whole += text[i++];
  if (whole.empty() || whole.size() > 9) return std::nullopt;
  char group = 0;
  while (whole.size() <= 9 && i + 3 < text.size() + 0U &&
         (text[i] == '.' || text[i] == ',' || text[i] == '\'') && is_digit(text[i + 1]) &&
         is_digit(text[i + 2]) && is_digit(text[i + 3]) && (i + 4 >= text.size() || !is_digit(text[i + 4])) &&
         (group == 0 || group == text[i])) {
    group = text[i];
    whole += text.substr(i + 1, 3);
    i += 4;
  }
  WrittenAmount amount{"", at, i, false};
  const bool cents = i + 2 < text.size() && (text[i] == ',' || text[i] == '.') && text[i] != group &&
                     is_digit(text[i + 1]) && is_digit(text[i + 2]) &&
                     (i + 3 >= text.size() || !is_digit(text[i + 3]));
  std::string fraction = "00";
  if (cents) {
    if (text[i] == '.' && group == 0) return std::nullopt;  // 12.02 is a day, a clause or a version
    fraction = text.substr(i + 1, 2);
    i += 3;
  }
  if (i + 1 < text.size() && (text[i] == '.' || text[i] == ',' || text[i] == '/' || text[i] == '-') &&
      is_digit(text[i + 1]))
    return std::nullopt;
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  amount.value = whole + "." + fraction;
  amount.end = i;
  amount.cents = cents;
  return amount;
}

bool currency_beside(std::string_view text, const WrittenAmount& amount) {
  const std::string_view after = trimmed(text.substr(amount.end), " ");
  const std::string_view before = trimmed(text.substr(0, amount.begin), " ");
  static constexpr std::array<std::string_view, 5> kSigns{"EUR", "\xE2\x82\xAC", "Euro", "euro", "Eur"};
  return std::any_of(kSigns.begin(), kSigns.end(),
                     [&](std::string_view s) { return after.starts_with(s) || before.ends_with(s); });
}

/// "1,80 m", "142,50 ha", "19,00 %", "21,25 Uhr" are no money.
bool unit_after(std::string_view text, const WrittenAmount& amount) {
  static constexpr std::array<std::string_view, 14> kUnits{"m", "m2", "m3", "cm",  "km", "ha",  "kg",
                                                           "t", "l",  "%",  "Uhr", "h",  "Std", "Stunden"};
  std::string_view after = trimmed(text.substr(amount.end), " ");
  const std::size_t superscript = after.find('\xC2');
  after = after.substr(0, std::min(after.find_first_of(" ,.;)"), superscript));
  return std::find(kUnits.begin(), kUnits.end(), after) != kUnits.end();
}

std::vector<WrittenAmount> amounts_in(std::string_view text) {
  std::vector<WrittenAmount> amounts;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at])) continue;
    const bool inside = at > 0 && (std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0 ||
                                   (at > 1 && text[at - 1] != ' ' && is_digit(text[at - 2])));
    const auto amount = inside ? std::nullopt : amount_at(text, at);
    if (amount && !unit_after(text, *amount) && (amount->cents || currency_beside(text, *amount)))
      amounts.push_back(*amount);
    if (amount) at = amount->end;
    while (at < text.size() && is_digit(text[at])) ++at;
  }
  return amounts;
}

/// What the words of the row say about an amount in it.
struct RowMeaning {
  double confidence;
  const char* reason;
};

template <std::size_t N>
bool holds_one(std::string_view row, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return row.find(word) != std::string_view::npos; });
}

RowMeaning meaning_of(std::string_view row) {
  static constexpr std::array<std::string_view, 9> kParts{"netto",         "umsatzsteuer",   "mwst",
                                                          "ust.",          "mehrwertsteuer", "skonto",
                                                          "zwischensumme", "kaution",        "geldbusse"};
  static constexpr std::array<std::string_view, 11> kTotals{
      "gesamtbetrag", "rechnungsbetrag", "endbetrag", "zahlbetrag",      "gesamtsumme",   "bruttobetrag",
      "zu zahlen",    "amount due",      "total due", "gesamtforderung", "rechnungssumme"};
  static constexpr std::array<std::string_view, 6> kSums{"betrag von",  "in hohe von",     "zuwendung von",
                                                         "festgesetzt", "verwarnungsgeld", "monatliche"};
  const bool part = holds_one(row, kParts) && row.find("brutto") == std::string_view::npos;
  const bool sum = row.starts_with("summe") || row.starts_with("gesamt") || row.starts_with("total") ||
                   row.find("summe") != std::string_view::npos;
  if (part)
    return sum && !row.starts_with("zwischen") ? RowMeaning{0.5, "Summe ohne Steuer"}
                                               : RowMeaning{0.4, "Teilbetrag"};
  if (holds_one(row, kTotals)) return {0.95, "Gesamtbetrag"};
  if (sum) return {0.75, "Summe"};
  if (holds_one(row, kSums)) return {0.65, "Betrag im Text, der festgesetzt oder bewilligt wird"};
  return {0.35, "Betrag im Text"};
}

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

char as_digit(char c) {
  static constexpr std::string_view kSeen = "OoQDIl|SBZG";
  static constexpr std::string_view kMeant = "00001115826";
  const std::size_t at = kSeen.find(c);
  return at == std::string_view::npos ? c : kMeant[at];
}

/// The characters of a possible IBAN from `at` on, blanks and dots left out; empty if it is broken off.
std::string compact_from(std::string_view text, std::size_t at, std::size_t length) {
  std::string compact;
  for (std::size_t blanks = 0; at < text.size() && compact.size() < length; ++at) {
    const char c = text[at];
    if (c == ' ' || c == '.' || c == '-') {
      if (++blanks > 2) return {};
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

std::optional<Finding> iban_at(std::string_view text, std::size_t at) {
  const std::string country = upper(std::string(text.substr(at, 2)));
  const std::size_t length = iban_length(country);
  if (length == 0) return std::nullopt;
  const std::string read = compact_from(text, at, length);
  if (read.empty()) return std::nullopt;
  if (is_valid_iban(upper(read))) return Finding{upper(read), 0.99, "IBAN mit richtiger Prüfziffer"};
  std::string corrected = country;
  for (const char c : std::string_view(read).substr(2)) corrected += country == "DE" ? as_digit(c) : c;
  if (is_valid_iban(corrected))
    return Finding{corrected, 0.8, "IBAN, Lesefehler nach der Prüfziffer berichtigt"};
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

std::vector<Finding> amounts_of(const Layout& layout) {
  std::vector<Finding> findings;
  for (const Row& row : layout.rows) {
    std::string words;
    for (const Segment& segment : row) words += folded(segment.text) + ' ';
    const RowMeaning meaning = meaning_of(words);
    const std::size_t before = findings.size();
    for (const Segment& segment : row) {
      for (WrittenAmount& amount : amounts_in(segment.text)) {
        if (amount.value != "0.00")
          findings.push_back({std::move(amount.value), meaning.confidence, meaning.reason});
      }
    }
    // In a row of a table the total stands at the right.
    for (std::size_t i = before; i + 1 < findings.size(); ++i) findings[i].confidence *= 0.8;
  }
  // A later total includes the earlier ones.
  std::reverse(findings.begin(), findings.end());
  rank(findings);
  return findings;
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
        if (auto found = iban_at(text, at)) findings.push_back(std::move(*found));
      }
    }
  }
  rank(findings);
  return findings;
}

}  // namespace eakte::ingest
