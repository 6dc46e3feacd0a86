#include "ingest/classify/deadlines.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <string>
#include <string_view>

#include "ingest/classify/dates.h"
#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

template <std::size_t N>
bool holds_one(std::string_view text, const std::array<std::string_view, N>& pieces) {
  return std::any_of(pieces.begin(), pieces.end(),
                     [&](std::string_view p) { return text.find(p) != std::string_view::npos; });
}

bool ends_with_words(std::string_view text, std::string_view words) {
  if (!text.ends_with(words)) return false;
  const std::size_t at = text.size() - words.size();
  return at == 0 || text[at - 1] == ' ' || text[at - 1] == '(' || text[at - 1] == '-';
}

/// The rows of a page as one text; lines of a paragraph follow each other.
std::string running_text(const Layout& layout, std::size_t page) {
  std::string text;
  for (const Row& row : layout.rows) {
    for (const Segment& segment : row) {
      if (segment.page == page) text += segment.text + ' ';
    }
  }
  return text;
}

/// Words that call for something to be done by the reader.
bool asks_to_act(std::string_view text) {
  static constexpr std::array<std::string_view, 34> kActs{
      "zahl",    "uberweis",    "entricht",      "begleich",         "einreich",  "vorleg",    "vorzuleg",
      "mitteil", "mitzuteil",   "stellungnahme", "stellung zu",      "ausser",    "nachreich", "nachzureich",
      "zuruck",  "zusend",      "zuzusend",      "abgeben",          "abzugeben", "antwort",   "ruckmeld",
      "anmeld",  "widerspruch", "klage",         "einspruch",        "erheb",     "einleg",    "ubersend",
      "bitte",   "fallig",      "eingehen",      "eingegangen sein", "please",    "submit"};
  return holds_one(text, kActs);
}

/// Words that make "bis zum" the end of something that lasts.
bool tells_duration(std::string_view text) {
  static constexpr std::array<std::string_view, 21> kLasting{
      "gultig",    "gilt ",       "befrist",  "laufzeit", "zeitraum",    "verlanger",  "nutzungsrecht",
      "geoffnet",  "lauft ",      "dauer",    "auszuleg", "liegt ",      "gesperrt",   "sperrung",
      "bewilligt", "abgerechnet", "in kraft", "im amt",   "ausgestellt", "von montag", "einschliesslich"};
  return holds_one(text, kLasting);
}

/// "12.", "12.03.", "12. März": the start of a date, as opposed to an amount.
bool starts_date(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && i < 2 && std::isdigit(static_cast<unsigned char>(text[i])) != 0) ++i;
  if (i == 0 || i >= text.size() || text[i] != '.') return false;
  const std::string_view rest = trimmed(text.substr(i + 1), " ");
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  return digits == 0 || (digits <= 2 && digits < rest.size() && rest[digits] == '.');
}

/// "vom 01.01.2026 bis zum 31.12.2026": a period and no deadline.
bool ends_period(std::string_view before) {
  const std::string_view near = before.substr(before.size() - std::min<std::size_t>(before.size(), 34));
  static constexpr std::array<std::string_view, 4> kFrom{"vom ", "von ", "ab ", "zeit "};
  return std::any_of(kFrom.begin(), kFrom.end(), [&](std::string_view from) {
    const std::size_t at = near.rfind(from);
    return at != std::string_view::npos && starts_date(near.substr(at + from.size()));
  });
}

struct Cue {
  double confidence = 0;
  const char* reason = "";
};

