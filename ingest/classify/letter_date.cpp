#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "ingest/classify/dates.h"
#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

struct Candidate {
  archive::Date date;
  double score = 0;
  std::string reason;
};

bool ends_with_word(std::string_view text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  const std::size_t at = text.size() - word.size();
  return at == 0 || text[at - 1] == ' ' || text[at - 1] == '(';
}

/// Words right before a date that make it something else than the date of the letter.
bool means_something_else(std::string_view before) {
  static constexpr std::array<std::string_view, 47> kOther{"geboren",
                                                           "geboren am",
                                                           "geb.",
                                                           "geb. am",
                                                           "geburtsdatum",
                                                           "geburtstag",
                                                           "bis",
                                                           "bis zum",
                                                           "bis spatestens",
                                                           "spatestens",
                                                           "zum",
                                                           "ab",
                                                           "ab dem",
                                                           "seit",
                                                           "seit dem",
                                                           "fallig am",
                                                           "fallig",
                                                           "falligkeit",
                                                           "faellig",
                                                           "lieferdatum",
                                                           "leistungsdatum",
                                                           "leistungszeitraum",
                                                           "zeitraum",
                                                           "eingang",
                                                           "eingegangen",
                                                           "eingegangen am",
                                                           "termin",
                                                           "gultig bis",
                                                           "frist",
                                                           "bescheid vom",
                                                           "schreiben vom",
                                                           "ihr schreiben vom",
                                                           "antrag vom",
                                                           "ihre nachricht vom",
                                                           "auftrag vom",
                                                           "vertrag vom",
                                                           "urteil vom",
                                                           "verfugung vom",
                                                           "fassung vom",
                                                           "stand",
                                                           "ausdruck",
                                                           "druckdatum",
                                                           "gedruckt am",
                                                           "zahlbar bis",
                                                           "due date",
                                                           "due",
                                                           "von"};
  const std::string_view text = trimmed(before, " :;,(");
  return std::any_of(kOther.begin(), kOther.end(),
                     [&](std::string_view word) { return ends_with_word(text, word); });
}

bool is_date_label(std::string_view folded_text) {
  static constexpr std::array<std::string_view, 10> kLabels{"datum",          "date",
                                                            "rechnungsdatum", "belegdatum",
                                                            "briefdatum",     "ausstellungsdatum",
                                                            "invoice date",   "datum des schreibens",
                                                            "bescheiddatum",  "angebotsdatum"};
  const std::string_view text = trimmed(folded_text, " :;,.");
  return std::any_of(kLabels.begin(), kLabels.end(), [&](std::string_view l) {
    return text == l || (l.size() > 6 && nearly_equal(text, l, 1));
  });
}

/// "Musterstadt, den 18. Februar 2026", "Musterstadt, 27.01.2026": a place of at most four words, and nothing
/// else.
bool is_place(std::string_view before) {
  std::string_view text = trimmed(before, " ");
  if (ends_with_word(text, "den")) text = trimmed(text.substr(0, text.size() - 3), " ");
  if (!text.ends_with(',') && !text.ends_with('.')) return text.empty() ? false : before.ends_with("den ");
  text = trimmed(text, " ,.");
  return !text.empty() && tokens_of(text).size() <= 4 &&
         text.find_first_of("0123456789:") == std::string_view::npos;
}

bool row_or_next_says(const Layout& layout, std::size_t row, std::string_view word) {
  for (std::size_t i = row > 0 ? row - 1 : 0; i < std::min(row + 2, layout.rows.size()); ++i) {
    for (const Segment& segment : layout.rows[i]) {
      if (segment.page == layout.rows[row][0].page && folded(segment.text).find(word) != std::string::npos)
        return true;
    }
  }
  return false;
}

/// The nearest segment above that begins at about the same place: the label of a reference line or of a
/// form's cell.
const Segment* label_above(const Layout& layout, std::size_t row, const Segment& cell) {
  for (std::size_t i = row; i > 0 && i + 2 > row; --i) {
    for (const Segment& segment : layout.rows[i - 1]) {
      if (segment.page == cell.page && segment.left > cell.left - 4 && segment.left < cell.left + 4 &&
          cell.top - segment.bottom < 6) {
        return &segment;
      }
    }
  }
  return nullptr;
}

