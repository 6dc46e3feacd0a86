#include "archive/retention.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <string_view>

#include "archive/error.h"

namespace eakte::archive {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::years;

constexpr std::string_view previous_stage = "vorige_stufe";

/// How the sentences speak of an event.
struct EventWords {
  std::string_view name;
  std::string_view of_the_year;  ///< after "ab Ende "
  std::string_view the_day;      ///< after "ab", "bis zu" or "vor": dative
};

constexpr std::array<EventWords, 23> event_words{{
    {"zdA", "des Jahres der Schlussverfügung (z. d. A.)", "der Schlussverfügung (z. d. A.)"},
    {"beleg_entstanden", "des Jahres, in dem der Beleg entstanden ist", "der Entstehung des Belegs"},
    {"rechnung_ausgestellt", "des Jahres, in dem die Rechnung ausgestellt wurde", "dem Rechnungsdatum"},
    {"abschluss_festgestellt", "des Jahres, in dem der Jahresabschluss festgestellt wurde",
     "der Feststellung des Jahresabschlusses"},
    {"vertragsende", "des Jahres, in dem der Vertrag endet", "dem Ende des Vertrags"},
    {"zuschlag", "des Jahres, in dem der Zuschlag erteilt wurde", "der Zuschlagserteilung"},
    {"ausweis_ungueltig", "des Jahres, in dem das Ausweisdokument ungültig wird",
     "dem Ablauf der Gültigkeit des Ausweisdokuments"},
    {"wegzug_tod", "des Jahres, in dem die Person weggezogen oder gestorben ist",
     "dem Wegzug oder Tod der Person"},
    {"geburt_kind", "des Geburtsjahres des Kindes", "der Geburt des Kindes"},
    {"beurkundung", "des Jahres der Beurkundung", "der Beurkundung"},
    {"wahltag", "des Wahljahres", "dem Wahltag"},
    {"naechste_hauptwahl", "des Jahres der nächsten gleichartigen Wahl", "der nächsten gleichartigen Wahl"},
    {"ende_betreuung", "des Jahres, in dem die Betreuung endet", "dem Ende der Betreuung"},
    {"letzte_leistung", "des Jahres der letzten Zahlung oder Leistung", "der letzten Zahlung oder Leistung"},
    {"bestandskraft", "des Jahres, in dem der Bescheid bestandskräftig wurde",
     "der Bestandskraft des Bescheids"},
    {"ausserkrafttreten", "des Jahres, in dem die Regelung außer Kraft tritt",
     "dem Außerkrafttreten der Regelung"},
    {"abbruch", "des Jahres, in dem die bauliche Anlage weggefallen ist", "dem Wegfall der baulichen Anlage"},
    {"nutzungsende", "des Jahres, in dem das Nutzungsrecht endet", "dem Ende des Nutzungsrechts"},
    {"personalakte_abschluss", "des Jahres, in dem die Personalakte abgeschlossen wurde",
     "dem Abschluss der Personalakte"},
    {"absage", "des Jahres, in dem das Auswahlverfahren endet", "dem Zugang der Absage"},
    {"aufnahme", "des Jahres der Aufzeichnung", "dem Tag der Aufzeichnung"},
    {"stilllegung", "des Jahres, in dem der Betrieb eingestellt wurde", "der Einstellung des Betriebs"},
    {previous_stage, "des Jahres, in dem die vorige Stufe endet", "dem Ende der vorigen Stufe"},
}};

std::string of_the_year(const std::string& event) {
  const auto* const found = std::ranges::find(event_words, event, &EventWords::name);
  if (found == event_words.end()) return fmt::format("des Jahres, in das das Ereignis „{}“ fällt", event);
  return std::string(found->of_the_year);
}

std::string the_day(const std::string& event) {
  const auto* const found = std::ranges::find(event_words, event, &EventWords::name);
  if (found == event_words.end()) return fmt::format("dem Ereignis „{}“", event);
  return std::string(found->the_day);
}

/// Adds years and months, taking the last day of a month where the day is missing, and then days.
Date later(Date start, const RetentionPeriod& period) {
  Date date = start + years(period.years) + months(period.months);
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return Date(sys_days(date) + days(period.days));
}

Date end_of(const RetentionPeriod& period, Date start) {
  if (period.rounding == Rounding::end_of_year) start = start.year() / std::chrono::December / 31;
  return later(start, period);
}

std::string counted(int amount, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", std::abs(amount), std::abs(amount) == 1 ? one : many);
}

/// "2 Jahre und 6 Monate"; empty for nothing.
std::string length_of(const RetentionPeriod& period) {
  std::vector<std::string> parts;
  if (period.years != 0) parts.push_back(counted(period.years, "Jahr", "Jahre"));
  if (period.months != 0) parts.push_back(counted(period.months, "Monat", "Monate"));
  if (period.days != 0) parts.push_back(counted(period.days, "Tag", "Tage"));
  return fmt::format("{}", fmt::join(parts, " und "));
}

std::string describe_period(const RetentionPeriod& period) {
  const std::string length = length_of(period);
  const bool backwards = period.years < 0 || period.months < 0 || period.days < 0;
  if (period.rounding == Rounding::end_of_year) {
    if (length.empty()) return fmt::format("bis Ende {}", of_the_year(period.start_event));
    return fmt::format("{} {} Ende {}", length, backwards ? "vor" : "ab", of_the_year(period.start_event));
  }
  if (length.empty()) {
    const std::string day = the_day(period.start_event);
    if (day.starts_with("dem ")) return "bis zum " + day.substr(4);
    if (day.starts_with("der ")) return "bis zur " + day.substr(4);
    return "bis zu " + day;
  }
  if (backwards) return fmt::format("bis {} vor {}", length, the_day(period.start_event));
  return fmt::format("{} ab {}", length, the_day(period.start_event));
}

/// A stage that follows another: where it starts is clear.
std::string describe_stage(const RetentionPeriod& period) {
  if (period.start_event == previous_stage) return "danach weitere " + length_of(period);
  return "danach " + describe_period(period);
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

std::set<std::string> start_events(const RetentionRule& rule) {
  std::set<std::string> events;
  for (const RetentionPeriod& period : rule.periods) {
    if (period.start_event != previous_stage) events.insert(period.start_event);
  }
  return events;
}

}  // namespace

RetentionEnd retention_end(const RetentionRule& rule, const Events& events, bool suspension_running) {
  RetentionEnd result;
  result.unlimited = rule.unlimited;
  if (rule.unlimited) return result;
  if (rule.periods.empty()) throw Error("a retention rule has no period");
  std::optional<Date> end;
  for (const RetentionPeriod& period : rule.periods) {
    std::optional<Date> start = end;
    if (period.start_event != previous_stage) {
      const auto event = events.find(period.start_event);
      if (event == events.end()) {
        add_once(result.open_events, period.start_event);
        continue;
      }
      start = event->second;
    }
    if (!start) continue;  // the stage before waits for its event
    const Date period_end = end_of(period, *start);
    const bool latest = rule.combination == RetentionRule::Combination::latest;
    end = latest && end ? std::max(*end, period_end) : period_end;
  }
  if (suspension_running) add_once(result.open_events, rule.suspension);
  if (!result.open_events.empty()) return result;
  const auto suspended = events.find(rule.suspension);
  result.end = end && suspended != events.end() ? std::max(*end, suspended->second) : end;
  return result;
}

RetentionEnd retention_end(const RetentionRule& rule, std::span<const EarlierRule> earlier,
                           const Events& events, bool suspension_running) {
  for (std::size_t i = 0; i < earlier.size(); ++i) {
    RetentionEnd ended = retention_end(earlier[i].rule, events, suspension_running);
    if (!ended.end || *ended.end >= earlier[i].reference_day) continue;
    ended.by_earlier = i;
    return ended;
  }
  return retention_end(rule, events, suspension_running);
}

bool access_locked_on(const RetentionRule& rule, const Events& events, Date day) {
  if (rule.combination != RetentionRule::Combination::stages) return false;
  RetentionRule until_now = rule;
  until_now.periods.clear();
  until_now.suspension.clear();
  for (const RetentionPeriod& period : rule.periods) {
    const std::optional<Date> before =
        until_now.periods.empty() ? std::nullopt : retention_end(until_now, events).end;
    until_now.periods.push_back(period);
    const RetentionEnd end = retention_end(until_now, events);
    if (!end.end) return false;
    if (day <= *end.end) return period.access_locked && (!before || day > *before);
  }
  return !rule.periods.empty() && rule.periods.back().access_locked;
}

bool may_end_earlier(const RetentionRule& before, const RetentionRule& after) {
  using Kind = RetentionRule::Kind;
  if (after.unlimited) return false;
  if (before.unlimited) return true;
  if (before.kind == Kind::minimum && after.kind != Kind::minimum) return true;
  if (!before.suspension.empty() && after.suspension != before.suspension) return true;
  const std::set<std::string> waits_for = start_events(after);
  if (start_events(before) != waits_for) return true;
  // Rules of the same events differ by whole years, months and days and by what is rounded: whether one ends
  // before the other shows on days around the ends of months, years and leap years, and on how far the events
  // of a combination lie apart.
  const Date first{std::chrono::year(2019), std::chrono::December, std::chrono::day(28)};
  constexpr int apart[] = {0, 1, 40, 400, 4000, 40000};
  for (int offset = 0; offset < 5 * 366; ++offset) {
    for (const int distance : apart) {
      for (const bool backwards : {false, true}) {
        Events events;
        int steps = 0;
        for (const std::string& event : waits_for) {
          events[event] = Date(sys_days(first) + days(offset + (backwards ? -1 : 1) * distance * steps++));
        }
        if (*retention_end(after, events).end < *retention_end(before, events).end) return true;
      }
      if (waits_for.size() < 2) break;
    }
  }
  return false;
}

std::string describe(const RetentionRule& rule) {
  if (rule.unlimited) return "Dauernd aufzubewahren";
  std::string sentence;
  if (rule.kind == RetentionRule::Kind::maximum) sentence = "höchstens ";
  if (rule.kind == RetentionRule::Kind::fixed) sentence = "genau ";
  for (std::size_t i = 0; i < rule.periods.size(); ++i) {
    if (i == 0) {
      sentence += describe_period(rule.periods[i]);
    } else if (rule.combination == RetentionRule::Combination::stages) {
      sentence += ", " + describe_stage(rule.periods[i]);
    } else {
      sentence += ", mindestens jedoch " + describe_period(rule.periods[i]);
    }
  }
  if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z')
    sentence[0] = static_cast<char>(sentence[0] - 32);
  return sentence;
}

}  // namespace eakte::archive