/// What the words around a date say about it.
Cue cue_of(std::string_view before, std::string_view after) {
  static constexpr std::array<std::string_view, 46> kStrong{"zahlbar bis",
                                                            "zahlbar bis zum",
                                                            "fallig am",
                                                            "fallig bis",
                                                            "fallig bis zum",
                                                            "fallig zum",
                                                            "falligkeit",
                                                            "falligkeitsdatum",
                                                            "frist",
                                                            "fristende",
                                                            "fristablauf",
                                                            "zahlungsziel",
                                                            "zahlungsfrist",
                                                            "abgabefrist",
                                                            "abgabetermin",
                                                            "abgabeschluss",
                                                            "einreichungsfrist",
                                                            "einsendeschluss",
                                                            "bewerbungsschluss",
                                                            "bewerbungsfrist",
                                                            "anmeldeschluss",
                                                            "meldeschluss",
                                                            "angebotsfrist",
                                                            "frist endet am",
                                                            "frist lauft am",
                                                            "frist bis zum",
                                                            "frist bis",
                                                            "zu zahlen bis",
                                                            "zu zahlen bis zum",
                                                            "bis spatestens",
                                                            "bis spatestens zum",
                                                            "spatestens bis",
                                                            "spatestens bis zum",
                                                            "spatestens am",
                                                            "spatestens zum",
                                                            "spatestens zu",
                                                            "due date",
                                                            "payment due",
                                                            "payable by",
                                                            "due by",
                                                            "due on",
                                                            "no later than",
                                                            "not later than",
                                                            "deadline",
                                                            "pay by",
                                                            "ruckgabe bis"};
  std::string_view text = trimmed(before, " :;,(.-");
  static constexpr std::array<std::string_view, 8> kDays{"montag",  "dienstag", "mittwoch", "donnerstag",
                                                         "freitag", "samstag",  "den",      "dem"};
  for (int i = 0; i < 2; ++i) {
    for (const std::string_view day : kDays) {
      if (ends_with_words(text, day)) text = trimmed(text.substr(0, text.size() - day.size()), " :;,(.-");
    }
  }
  const bool lasting =
      tells_duration(before.substr(before.size() - std::min<std::size_t>(before.size(), 45))) ||
      tells_duration(after.substr(0, 30));
  if (ends_period(before)) return {};
  for (const std::string_view cue : kStrong) {
    if (ends_with_words(text, cue)) return {lasting ? 0.6 : 0.9, "Tag nach einer Frist oder Fälligkeit"};
  }
  if (lasting) return {};
  const bool acts = asks_to_act(before) || asks_to_act(after);
  if (ends_with_words(text, "bis zum") || ends_with_words(text, "bis")) {
    if (acts) return {0.85, "„bis“ mit einer Aufforderung"};
    return {};
  }
  if ((ends_with_words(text, "zum") || ends_with_words(text, "am")) &&
      (after.substr(0, 25).find("fallig") != std::string_view::npos ||
       after.substr(0, 25).find("zu zahlen") != std::string_view::npos))
    return {0.85, "Tag der Fälligkeit"};
  if (ends_with_words(text, "by") && acts) return {0.75, "„by“ mit einer Aufforderung"};
  return {};
}

struct Span {
  int count = 0;
  enum class Unit { day, working_day, week, month } unit = Unit::day;
};

std::string shown(const Span& span) {
  static constexpr std::array<std::array<const char*, 2>, 4> kNames{
      {{"Tag", "Tage"}, {"Werktag", "Werktage"}, {"Woche", "Wochen"}, {"Monat", "Monate"}}};
  const auto& names = kNames[static_cast<std::size_t>(span.unit)];
  return std::to_string(span.count) + ' ' + names[span.count == 1 ? 0 : 1];
}

/// The last day of a span that begins after `start` (§§ 187, 188 BGB); nothing for working days, which need a
/// calendar of holidays.
std::optional<archive::Date> end_of(const Span& span, archive::Date start) {
  using std::chrono::days;
  if (span.unit == Span::Unit::working_day) return std::nullopt;
  if (span.unit == Span::Unit::day) return archive::Date{std::chrono::sys_days(start) + days(span.count)};
  if (span.unit == Span::Unit::week)
    return archive::Date{std::chrono::sys_days(start) + days(7 * span.count)};
  const archive::Date end = start + std::chrono::months(span.count);
  return end.ok() ? end : archive::Date{end.year() / end.month() / std::chrono::last};
}

