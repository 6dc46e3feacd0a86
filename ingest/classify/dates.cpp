#include "ingest/classify/dates.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

using archive::Date;

/// A cursor over the text; nothing is consumed unless a piece matches.
class Scanner {
public:
  Scanner(std::string_view text, std::size_t at) : text_(text), at_(at) {}
  std::size_t at() const { return at_; }
  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(std::string_view any_of) {
    if (at_ >= text_.size() || any_of.find(text_[at_]) == std::string_view::npos) return false;
    ++at_;
    return true;
  }
  /// A number of `least` to `most` digits; O for 0 and l, I, | for 1 are taken where a digit stands beside
  /// them.
  std::optional<int> number(int least, int most) {
    int value = 0;
    int count = 0;
    bool real = false;
    std::size_t end = at_;
    while (end < text_.size() && count < most + 1) {
      const std::optional<int> digit = digit_of(text_[end]);
      if (!digit) break;
      real = real || std::isdigit(static_cast<unsigned char>(text_[end])) != 0;
      value = value * 10 + *digit;
      ++count;
      ++end;
    }
    if (!real || count < least || count > most) return std::nullopt;
    at_ = end;
    return value;
  }
  int digits_ahead() const {
    int count = 0;
    for (std::size_t i = at_; i < text_.size() && digit_of(text_[i]); ++i) ++count;
    return count;
  }
  /// A run of letters (UTF-8), without what follows.
  std::string_view letters() {
    const std::size_t start = at_;
    while (at_ < text_.size() &&
           (std::isalpha(static_cast<unsigned char>(text_[at_])) != 0 || (text_[at_] & 0x80) != 0))
      ++at_;
    return text_.substr(start, at_ - start);
  }
  /// Like letters(), but a digit that readers take for a letter counts as one: "0ktober", "Apri1".
  std::string letters_with_slips() {
    std::string word;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (std::isalnum(static_cast<unsigned char>(c)) == 0 && (c & 0x80) == 0 && c != '|') break;
      word += c == '0' ? 'o' : c == '1' || c == '|' ? 'l' : c;
    }
    return word;
  }
  bool at_word_end() const {
    return at_ >= text_.size() ||
           (std::isalnum(static_cast<unsigned char>(text_[at_])) == 0 && (text_[at_] & 0x80) == 0);
  }

private:
  static std::optional<int> digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c == 'O' || c == 'o') return 0;
    if (c == 'l' || c == 'I' || c == '|') return 1;
    return std::nullopt;
  }
  std::string_view text_;
  std::size_t at_;
};

constexpr std::array<std::pair<std::string_view, unsigned>, 24> kMonths{{
    {"januar", 1},    {"janner", 1},    {"january", 1},   {"februar", 2},   {"february", 2}, {"marz", 3},
    {"march", 3},     {"april", 4},     {"mai", 5},       {"may", 5},       {"juni", 6},     {"june", 6},
    {"juli", 7},      {"july", 7},      {"august", 8},    {"september", 9}, {"oktober", 10}, {"october", 10},
    {"november", 11}, {"dezember", 12}, {"december", 12}, {"maerz", 3},     {"mrz", 3},      {"mal", 5},
}};

std::optional<unsigned> month_of(std::string_view letters) {
  const std::string word = folded(letters);
  for (const auto& [name, number] : kMonths) {
    if (word == name) return number;
  }
  if (word.size() < 3) return std::nullopt;
  std::optional<unsigned> found;
  for (const auto& [name, number] : kMonths) {
    const bool abbreviated = word.size() <= 4 && name.size() > 3 && name.starts_with(word);
    const int slips = name.size() >= 7 ? 2 : 1;
    const bool slip = name.size() >= 4 && word.size() >= 4 && nearly_equal(word, name, slips);
    if (!abbreviated && !slip) continue;
    if (found && *found != number) return std::nullopt;  // "Juii" may be either
    found = number;
  }
  return found;
}

/// The month at the cursor, behind blanks, which is then moved behind the name.
std::optional<unsigned> month_at(Scanner& scan) {
  scan.skip_blanks();
  Scanner plain = scan;
  const auto month = month_of(plain.letters());
  if (month && plain.at_word_end()) {
    scan = plain;
    return month;
  }
  // "Apri1" before "Apri" and a 1; "März2026" is no word.
  Scanner slipped = scan;
  if (const auto misread = month_of(slipped.letters_with_slips())) {
    scan = slipped;
    return misread;
  }
  if (month) scan = plain;
  return month;
}

void skip_ordinal(Scanner& scan) {
  Scanner ordinal = scan;
  const std::string_view suffix = ordinal.letters();
  if (suffix != "st" && suffix != "nd" && suffix != "rd" && suffix != "th") return;
  scan = ordinal;
  ordinal.skip_blanks();
  if (ordinal.letters() == "of") scan = ordinal;
}

