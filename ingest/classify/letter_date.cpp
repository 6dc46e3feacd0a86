#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cmath>
#include <utility>

#include "ingest/classify/date_labels.h"
#include "ingest/classify/dates.h"
#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

/// A date and where it stands.
struct Place {
  const Layout& layout;
  std::size_t row;
  std::size_t column;
  const Segment& segment;
  WrittenDate written;
  bool on_first_page() const { return segment.page == 0; }
  bool in_upper_third() const { return on_first_page() && segment.bottom < 0.36 * layout.page_height; }
  /// What stands left of the date at its height; on a tilted page rows of an information block run together.
  const Segment* left() const;
};

const Segment* Place::left() const {
  constexpr double kSameColumn = 5, kHeight = 2.2;
  const Segment* nearest = nullptr;
  for (std::size_t r = row > 0 ? row - 1 : 0; r < std::min(row + 2, layout.rows.size()); ++r) {
    for (const Segment& other : layout.rows[r]) {
      const double away = std::abs(other.middle() - segment.middle());
      if (other.page != segment.page || &other == &segment || other.right > segment.left + 1) continue;
      if (away > (r == row ? 1.5 * kHeight : kHeight)) continue;
      const bool nearer =
          nearest == nullptr || other.right > nearest->right + kSameColumn ||
          (other.right > nearest->right - kSameColumn && other.left > nearest->left - kSameColumn &&
           away < std::abs(nearest->middle() - segment.middle()));
      if (nearer) nearest = &other;
    }
  }
  return nearest;
}

/// How much a date looks like the letter's; 0: not at all.
struct Judgement {
  double score = 0;
  const char* reason = "";
};

struct Candidate {
  archive::Date date;
  double score = 0;
  std::string reason;
};

bool is_date_alone(const Segment& segment) {
  const auto latest = archive::Date{std::chrono::year(2100), std::chrono::January, std::chrono::day(1)};
  const std::vector<WrittenDate> dates = dates_in(segment.text, latest);
  return dates.size() == 1 && dates[0].begin < 2 && dates[0].end + 2 > segment.text.size();
}

/// The nearest segment above or below in the same column, at most `gap` mm away.
const Segment* neighbour(const Place& place, const Segment& cell, bool above, double gap) {
  const Segment* nearest = nullptr;
  for (std::size_t step = 0; step <= 6; ++step) {
    if (above ? place.row < step : place.row + step >= place.layout.rows.size()) break;
    for (const Segment& other : place.layout.rows[above ? place.row - step : place.row + step]) {
      const double away = above ? cell.top - other.bottom : other.top - cell.bottom;
      if (&other == &cell || other.page != cell.page || away < -0.5 * cell.height || away > gap ||
          !share_column(other, cell))
        continue;
      const bool nearer =
          nearest == nullptr || (above ? other.bottom > nearest->bottom : other.top < nearest->top);
      if (nearer) nearest = &other;
    }
  }
  return nearest;
}

/// A stamp lies around the date, be it across other lines.
bool is_in_stamp(const Place& place, double reach) {
  const Segment& date = place.segment;
  for (const Row& row : place.layout.rows) {
    for (const Segment& other : row) {
      if (other.page != date.page || other.top - date.bottom > reach || date.top - other.bottom > reach)
        continue;
      const bool beside = other.left < date.right + 8 && other.right > date.left - 8;
      if (beside && is_stamp(other, place.layout.body_height)) return true;
    }
  }
  return false;
}

/// "20. FEB. 2026": the wheels of date stamps have capitals; so have headlines, but then the month is whole.
bool looks_stamped(std::string_view written) {
  std::size_t capitals = 0;
  for (const char c : written) {
    if (std::islower(static_cast<unsigned char>(c)) != 0) return false;
    capitals += std::isupper(static_cast<unsigned char>(c)) != 0 ? 1 : 0;
  }
  return capitals == 3 || capitals == 4;
}