std::optional<int> count_of(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, int>, 16> kCounts{{{"ein", 1},
                                                                             {"eine", 1},
                                                                             {"einer", 1},
                                                                             {"eines", 1},
                                                                             {"einem", 1},
                                                                             {"one", 1},
                                                                             {"zwei", 2},
                                                                             {"drei", 3},
                                                                             {"vier", 4},
                                                                             {"sechs", 6},
                                                                             {"acht", 8},
                                                                             {"zehn", 10},
                                                                             {"zwolf", 12},
                                                                             {"two", 2},
                                                                             {"vierzehn", 14},
                                                                             {"dreissig", 30}}};
  for (const auto& [name, count] : kCounts) {
    if (word == name) return count;
  }
  if (word.empty() || word.size() > 3 || word.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  const int count = std::stoi(std::string(word));
  return count > 0 && count <= 365 ? std::optional(count) : std::nullopt;
}

std::optional<Span::Unit> unit_of(std::string_view word) {
  if (word.starts_with("werktag") || word.starts_with("arbeitstag")) return Span::Unit::working_day;
  static constexpr std::array<std::string_view, 7> kDays{"tag",  "tage",          "tagen",       "tages",
                                                         "days", "kalendertagen", "kalendertage"};
  if (std::find(kDays.begin(), kDays.end(), word) != kDays.end() || word == "day") return Span::Unit::day;
  if (word == "woche" || word == "wochen" || word == "weeks" || word == "week") return Span::Unit::week;
  if (word.starts_with("monat") && word.size() <= 7) return Span::Unit::month;
  if (word == "month" || word == "months") return Span::Unit::month;
  return std::nullopt;
}

/// What a span is counted from, as far as the words after it tell.
struct Start {
  bool letter = false;     ///< from the date of the letter or invoice
  const char* event = "";  ///< an event whose day is not on the paper
};

Start start_of(const std::vector<std::string>& words, std::size_t at) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 13> kEvents{
      {{"bekanntgabe", "Bekanntgabe"},
       {"zustellung", "Zustellung"},
       {"zugang", "Zugang"},
       {"erhalt", "Erhalt"},
       {"eingang", "Eingang"},
       {"rechnungseingang", "Rechnungseingang"},
       {"rechnungserhalt", "Rechnungserhalt"},
       {"zugegangen", "Zugang"},
       {"receipt", "Erhalt"},
       {"verkundung", "Verkündung"},
       {"veroffentlichung", "Veröffentlichung"},
       {"lieferung", "Lieferung"},
       {"bekanntmachung", "Bekanntmachung"}}};
  static constexpr std::array<std::string_view, 6> kJoints{"nach", "ab", "seit", "after", "from", "of"};
  if (at >= words.size() || std::find(kJoints.begin(), kJoints.end(), words[at]) == kJoints.end()) return {};
  for (std::size_t i = at + 1; i < words.size() && i < at + 6; ++i) {
    for (const auto& [word, name] : kEvents) {
      if (words[i] == word) return {false, name};
    }
    if (words[i].starts_with("rechnungsdatum") || words[i] == "rechnungsstellung" || words[i] == "datum" ||
        words[i] == "ausstellungsdatum" || words[i] == "heute" || words[i] == "date")
      return {true, ""};
  }
  return {false, "dem genannten Ereignis"};
}

std::string joined(const std::vector<std::string>& words, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < std::min(to, words.size()); ++i) text += words[i] + ' ';
  return text;
}

bool speaks_of_payment(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kWords{"zahl",     "uberweis", "begleich", "netto",
                                                          "rechnung", "fallig",   "payment",  "payable"};
  return holds_one(text, kWords);
}

bool speaks_of_remedy(std::string_view text) {
  static constexpr std::array<std::string_view, 14> kWords{
      "widerspruch", "klage",    "einspruch", "beschwerde", "stellungnahme", "mitteil",   "vorleg",
      "vorzuleg",    "einreich", "nachreich", "ausser",     "ruckmeld",      "abzugeben", "antwort"};
  return holds_one(text, kWords);
}

/// A span that begins at the word `at` ("innerhalb", "binnen", "zahlungsziel").
std::optional<Finding> span_at(const std::vector<std::string>& words, std::size_t at,
                               const std::optional<archive::Date>& letter_date) {
  std::size_t i = at + 1;
  if (i + 1 < words.size() && words[i + 1] == "frist") i += 2;
  if (i < words.size() && (words[i] == "von" || words[i] == "of")) ++i;
  if (i + 1 >= words.size()) return std::nullopt;
  const auto count = count_of(words[i]);
  const auto unit = unit_of(words[i + 1]);
  if (!count || !unit) return std::nullopt;
  const Span span{*count, *unit};
  const std::string around = joined(words, at < 12 ? 0 : at - 12, at + 16);
  const std::string close = joined(words, at < 4 ? 0 : at - 4, at + 9);
  if (close.find("skonto") != std::string::npos || close.find("abzug") < close.find("ohne"))
    return std::nullopt;
  const Start start = start_of(words, i + 2);
  const bool payment = speaks_of_payment(around);
  if (!payment && !speaks_of_remedy(around)) return std::nullopt;
  const bool from_letter = start.letter || (payment && *start.event == 0);
  if (from_letter && letter_date) {
    if (const auto end = end_of(span, *letter_date))
      return Finding{archive::to_iso(*end), start.letter ? 0.85 : 0.75,
                     shown(span) + " ab dem Datum des Schreibens"};
  }
  std::string value = shown(span);
  if (*start.event != 0) value += std::string(" nach ") + start.event;
  if (from_letter) value += " ab dem Datum des Schreibens";
  return Finding{std::move(value), 0.6, "Frist, deren Beginn nicht auf dem Schreiben steht"};
}