/// How much a date at this place looks like the letter's.
Candidate judged(const Layout& layout, std::size_t row, std::size_t column, const WrittenDate& written) {
  const Segment& segment = layout.rows[row][column];
  const std::string before = folded(std::string_view(segment.text).substr(0, written.begin));
  const std::string after = folded(std::string_view(segment.text).substr(written.end));
  const bool top = segment.page == 0 && segment.bottom < 0.36 * layout.page_height;
  Candidate candidate{written.date, 0, ""};
  const auto says = [&](double score, const char* reason) {
    candidate.score = score - (written.ambiguous ? 0.35 : 0);
    candidate.reason = reason;
    return candidate;
  };
  if (means_something_else(before) || row_or_next_says(layout, row, "eingegangen") ||
      row_or_next_says(layout, row, "sachlich richtig")) {
    return candidate;
  }
  const Segment* left = column > 0 ? &layout.rows[row][column - 1] : nullptr;
  const bool labelled =
      is_date_label(before) || (before.empty() && left != nullptr && is_date_label(folded(left->text)));
  if (labelled)
    return says(segment.page == 0 && segment.bottom < 0.5 * layout.page_height ? 0.97 : 0.75,
                "mit „Datum“ bezeichnet");
  if (left != nullptr && before.empty() && means_something_else(folded(left->text))) return candidate;
  const bool alone = trimmed(after, " .,;").empty();
  if (alone && is_place(before)) {
    return top ? says(0.95, "Ort und Datum im Briefkopf") : says(0.72, "Ort und Datum bei der Unterschrift");
  }
  if (!before.empty() || !alone)
    return ends_with_word(trimmed(before, " "), "vom") && top ? says(0.3, "„vom“ im oberen Drittel")
                                                              : candidate;
  if (const Segment* above = label_above(layout, row, segment)) {
    const std::string label = folded(above->text);
    if (is_date_label(label)) return says(0.92, "unter „Datum“ in der Bezugszeile");
    if (means_something_else(label) || label.find("datum") != std::string::npos ||
        label.find("geb") != std::string::npos)
      return candidate;
  }
  if (left != nullptr && left->text.ends_with(':')) return candidate;
  if (top && segment.left > 95) return says(0.8, "allein stehend rechts im Briefkopf");
  return top ? says(0.5, "allein stehend im oberen Drittel") : candidate;
}

/// "Stadtrat, 24.02.2026" and the like appear in forms of both kinds; two dates with the same claim weaken
/// each other.
void weaken_rivals(std::vector<Candidate>& candidates) {
  for (const Candidate& other : candidates) {
    if (other.date != candidates[0].date && other.score > candidates[0].score - 0.1) {
      candidates[0].score *= 0.6;
      return;
    }
  }
}

}  // namespace

std::optional<LetterDate> letter_date(const Layout& layout, archive::Date received_on) {
  constexpr double kUnsure = 0.35;
  const auto latest = std::chrono::sys_days(received_on) + std::chrono::days(1);
  const auto earliest = std::chrono::sys_days(
      archive::Date{std::chrono::year(1900), std::chrono::January, std::chrono::day(1)});
  std::vector<Candidate> candidates;
  for (std::size_t r = 0; r < layout.rows.size(); ++r) {
    for (std::size_t s = 0; s < layout.rows[r].size(); ++s) {
      for (const WrittenDate& written : dates_in(layout.rows[r][s].text, received_on)) {
        const auto day = std::chrono::sys_days(written.date);
        if (day > latest || day < earliest) continue;
        Candidate candidate = judged(layout, r, s, written);
        if (candidate.score > 0) candidates.push_back(std::move(candidate));
      }
    }
  }
  if (candidates.empty()) return std::nullopt;
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  weaken_rivals(candidates);
  if (candidates[0].score < kUnsure) return std::nullopt;
  return LetterDate{candidates[0].date, candidates[0].score, std::move(candidates[0].reason)};
}

}  // namespace eakte::ingest