/// "01.01.2026 - 31.01.2026", "01.01. bis 31.01.2026", and a date with the time of day are not when a letter
/// was written.
bool is_period_or_time(std::string_view before, std::string_view after) {
  const std::string_view rest = trimmed(after, " ,.;)(");
  const bool clock = rest.size() >= 4 && std::isdigit(static_cast<unsigned char>(rest[0])) != 0 &&
                     (rest[1] == ':' || rest[2] == ':');
  static constexpr std::array<std::string_view, 5> kJoints{"-", "bis", "to", "until", "um"};
  const bool goes_on = std::any_of(kJoints.begin(), kJoints.end(), [&](std::string_view joint) {
    return rest.starts_with(joint) && rest.find_first_of("0123456789") < joint.size() + 8;
  });
  // "01.01. - 31.01.2026", but not "Nr. 12 - 5. März 2026".
  std::string_view start = trimmed(before, " ");
  const bool joint = start.ends_with("-") || start.ends_with(" bis");
  start = trimmed(start, " -bis");
  start = start.substr(start.rfind(' ') + 1);
  const bool begun = start.find('.') != std::string_view::npos && start.find_first_of("0123456789") == 0;
  return clock || goes_on || (joint && begun);
}

/// The place of writing is known from an address with its postcode.
bool is_known_place(const Layout& layout, std::string_view name) {
  const std::vector<std::string> wanted = folded_words(name);
  if (wanted.empty()) return false;
  for (const Row& row : layout.rows) {
    for (const Segment& segment : row) {
      const std::vector<std::string> words = folded_words(segment.text);
      for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const bool postcode =
            words[i].size() == 5 && words[i].find_first_not_of("0123456789") == std::string::npos;
        if (postcode && nearly_equal(words[i + 1], wanted[0], wanted[0].size() > 5 ? 1 : 0)) return true;
      }
    }
  }
  return false;
}

Judgement judged_by_place(const Place& place, const PlaceOfWriting& written_at) {
  const bool known = is_known_place(place.layout, written_at.name);
  const Segment* below = neighbour(place, place.segment, false, 9);
  const bool form = below != nullptr && names_letter_date(folded(below->text));
  if (form) return {place.on_first_page() ? 0.88 : 0.6, "Ort und Datum bei der Unterschrift"};
  const bool one_word = folded_words(written_at.name).size() <= 1;
  const bool sure = known || written_at.den;
  if (place.in_upper_third()) return {sure ? 0.96 : one_word ? 0.88 : 0.75, "Ort und Datum im Briefkopf"};
  // Further down "Anna Müller, 12.03.1960" looks the same.
  if (!place.on_first_page()) return {sure ? 0.55 : 0.3, "Ort und Datum auf einer späteren Seite"};
  return {sure ? 0.72 : 0.4, "Ort und Datum bei der Unterschrift"};
}

/// Walks up a column of dates to what heads it.
const Segment* column_head(const Place& place) {
  const Segment* cell = &place.segment;
  for (int steps = 0; steps < 12; ++steps) {
    const Segment* above = neighbour(place, *cell, true, steps == 0 ? 6.5 : 9);
    if (above == nullptr || !is_date_alone(*above)) return above;
    cell = above;
  }
  return nullptr;
}

/// A label of another date in the upper half, whose value may be any date that stands alone there.
bool has_other_label(const Layout& layout) {
  return std::any_of(layout.rows.begin(), layout.rows.end(), [&](const Row& row) {
    return std::any_of(row.begin(), row.end(), [&](const Segment& segment) {
      return segment.page == 0 && segment.bottom < 0.5 * layout.page_height &&
             folded_words(segment.text).size() <= 3 && names_other_date(folded(segment.text));
    });
  });
}

Judgement judged_alone(const Place& place) {
  if (is_in_stamp(place, 14) ||
      looks_stamped(std::string_view(place.segment.text)
                        .substr(place.written.begin, place.written.end - place.written.begin)))
    return {};
  const Segment* below = neighbour(place, place.segment, false, 6.5);
  const Segment* above = neighbour(place, place.segment, true, 6.5);
  const bool listed =
      (below != nullptr && is_date_alone(*below)) || (above != nullptr && is_date_alone(*above));
  if (const Segment* head = column_head(place)) {
    const std::string label = folded(head->text);
    if (names_letter_date(label) && !listed) return {0.92, "unter „Datum“ in der Bezugszeile"};
    if (names_letter_date(label) || names_other_date(label) || label.find("datum") != std::string::npos ||
        head->text.ends_with(':'))
      return {};
  }
  if (listed) return {};
  if (below != nullptr && names_letter_date(folded(below->text)) && place.on_first_page())
    return {0.8, "über „Datum“ in einem Vordruck"};
  // An unknown label in an information block.
  const Segment* left = place.left();
  if (left != nullptr && (left->text.ends_with(':') || left->left > 95 ||
                          names_other_date(folded(left->text)) || place.segment.left < 95))
    return {};
  if (!place.in_upper_third()) return {};
  if (place.segment.left <= 95 && has_other_label(place.layout)) return {};
  return place.segment.left > 95 ? Judgement{0.8, "allein stehend rechts im Briefkopf"}
                                 : Judgement{0.6, "allein stehend im oberen Drittel"};
}

