#include "archive/catalogue/retention_terms.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace eakte::archive {
namespace {

constexpr std::array<std::string_view, 3> events_of_the_document{"rechnung_ausgestellt", "beleg_entstanden",
                                                                 "aufnahme"};

/// What has to happen so that a period begins, after "die Frist beginnt, ".
struct Waiting {
  std::string_view event;
  std::string_view clause;
};

constexpr std::array<Waiting, 22> waiting{{
    {"zdA", "wenn der Vorgang geschlossen wird"},
    {"beleg_entstanden", "wenn das Datum des Belegs feststeht"},
    {"rechnung_ausgestellt", "wenn das Rechnungsdatum feststeht"},
    {"abschluss_festgestellt", "wenn der Jahresabschluss festgestellt ist"},
    {"vertragsende", "wenn das Ende des Vertrags eingetragen ist"},
    {"zuschlag", "wenn der Tag des Zuschlags eingetragen ist"},
    {"ausweis_ungueltig", "wenn der Ablauf der Gültigkeit des Ausweisdokuments eingetragen ist"},
    {"wegzug_tod", "wenn Wegzug oder Tod der Person eingetragen ist"},
    {"geburt_kind", "wenn das Geburtsdatum des Kindes eingetragen ist"},
    {"beurkundung", "wenn der Tag der Beurkundung eingetragen ist"},
    {"wahltag", "wenn der Wahltag eingetragen ist"},
    {"naechste_hauptwahl", "wenn der Tag der nächsten gleichartigen Wahl feststeht"},
    {"ende_betreuung", "wenn das Ende der Betreuung eingetragen ist"},
    {"letzte_leistung", "wenn die letzte Zahlung oder Leistung eingetragen ist"},
    {"bestandskraft", "wenn der Bescheid bestandskräftig ist"},
    {"ausserkrafttreten", "wenn die Regelung außer Kraft tritt"},
    {"abbruch", "wenn der Wegfall der baulichen Anlage eingetragen ist"},
    {"nutzungsende", "wenn das Ende des Nutzungsrechts eingetragen ist"},
    {"personalakte_abschluss", "wenn die Personalakte abgeschlossen ist"},
    {"absage", "wenn der Zugang der Absage eingetragen ist"},
    {"aufnahme", "wenn der Tag der Aufzeichnung feststeht"},
    {"stilllegung", "wenn die Einstellung des Betriebs eingetragen ist"},
}};

std::string clause_for(const std::string& event) {
  const auto* const found = std::ranges::find(waiting, event, &Waiting::event);
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
    for (const std::string_view event : events_of_the_document) events.emplace(event, *document_date);
  }
  const RetentionEnd result = retention_end(entry->retention, events);
  RetentionTerms terms{result.end, result.unlimited, describe(entry->retention)};
  if (result.end) terms.sentence += fmt::format("; aufzubewahren bis {}", to_german(*result.end));
  if (!result.open_events.empty())
    terms.sentence += "; " + what_is_open(entry->retention, result.open_events);
  return terms;
}

}  // namespace eakte::archive
