#include "ingest/classify/amounts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <optional>

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
    const bool currency = text.substr(0, at).ends_with("EUR") || text.substr(0, at).ends_with("Euro");
    const bool inside = at > 0 && !currency &&
                        (std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0 ||
                         (at > 1 && text[at - 1] != ' ' && is_digit(text[at - 2])));
    const auto amount = inside ? std::nullopt : amount_at(text, at);
    if (amount && !unit_after(text, *amount) && (amount->cents || currency_beside(text, *amount)))
      amounts.push_back(*amount);
    if (amount) at = amount->end;
    while (at < text.size() && is_digit(text[at])) ++at;
  }
  return amounts;
}

/// An amount and where it stands.
struct PlacedAmount {
  std::string value;
  std::int64_t cents = 0;
  double right = 0;  ///< mm; of the column its last digit stands in
  std::size_t row = 0;
  std::size_t page = 0;
  double confidence = 0;
  const char* reason = "";
};

/// What the words of the row say about an amount in it.
struct RowMeaning {
  double confidence;
  const char* reason;
};

/// Whether the folded row says one of the pieces; long words may have a misread letter.
template <std::size_t N>
bool holds_one(std::string_view row, const std::vector<std::string>& words,
               const std::array<std::string_view, N>& pieces) {
  return std::any_of(pieces.begin(), pieces.end(), [&](std::string_view piece) {
    if (row.find(piece) != std::string_view::npos) return true;
    return piece.size() >= 9 && std::any_of(words.begin(), words.end(), [&](const std::string& word) {
             return nearly_equal(word, piece, piece.size() >= 12 ? 2 : 1);
           });
  });
}

RowMeaning meaning_of(std::string_view row) {
  static constexpr std::array<std::string_view, 10> kParts{
      "netto",  "umsatzsteuer",  "mwst",    "ust.",      "mehrwertsteuer",
      "skonto", "zwischensumme", "kaution", "geldbusse", "anzahlung"};
  static constexpr std::array<std::string_view, 18> kTotals{
      "gesamtbetrag", "rechnungsbetrag", "endbetrag",          "zahlbetrag",     "gesamtsumme",
      "bruttobetrag", "zu zahlen",       "amount due",         "total due",      "gesamtforderung",
      "endsumme",     "rechnungssumme",  "rechnungsendbetrag", "zahlungsbetrag", "forderungsbetrag",
      "grand total",  "balance due",     "gesamtpreis"};
  // Council papers speak of grants and estimates likewise.
  static constexpr std::array<std::string_view, 5> kSums{"betrag von", "in hohe von", "zuwendung von",
                                                         "festgesetzt", "monatliche"};
  static constexpr std::array<std::string_view, 6> kPayment{"uberweis", "zahl",     "fallig",
                                                            "entricht", "begleich", "please pay"};
  const std::vector<std::string> words = folded_words(row);
  const bool whole = row.find("brutto") != std::string_view::npos ||
                     row.find("inkl") != std::string_view::npos ||
                     row.find("einschl") != std::string_view::npos;
  const bool sum = row.starts_with("summe") || row.starts_with("gesamt") || row.starts_with("total") ||
                   row.find("summe") != std::string_view::npos;
  if (holds_one(row, words, kParts) && !whole)
    return sum && !row.starts_with("zwischen") ? RowMeaning{0.4, "Summe ohne Steuer"}
                                               : RowMeaning{0.3, "Teilbetrag"};
  // In a sentence a total may be anybody's; one that is to be paid is this letter's.
  const bool sentence = words.size() > 9;
  if (holds_one(row, words, kTotals)) {
    if (!sentence) return {0.95, "Gesamtbetrag"};
    return holds_one(row, words, kPayment) ? RowMeaning{0.8, "Gesamtbetrag, der zu zahlen ist"}
                                           : RowMeaning{0.45, "Gesamtbetrag im Text"};
  }
  if (sum && !sentence) return {0.75, "Summe"};
  if (row.find("verwarnungsgeld") != std::string_view::npos) return {0.55, "Verwarnungsgeld"};
  if (holds_one(row, words, kSums)) return {0.4, "Betrag im Text, der festgesetzt oder bewilligt wird"};
  return {0.2, "Betrag im Text"};
}