/// "Nr. 12 · 5. März 2026" heads a gazette.
bool is_issue_line(std::string_view folded_before) {
  if (folded_before.size() > 50) return false;
  const std::vector<std::string> words = folded_words(folded_before);
  static constexpr std::array<std::string_view, 6> kWords{"nr", "nummer", "ausgabe", "jahrgang", "jg", "no"};
  const bool issue = std::any_of(words.begin(), words.end(), [&](const std::string& w) {
    return std::find(kWords.begin(), kWords.end(), w) != kWords.end();
  });
  return issue && folded_before.find_first_of("0123456789") != std::string_view::npos &&
         folded_before.find("vorlage") == std::string_view::npos;
}

/// "Rechnung Nr. 25/1873 vom ", "Baurechnung Nr. 181301674 vom ".
bool is_invoice_line(std::string_view folded_before) {
  const std::vector<std::string> words = folded_words(folded_before);
  if (words.size() < 2 || words.size() > 8) return false;
  const bool invoice = words[0].ends_with("rechnung") || words[0] == "gutschrift";
  const bool numbered = folded_before.find_first_of("0123456789") != std::string_view::npos;
  return invoice && numbered && (words.back() == "vom" || words.back() == "von");
}

/// A letter may bear another document's number and date as its subject.
bool has_salutation(const Layout& layout) {
  return std::any_of(layout.rows.begin(), layout.rows.end(), [](const Row& row) {
    const std::string text = folded(row[0].text);
    return text.starts_with("sehr geehrte") || text.starts_with("guten tag") || text.starts_with("dear ");
  });
}

Judgement judged_by_label(const Place& place) {
  if (is_in_stamp(place, 5)) return {0.4, "mit „Datum“ bezeichnet, in einem Stempel"};
  if (!place.on_first_page()) return {0.55, "mit „Datum“ bezeichnet, auf einer späteren Seite"};
  return {place.segment.bottom < 0.5 * place.layout.page_height ? 0.97 : 0.8, "mit „Datum“ bezeichnet"};
}

Judgement judged(const Place& place) {
  const std::string_view text = place.segment.text;
  const std::string before = folded(text.substr(0, place.written.begin));
  const std::string after = folded(text.substr(place.written.end));
  const Segment* left = place.left();
  const bool bare = folded_words(before).empty();
  const bool mailed =
      before.find("gesendet") != std::string::npos || before.find("sent") != std::string::npos;
  if (names_letter_date(before) || (bare && left != nullptr && names_letter_date(folded(left->text)))) {
    if (!mailed && is_period_or_time("", after) && after.find(':') == std::string::npos) return {};
    return judged_by_label(place);
  }
  if (is_period_or_time(before, after)) return {};
  // A closing bracket shows that something was opened on the line above.
  if (!trimmed(after, " .").empty()) return {};
  if (place.on_first_page() && place.segment.bottom < 0.6 * place.layout.page_height &&
      is_invoice_line(before))
    return {has_salutation(place.layout) ? 0.45 : 0.7, "Rechnung mit Nummer und Datum in der Überschrift"};
  if (names_other_date(before)) return {};
  // ": 06.03.2026" answers a label that is not one of the letter's date.
  if (bare && before.find(':') != std::string::npos) return {};
  if (bare && left != nullptr && left->text.ends_with(',') && place.segment.left - left->right < 15) {
    const std::string apart = folded(left->text);
    if (const PlaceOfWriting written_at = place_of_writing(apart);
        written_at.found && !is_in_stamp(place, 14))
      return judged_by_place(place, written_at);
  }
  if (bare) return judged_alone(place);
  const std::size_t colon = before.rfind(':');
  const bool labelled_place = colon != std::string::npos && names_letter_date(before.substr(0, colon));
  const PlaceOfWriting written_at =
      place_of_writing(std::string_view(before).substr(labelled_place ? colon + 1 : 0));
  if (written_at.found && !is_in_stamp(place, 14))
    return labelled_place ? judged_by_label(place) : judged_by_place(place, written_at);
  if (place.on_first_page() && place.segment.bottom < 0.2 * place.layout.page_height && is_issue_line(before))
    return {0.75, "Datum der Ausgabe im Kopf"};
  return {};
}