void add_spans(std::string_view text, const std::optional<archive::Date>& letter_date,
               std::vector<Finding>& findings) {
  static constexpr std::array<std::string_view, 5> kOpeners{"innerhalb", "binnen", "zahlungsziel", "within",
                                                            "zahlungsfrist"};
  const std::vector<std::string> words = folded_words(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool opens = std::any_of(kOpeners.begin(), kOpeners.end(), [&](std::string_view o) {
      return words[i] == o || (o.size() > 8 && nearly_equal(words[i], o, 1));
    });
    if (!opens) continue;
    if (auto found = span_at(words, i, letter_date)) findings.push_back(std::move(*found));
  }
}

bool is_possible(archive::Date day, const std::optional<archive::Date>& letter_date,
                 archive::Date received_on) {
  constexpr std::chrono::days kTenYears(3653);
  if (std::chrono::sys_days(day) > std::chrono::sys_days(received_on) + kTenYears) return false;
  return !letter_date || day > *letter_date;
}

void add_days(std::string_view text, const std::optional<archive::Date>& letter_date,
              archive::Date received_on, std::vector<Finding>& findings) {
  constexpr std::size_t kAround = 110;
  for (const WrittenDate& written : dates_in(text, received_on)) {
    if (written.ambiguous || !is_possible(written.date, letter_date, received_on)) continue;
    const std::size_t from = written.begin - std::min(written.begin, kAround);
    const std::string before = folded(text.substr(from, written.begin - from));
    const std::string after = folded(text.substr(written.end, kAround));
    Cue cue = cue_of(before, after);
    // Texts of law name days too, of other years.
    if (letter_date && written.date > *letter_date + std::chrono::years(3)) cue.confidence *= 0.4;
    if (cue.confidence > 0) findings.push_back({archive::to_iso(written.date), cue.confidence, cue.reason});
  }
}

/// Labels of information blocks and table heads, whose value may stand below.
void add_labelled(const Layout& layout, const std::optional<archive::Date>& letter_date,
                  archive::Date received_on, std::vector<Finding>& findings) {
  for (const std::string_view label :
       {"zahlbar bis", "fallig am", "fallig bis", "falligkeit", "falligkeitsdatum", "frist", "abgabefrist",
        "angebotsfrist", "zahlungsziel", "due date", "termin zur abgabe", "ruckmeldung bis"}) {
    for (const LabelledValue& found : values_of(layout, label)) {
      const std::vector<WrittenDate> dates = dates_in(found.value, received_on);
      if (dates.empty() || dates[0].begin > 14 || dates[0].ambiguous ||
          !is_possible(dates[0].date, letter_date, received_on))
        continue;
      findings.push_back(
          {archive::to_iso(dates[0].date), 0.92, "mit einer Frist oder Fälligkeit bezeichnet"});
    }
  }
}

}  // namespace

std::vector<Finding> deadlines_of(const Layout& layout, std::optional<archive::Date> letter_date,
                                  archive::Date received_on) {
  std::vector<Finding> findings;
  add_labelled(layout, letter_date, received_on, findings);
  for (std::size_t page = 0; page < layout.pages; ++page) {
    const std::string text = running_text(layout, page);
    add_days(text, letter_date, received_on, findings);
    add_spans(text, letter_date, findings);
  }
  constexpr double kWorthTelling = 0.4;
  std::erase_if(findings, [](const Finding& finding) { return finding.confidence < kWorthTelling; });
  rank(findings);
  return findings;
}

}  // namespace eakte::ingest