std::optional<Date> date_from(int year, unsigned month, int day, int digits, Date latest) {
  if (digits == 2) {
    year += 2000;
    if (year > static_cast<int>(latest.year()) + 1) year -= 100;
  }
  const Date date{std::chrono::year{year}, std::chrono::month{month},
                  std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<std::pair<int, int>> year_at(Scanner& scan) {
  const int digits = scan.digits_ahead();
  if (digits != 2 && digits != 4) return std::nullopt;
  const std::optional<int> year = scan.number(digits, digits);
  if (!year || !scan.at_word_end()) return std::nullopt;
  return std::pair{*year, digits};
}

/// 12.02.2026, 12. 2. 26, 12,02.2026 (a slip), 12/02/2026, 12-02-2026
std::optional<WrittenDate> numeric_date(Scanner scan, Date latest) {
  const std::size_t begin = scan.at();
  const auto day = scan.number(1, 2);
  if (!day) return std::nullopt;
  const std::size_t separator_at = scan.at();
  const bool dot = scan.take(".,");
  const bool slash = !dot && scan.take("/");
  if (!dot && !slash && !scan.take("-")) return std::nullopt;
  scan.skip_blanks();
  const auto month = scan.number(1, 2);
  if (!month || separator_at == begin) return std::nullopt;
  const bool separated = scan.take(dot ? ".," : slash ? "/" : "-");
  scan.skip_blanks();
  const auto year = year_at(scan);
  if (!year) return std::nullopt;
  // "12.03 2026": readers lose the second dot.
  const bool full_year = year->second == 4 && year->first >= 1900 && year->first < 2100;
  if (!separated && (!dot || !full_year)) return std::nullopt;
  int d = *day;
  int m = *month;
  const bool month_first = slash && m > 12 && d <= 12;
  if (month_first) std::swap(d, m);
  const auto date = date_from(year->first, static_cast<unsigned>(m), d, year->second, latest);
  if (!date) return std::nullopt;
  return WrittenDate{*date, begin,      scan.at(), slash && !month_first && d <= 12 && m <= 12 && d != m,
                     slash, month_first};
}

/// 2026-02-12, 2026/02/12
std::optional<WrittenDate> iso_date(Scanner scan, Date latest) {
  const std::size_t begin = scan.at();
  const auto year = scan.number(4, 4);
  if (!year) return std::nullopt;
  const bool dash = scan.take("-");
  if (!dash && !scan.take("/")) return std::nullopt;
  const auto month = scan.number(2, 2);
  if (!month || !scan.take(dash ? "-" : "/")) return std::nullopt;
  const auto day = scan.number(2, 2);
  if (!day || !scan.at_word_end()) return std::nullopt;
  const auto date = date_from(*year, static_cast<unsigned>(*month), *day, 4, latest);
  if (!date) return std::nullopt;
  return WrittenDate{*date, begin, scan.at()};
}

/// 5. März 2026, 5.März 26, 20. Feb. 2026, 3rd March 2026, 3rd of March 2026
std::optional<WrittenDate> day_first_date(Scanner scan, Date latest) {
  const std::size_t begin = scan.at();
  const auto day = scan.number(1, 2);
  if (!day) return std::nullopt;
  skip_ordinal(scan);
  // "2..-Juli": specks beside the dot.
  for (int specks = 0; specks < 4 && scan.take(".,- "); ++specks) {
  }
  const auto month = month_at(scan);
  if (!month) return std::nullopt;
  scan.take(".,-");
  scan.skip_blanks();
  const auto year = year_at(scan);
  if (!year) return std::nullopt;
  const auto date = date_from(year->first, *month, *day, year->second, latest);
  if (!date) return std::nullopt;
  return WrittenDate{*date, begin, scan.at()};
}

/// March 3, 2026
std::optional<WrittenDate> month_first_date(Scanner scan, Date latest) {
  const std::size_t begin = scan.at();
  if (scan.take(" ")) return std::nullopt;
  const auto month = month_at(scan);
  if (!month) return std::nullopt;
  scan.take(".");
  scan.skip_blanks();
  const auto day = scan.number(1, 2);
  if (!day) return std::nullopt;
  skip_ordinal(scan);
  scan.take(",.");
  scan.skip_blanks();
  const auto year = scan.number(4, 4);
  if (!year || *year < 1900 || *year >= 2100 || !scan.at_word_end()) return std::nullopt;
  const auto date = date_from(*year, *month, *day, 4, latest);
  if (!date) return std::nullopt;
  return WrittenDate{*date, begin, scan.at()};
}

bool may_start(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  const char before = text[at - 1];
  if (std::isalnum(static_cast<unsigned char>(before)) != 0 || (before & 0x80) != 0) {
    // "–31.01.2026": the dash of a period is outside ASCII and may touch the date.
    return at >= 3 && text.substr(at - 3, 2) == "\xE2\x80";
  }
  return !((before == '.' || before == '/' || before == '-') && at >= 2 &&
           std::isdigit(static_cast<unsigned char>(text[at - 2])) != 0);
}

}  // namespace

std::vector<WrittenDate> dates_in(std::string_view text, archive::Date latest) {
  std::vector<WrittenDate> dates;
  std::size_t at = 0;
  while (at < text.size()) {
    std::optional<WrittenDate> found;
    if (may_start(text, at)) {
      const Scanner scan(text, at);
      found = iso_date(scan, latest);
      if (!found) found = numeric_date(scan, latest);
      if (!found) found = day_first_date(scan, latest);
      if (!found) found = month_first_date(scan, latest);
    }
    if (found) dates.push_back(*found);
    at = found ? found->end : at + 1;
  }
  return dates;
}

}  // namespace eakte::ingest