enum class Order { unknown, day_first, month_first };

/// Which way round dates with slashes are meant: as another one on the pages shows, else as Germans write
/// when the text is German.
Order order_of_slashes(const Layout& layout, archive::Date received_on) {
  int german = 0, english = 0;
  bool day_first = false, month_first = false;
  static constexpr std::array<std::string_view, 8> kGerman{"der", "die",   "und", "fur",
                                                           "mit", "datum", "sie", "den"};
  static constexpr std::array<std::string_view, 8> kEnglish{"the",  "and", "for", "with",
                                                            "date", "you", "of",  "to"};
  for (const Row& row : layout.rows) {
    for (const Segment& segment : row) {
      for (const std::string& word : folded_words(segment.text)) {
        german += std::find(kGerman.begin(), kGerman.end(), word) != kGerman.end() ? 1 : 0;
        english += std::find(kEnglish.begin(), kEnglish.end(), word) != kEnglish.end() ? 1 : 0;
      }
      for (const WrittenDate& date : dates_in(segment.text, received_on)) {
        month_first = month_first || date.month_first;
        day_first =
            day_first || (date.slashes && !date.month_first && static_cast<unsigned>(date.date.day()) > 12);
      }
    }
  }
  if (day_first != month_first) return day_first ? Order::day_first : Order::month_first;
  return german > english && !month_first ? Order::day_first : Order::unknown;
}

archive::Date other_way_round(archive::Date date) {
  return {date.year(), std::chrono::month{static_cast<unsigned>(date.day())},
          std::chrono::day{static_cast<unsigned>(date.month())}};
}

/// The day meant by a date that may be read two ways; nothing when both stay possible.
std::optional<archive::Date> meant(const WrittenDate& written, Order order, std::chrono::sys_days latest) {
  if (!written.ambiguous) return written.date;
  const archive::Date other = other_way_round(written.date);
  if (order == Order::day_first) return written.date;
  if (order == Order::month_first) return other;
  const bool first_possible = std::chrono::sys_days(written.date) <= latest;
  const bool other_possible = std::chrono::sys_days(other) <= latest;
  if (first_possible == other_possible) return std::nullopt;
  return first_possible ? written.date : other;
}

/// Two dates with the same claim: neither is sure.
void weaken_rivals(std::vector<Candidate>& candidates) {
  for (const Candidate& other : candidates) {
    if (other.date != candidates[0].date && other.score > candidates[0].score - 0.1) {
      candidates[0].score *= 0.5;
      candidates[0].reason += "; ein anderes Datum kommt ebenso in Frage";
      return;
    }
  }
}

std::vector<Candidate> candidates_of(const Layout& layout, archive::Date received_on) {
  const auto latest = std::chrono::sys_days(received_on) + std::chrono::days(1);
  const auto earliest = std::chrono::sys_days(
      archive::Date{std::chrono::year(1900), std::chrono::January, std::chrono::day(1)});
  const Order order = order_of_slashes(layout, received_on);
  std::vector<Candidate> candidates;
  for (std::size_t r = 0; r < layout.rows.size(); ++r) {
    for (std::size_t s = 0; s < layout.rows[r].size(); ++s) {
      const Segment& segment = layout.rows[r][s];
      for (const WrittenDate& written : dates_in(segment.text, received_on)) {
        const std::optional<archive::Date> date = meant(written, order, latest);
        if (!date || std::chrono::sys_days(*date) > latest || std::chrono::sys_days(*date) < earliest)
          continue;
        const Judgement judgement = judged({layout, r, s, segment, written});
        // A digit in doubt makes another day; Tesseract gives well read dates 0.8 and more.
        const bool clear = segment.confidence_between(written.begin, written.end) >= 0.5;
        if (judgement.score > 0)
          candidates.push_back({*date, judgement.score * (clear ? 1 : 0.6), judgement.reason});
      }
    }
  }
  return candidates;
}

}  // namespace

std::optional<LetterDate> letter_date(const Layout& layout, archive::Date received_on) {
  std::vector<Candidate> candidates = candidates_of(layout, received_on);
  if (candidates.empty()) return std::nullopt;
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  weaken_rivals(candidates);
  return LetterDate{candidates[0].date, candidates[0].score, std::move(candidates[0].reason)};
}

}  // namespace eakte::ingest