std::int64_t cents_of(const std::string& value) {
  std::string digits = value;
  std::erase(digits, '.');
  return std::stoll(digits);
}

std::vector<PlacedAmount> placed_amounts(const Layout& layout) {
  std::vector<PlacedAmount> amounts;
  for (std::size_t r = 0; r < layout.rows.size(); ++r) {
    std::string words;
    for (const Segment& segment : layout.rows[r]) words += folded(segment.text) + ' ';
    const RowMeaning meaning = meaning_of(words);
    const std::size_t before = amounts.size();
    for (const Segment& segment : layout.rows[r]) {
      for (WrittenAmount& amount : amounts_in(segment.text)) {
        if (amount.value == "0.00") continue;
        const bool last = amount.end + 6 > segment.text.size();
        const std::int64_t cents = cents_of(amount.value);
        amounts.push_back({std::move(amount.value), cents, last ? segment.right : -1, r, segment.page,
                           meaning.confidence, meaning.reason});
      }
    }
    // In a row of a table the total stands at the right.
    for (std::size_t i = before; i + 1 < amounts.size(); ++i) amounts[i].confidence *= 0.8;
  }
  return amounts;
}

/// Whether the amount is the sum of at least two right above it in its column; tax and net add up likewise.
bool is_sum_of_column(const std::vector<PlacedAmount>& amounts, std::size_t at) {
  const PlacedAmount& total = amounts[at];
  constexpr std::size_t kMostRows = 60;
  std::int64_t sum = 0;
  int parts = 0;
  for (std::size_t i = at; i > 0; --i) {
    const PlacedAmount& part = amounts[i - 1];
    if (part.page != total.page || total.row - part.row > kMostRows) break;
    if (part.row == total.row || total.right < 0 || std::abs(part.right - total.right) > 3) continue;
    sum += part.cents;
    ++parts;
    if (parts >= 2 && sum == total.cents) return true;
    if (sum > total.cents) break;
  }
  return false;
}

/// Agreement strengthens: a total that adds up, or that is said twice. Two different totals weaken each
/// other.
void weigh(std::vector<PlacedAmount>& amounts) {
  constexpr double kTotal = 0.7;
  std::vector<bool> adds_up(amounts.size());
  for (std::size_t i = 0; i < amounts.size(); ++i) adds_up[i] = is_sum_of_column(amounts, i);
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    PlacedAmount& amount = amounts[i];
    const auto times = std::count_if(amounts.begin(), amounts.end(),
                                     [&](const PlacedAmount& other) { return other.cents == amount.cents; });
    if (adds_up[i] && amount.confidence >= kTotal) {
      amount.confidence = 0.98;
      amount.reason = "Gesamtbetrag, stimmt mit den Beträgen darüber überein";
    } else if (adds_up[i] && amount.confidence < 0.3) {
      amount.confidence = 0.7;
      amount.reason = "Summe der Beträge darüber";
    } else if (amount.confidence >= 0.45 && amount.confidence < kTotal && times > 1) {
      amount.confidence = 0.6;
    }
  }
  const auto rival = [&](const PlacedAmount& one, const PlacedAmount& other) {
    return one.cents != other.cents && other.confidence >= kTotal &&
           std::abs(one.confidence - other.confidence) < 0.1;
  };
  std::vector<PlacedAmount> weighed = amounts;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    const bool contested = amounts[i].confidence >= kTotal &&
                           std::any_of(amounts.begin(), amounts.end(),
                                       [&](const PlacedAmount& other) { return rival(amounts[i], other); });
    if (contested) weighed[i].confidence *= 0.6;
  }
  amounts = std::move(weighed);
}

}  // namespace

std::vector<Finding> amounts_of(const Layout& layout) {
  std::vector<PlacedAmount> amounts = placed_amounts(layout);
  weigh(amounts);
  std::vector<Finding> findings;
  for (PlacedAmount& amount : amounts) {
    findings.push_back({std::move(amount.value), amount.confidence, amount.reason});
  }
  // A later total includes the earlier ones.
  std::reverse(findings.begin(), findings.end());
  rank(findings);
  return findings;
}

}  // namespace eakte::ingest
