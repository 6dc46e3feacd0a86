#include "ingest/classify/document_type.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "ingest/classify/folding.h"
#include "ingest/classify/subject.h"

namespace eakte::ingest {
namespace {

/// Other ways to say a type: written, meant.
constexpr std::array<std::pair<std::string_view, std::string_view>, 30> kSynonyms{
    {{"Antrag Wohngeld", "Wohngeldantrag"},
     {"Antrag Mietzuschuss", "Wohngeldantrag"},
     {"Gewerbe Anmeldung", "Gewerbeanmeldung"},
     {"Gewerbe Abmeldung", "Gewerbeabmeldung"},
     {"Gewerbe Ummeldung", "Gewerbeummeldung"},
     {"Hundesteueranmeldung", "Anmeldung Hundesteuer"},
     {"Anmeldung Hund", "Anmeldung Hundesteuer"},
     {"Protokoll", "Niederschrift"},
     {"Sitzungsniederschrift", "Niederschrift"},
     {"Sitzungsprotokoll", "Niederschrift"},
     {"Beschlussvorlage", "Sitzungsvorlage"},
     {"Informationsvorlage", "Sitzungsvorlage"},
     {"Mitteilungsvorlage", "Sitzungsvorlage"},
     {"Zahlungserinnerung", "Mahnung"},
     {"Widerspruchsschreiben", "Widerspruch"},
     {"Antrag Baugenehmigung", "Bauantrag"},
     {"Antrag Erteilung Baugenehmigung", "Bauantrag"},
     {"Anhörung Betroffenen", "Anhörungsbogen"},
     {"Anhörung Ordnungswidrigkeitenverfahren", "Anhörungsbogen"},
     {"Anmeldung Betreuungsplatz", "Bedarfsanmeldung"},
     {"Anmeldung Kindertagesstätte", "Bedarfsanmeldung"},
     {"Invoice", "Rechnung"},
     {"Abschlagsrechnung", "Rechnung"},
     {"Schlussrechnung", "Rechnung"},
     {"Kündigungsschreiben", "Kündigung"},
     {"Ladung", "Einladung"},
     {"Nachweis Verwendung", "Verwendungsnachweis"},
     {"Kostenangebot", "Angebot"},
     {"Kostenvoranschlag", "Angebot"},
     {"Fällantrag", "Antrag Baumfällung"}}};

std::set<std::string> type_names(const archive::FilePlan& plan) {
  std::set<std::string> names;
  for (const archive::FilePlanEntry& entry : plan.entries)
    names.insert(entry.document_types.begin(), entry.document_types.end());
  return names;
}

/// Whether `word` is `wanted`, bent as German does: Kündigung(en), Antrag(s), Protokoll(e).
bool same_word(std::string_view word, std::string_view wanted) {
  if (word == wanted) return true;
  if (word.size() > wanted.size() && word.size() <= wanted.size() + 2 && word.starts_with(wanted)) {
    const std::string_view ending = word.substr(wanted.size());
    return ending == "s" || ending == "es" || ending == "e" || ending == "en" || ending == "n";
  }
  return wanted.size() >= 7 && nearly_equal(word, wanted, wanted.size() >= 12 ? 2 : 1);
}

/// The words of a line; parts joined by a hyphen also count as one ("Gewerbe-Anmeldung").
std::vector<std::string> words_of_line(std::string_view line) {
  std::string joined(line);
  std::erase(joined, '-');
  std::vector<std::string> words = folded_words(joined);
  // A bracket, a number and the like after the name do not matter: "Rechnung Nr. 4711".
  return words;
}

}  // namespace

double named_in(std::string_view line, std::string_view type) {
  const std::vector<std::string> words = words_of_line(line);
  const std::vector<std::string> wanted = folded_words(type);
  if (words.empty() || wanted.empty()) return 0;
  std::size_t next = 0, first = 0, last = 0;
  for (std::size_t i = 0; i < words.size() && next < wanted.size(); ++i) {
    if (!same_word(words[i], wanted[next])) continue;
    if (next == 0) first = i;
    last = i;
    ++next;
  }
  if (next < wanted.size() || last - first > wanted.size() + 4) return 0;
  if (words.size() == wanted.size()) return 1.0;
  const bool numbered =
      first == 0 && words.size() > last + 1 &&
      (words[last + 1] == "nr" || words[last + 1].find_first_not_of("0123456789") == std::string::npos);
  if (numbered) return 0.95;
  if (first == 0) return wanted.size() > 1 ? 0.92 : 0.85;
  return first <= 3 ? 0.6 : 0.45;
}

std::vector<Finding> named_types(const Layout& layout, const archive::FilePlan& plan,
                                 const std::string& subject) {
  struct Name {
    std::string written;
    std::string meant;
  };
  std::vector<Name> names;
  const std::set<std::string> known = type_names(plan);
  names.reserve(known.size() + kSynonyms.size());
  for (const std::string& name : known) names.push_back({name, name});
  for (const auto& [written, meant] : kSynonyms) names.push_back({std::string(written), std::string(meant)});
  std::vector<Finding> findings;
  const auto look = [&](const std::string& line, double weight, const std::string& where) {
    std::string reason = where;
    reason.append(" „").append(line).append("“");
    for (const Name& name : names) {
      const double fit = named_in(line, name.written);
      if (fit <= 0) continue;
      // Of two names that fit alike the longer says more.
      const double confidence = fit * weight + 0.002 * static_cast<double>(name.written.size());
      findings.push_back({name.meant, std::min(0.98, confidence), reason});
    }
  };
  for (const Segment& line : headlines_of(layout)) {
    const bool tall = line.height > 1.22 * layout.body_height;
    const bool address = line.top > 44 && line.bottom < 88 && line.left < 100 && !tall;
    if (!address) look(line.text, tall ? 0.96 : 0.82, "Überschrift");
  }
  if (!subject.empty()) look(subject, 0.9, "Betreff");
  rank(findings);
  // "Antrag auf Baumfällung" names "Antrag" too, but says more.
  const std::vector<Finding> all = findings;
  std::erase_if(findings, [&](const Finding& general) {
    return std::any_of(all.begin(), all.end(), [&](const Finding& special) {
      return special.value.starts_with(general.value + " ") && special.confidence > 0.85 * general.confidence;
    });
  });
  return findings;
}

}  // namespace eakte::ingest
