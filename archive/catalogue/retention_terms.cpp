#include "archive/catalogue/retention_terms.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace eakte::archive {
namespace {

constexpr std::array<std::string_view, 3> document_events{"rechnung_ausgestellt", "beleg_entstanden",
                                                          "aufnahme"};

/// What has to happen so that a period begins, after "die Frist beginnt, ".
struct Waiting {
  std::string_view event;
  std::string_view noun;  ///< before "am 3.4.2025"
  std::string_view clause;
};

constexpr std::array<Waiting, 22> waiting{{
    {"zdA", "Schlussverfügung", "wenn der Vorgang geschlossen wird"},
    {"beleg_entstanden", "Beleg", "wenn das Datum des Belegs feststeht"},
    {"rechnung_ausgestellt", "Rechnungsdatum", "wenn das Rechnungsdatum feststeht"},
    {"abschluss_festgestellt", "Feststellung des Abschlusses", "wenn der Jahresabschluss festgestellt ist"},
    {"vertragsende", "Vertragsende", "wenn das Ende des Vertrags eingetragen ist"},
    {"zuschlag", "Zuschlag", "wenn der Tag des Zuschlags eingetragen ist"},
    {"ausweis_ungueltig", "Ablauf der Gültigkeit",
     "wenn der Ablauf der Gültigkeit des Ausweisdokuments eingetragen ist"},
    {"wegzug_tod", "Wegzug oder Tod", "wenn Wegzug oder Tod der Person eingetragen ist"},
    {"geburt_kind", "Geburt des Kindes", "wenn das Geburtsdatum des Kindes eingetragen ist"},
    {"beurkundung", "Beurkundung", "wenn der Tag der Beurkundung eingetragen ist"},
    {"wahltag", "Wahltag", "wenn der Wahltag eingetragen ist"},
    {"naechste_hauptwahl", "Nächste Wahl", "wenn der Tag der nächsten gleichartigen Wahl feststeht"},
    {"ende_betreuung", "Ende der Betreuung", "wenn das Ende der Betreuung eingetragen ist"},
    {"letzte_leistung", "Letzte Leistung", "wenn die letzte Zahlung oder Leistung eingetragen ist"},
    {"bestandskraft", "Bestandskraft", "wenn der Bescheid bestandskräftig ist"},
    {"ausserkrafttreten", "Außerkrafttreten", "wenn die Regelung außer Kraft tritt"},
    {"abbruch", "Wegfall der Anlage", "wenn der Wegfall der baulichen Anlage eingetragen ist"},
    {"nutzungsende", "Ende des Nutzungsrechts", "wenn das Ende des Nutzungsrechts eingetragen ist"},
    {"personalakte_abschluss", "Abschluss der Personalakte", "wenn die Personalakte abgeschlossen ist"},
    {"absage", "Absage", "wenn der Zugang der Absage eingetragen ist"},
    {"aufnahme", "Aufzeichnung", "wenn der Tag der Aufzeichnung feststeht"},
    {"stilllegung", "Einstellung des Betriebs", "wenn die Einstellung des Betriebs eingetragen ist"},
}};

std::string event_noun(const std::string& event) {
  const auto* const found = std::ranges::find(waiting, event, &Waiting::event);
  return found == waiting.end() ? event : std::string(found->noun);
}

std::string clause_for(const std::string& event) {
  const auto* const found = std::ranges::find(waiting, event, &Waiting::event);
  if (event == "festsetzungsfrist") return "wenn die Festsetzungsfrist abgelaufen ist";
  if (event == "wahlpruefung") return "wenn das Wahlprüfungsverfahren abgeschlossen ist";
  if (found == waiting.end()) return fmt::format("wenn das Ereignis „{}“ eingetragen ist", event);
  return std::string(found->clause);
}

/// "die Frist beginnt, wenn ...".
std::string what_is_open(const RetentionRule& rule, const std::vector<std::string>& events) {
  std::vector<std::string> clauses;
  clauses.reserve(events.size());
  for (const std::string& event : events) clauses.push_back(clause_for(event));
  const bool backwards = std::ranges::any_of(
      rule.periods, [](const RetentionPeriod& p) { return p.years < 0 || p.months < 0 || p.days < 0; });
  return fmt::format("{}, {}", backwards ? "das Ende steht fest" : "die Frist beginnt",
                     fmt::join(clauses, " und "));
}

}  // namespace

RetentionTerms retention_terms(const FilePlanEntry* entry, std::optional<Date> document_date) {
  if (entry == nullptr) {
    return {
        {},
        false,
        "Die Frist steht noch nicht fest: Das Dokument ist noch keinem Eintrag des Aktenplans zugeordnet."};
  }
  Events events;
  if (document_date) {
    for (const std::string_view event : document_events) events.emplace(event, *document_date);
  }
  const RetentionEnd result = retention_end(entry->retention, entry->earlier, events);
  const RetentionRule& rule = rule_that_decides(*entry, result);
  RetentionTerms terms{result.end, result.unlimited, describe(rule)};
  if (result.end) terms.sentence += fmt::format("; aufzubewahren bis {}", to_german(*result.end));
  if (!result.open_events.empty()) terms.sentence += "; " + what_is_open(rule, result.open_events);
  return terms;
}

std::span<const std::string_view> events_of_the_document() { return document_events; }

const RetentionRule& rule_that_decides(const FilePlanEntry& entry, const RetentionEnd& end) {
  return end.by_earlier ? entry.earlier.at(*end.by_earlier).rule : entry.retention;
}

std::string explain(const FilePlanEntry& entry, const Events& events, const RetentionEnd& end) {
  const RetentionRule& rule = rule_that_decides(entry, end);
  std::string sentence = describe(rule);
  std::vector<std::string> dates;
  for (const RetentionPeriod& period : rule.periods) {
    const auto event = events.find(period.start_event);
    if (event == events.end()) continue;
    const std::string date = fmt::format("{} am {}", event_noun(event->first), to_german(event->second));
    if (std::ranges::find(dates, date) == dates.end()) dates.push_back(date);
  }
  if (!dates.empty()) sentence += fmt::format(" ({})", fmt::join(dates, ", "));
  const bool limit = rule.kind == RetentionRule::Kind::maximum;
  if (end.end)
    sentence += fmt::format("; {} bis {}", limit ? "zu löschen" : "aufzubewahren", to_german(*end.end));
  if (!end.open_events.empty()) sentence += "; " + what_is_open(rule, end.open_events);
  if (end.by_earlier) {
    sentence += fmt::format("; die frühere Regel gilt, weil die Frist am Stichtag {} schon abgelaufen war",
                            to_german(entry.earlier[*end.by_earlier].reference_day));
  } else if (!entry.earlier.empty() && end.end) {
    sentence += fmt::format("; die Regel gilt für Fristen, die am Stichtag {} noch liefen",
                            to_german(entry.earlier.back().reference_day));
  }
  if (entry.limit) {
    const RetentionEnd gone = retention_end(*entry.limit, events);
    sentence += fmt::format("; Löschfrist: {}{}", describe(*entry.limit),
                            gone.end ? fmt::format(", zu löschen bis {}", to_german(*gone.end)) : "");
  }
  const std::string& basis = end.by_earlier ? entry.earlier[*end.by_earlier].legal_basis : entry.legal_basis;
  if (!basis.empty()) sentence += fmt::format(". Rechtsgrundlage: {}", basis);
  return sentence;
}

}  // namespace eakte::archive
