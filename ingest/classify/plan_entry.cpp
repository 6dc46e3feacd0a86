#include "ingest/classify/plan_entry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

/// The beginning of a word long enough to carry its meaning: "Hundesteuer" and "Hundesteuersatzung" share
/// theirs.
std::string stem_of(const std::string& word) {
  return word.substr(0, std::max<std::size_t>(6, word.size() * 3 / 4));
}

bool is_telling(const std::string& word) {
  static constexpr std::array<std::string_view, 24> kEmpty{
      "sowie",     "ubrige",     "sonstige", "innere",     "nicht",       "inkl",
      "stadt",     "antrage",    "anzeige",  "allgemeine", "offentlich",  "sachen",
      "wesen",     "unterlagen", "personen", "leistungen", "genehmigung", "betrieb",
      "verfahren", "dienst",     "prufung",  "vorlagen",   "einladungen", "niederschriften"};
  return word.size() >= 5 && std::find(kEmpty.begin(), kEmpty.end(), word) == kEmpty.end();
}

/// In how many entries' titles a stem occurs; one that occurs everywhere tells nothing.
std::map<std::string, int> stem_counts(const archive::FilePlan& plan) {
  std::map<std::string, int> counts;
  for (const archive::FilePlanEntry& entry : plan.entries) {
    if (!entry.takes_folders) continue;
    std::set<std::string> stems;
    for (const std::string& word : folded_words(entry.title)) {
      if (is_telling(word)) stems.insert(stem_of(word));
    }
    for (const std::string& stem : stems) ++counts[stem];
  }
  return counts;
}

/// The words of a text without names of streets and labels of forms, which would suggest markets and births.
std::vector<std::string> telling_words(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kPlaces{"platz", "strasse", "weg",  "gasse",
                                                           "allee", "ring",    "damm", "graben"};
  std::vector<std::string> words = folded_words(text);
  std::erase_if(words, [](const std::string& word) {
    const auto ends = [&](std::string_view place) {
      return word.size() > place.size() && word.ends_with(place);
    };
    return std::any_of(kPlaces.begin(), kPlaces.end(), ends) || word.starts_with("geburts");
  });
  return words;
}

struct Clue {
  double weight = 0;
  std::string reason;
};

/// The part of `words` that starts with or holds the stem.
bool holds(const std::vector<std::string>& words, const std::string& stem) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return word.starts_with(stem) || (stem.size() >= 6 && word.find(stem) != std::string::npos);
  });
}

Clue by_words(const archive::FilePlanEntry& entry, const std::map<std::string, int>& counts,
              const std::vector<std::string>& headline, const std::vector<std::string>& text) {
  Clue clue;
  std::set<std::string> seen;
  for (const std::string& word : folded_words(entry.title)) {
    if (!is_telling(word) || !seen.insert(stem_of(word)).second) continue;
    const double rarity = 1.0 / counts.at(stem_of(word));
    const bool in_headline = holds(headline, stem_of(word));
    if (!in_headline && !holds(text, stem_of(word))) continue;
    clue.weight += rarity * (in_headline ? 1.6 : 0.8);
    clue.reason += (clue.reason.empty() ? "Wörter „" : ", ") + word;
  }
  clue.weight = std::min(clue.weight, 3.0);
  if (!clue.reason.empty()) clue.reason += "“";
  return clue;
}

Clue by_type(const archive::FilePlanEntry& entry, const std::vector<Finding>& types) {
  Clue clue;
  for (const Finding& type : types) {
    if (std::find(entry.document_types.begin(), entry.document_types.end(), type.value) ==
        entry.document_types.end())
      continue;
    const double weight = 5.0 * type.confidence;
    if (weight > clue.weight) clue = {weight, "Dokumenttyp " + type.value};
  }
  return clue;
}

Clue by_reference(const archive::FilePlanEntry& entry, const std::vector<Finding>& references) {
  for (const Finding& reference : references) {
    const std::string_view value = reference.value;
    const bool whole =
        value.starts_with(entry.number) &&
        (value.size() == entry.number.size() ||
         std::string_view("0123456789.").find(value[entry.number.size()]) == std::string_view::npos);
    if (whole) return {3.0 * reference.confidence, "Zeichen " + reference.value};
  }
  return {};
}

}  // namespace

std::vector<Finding> plan_entries_for(const FilingClues& clues, const archive::FilePlan& plan) {
  constexpr double kNothing = 2.2;  // what "none of these" weighs
  const std::map<std::string, int> counts = stem_counts(plan);
  const std::vector<std::string> headline = telling_words(clues.headline);
  const std::vector<std::string> text = telling_words(std::string_view(clues.text).substr(0, 20'000));
  std::vector<Finding> entries;
  double sum = std::exp(kNothing);
  for (const archive::FilePlanEntry& entry : plan.entries) {
    if (!entry.takes_folders) continue;
    const Clue type = by_type(entry, clues.types);
    const Clue reference = by_reference(entry, clues.references);
    const Clue words = by_words(entry, counts, headline, text);
    const double weight = type.weight + reference.weight + words.weight;
    if (weight <= 0) continue;
    std::string reason;
    for (const Clue* clue : {&type, &reference, &words}) {
      if (!clue->reason.empty()) reason += (reason.empty() ? "" : "; ") + clue->reason;
    }
    entries.push_back({entry.number, std::exp(weight), std::move(reason)});
    sum += entries.back().confidence;
  }
  for (Finding& entry : entries) entry.confidence /= sum;
  rank(entries);
  return entries;
}

std::vector<Finding> weighed_entries(std::vector<Finding> found, const std::vector<Finding>& learned,
                                     const archive::FilePlan& plan) {
  constexpr double kAgreement = 0.8;      // how far the two ways of seeing it are independent
  constexpr double kContradiction = 0.5;  // how much a sure contradiction takes away
  constexpr std::size_t kMost = 3;
  std::vector<Finding> known;
  for (const Finding& one : learned) {
    const archive::FilePlanEntry* entry = plan.find(one.value);
    if (entry != nullptr && entry->takes_folders && known.size() < kMost) known.push_back(one);
  }
  if (known.empty()) return found;
  const double best_found = found.empty() ? 0 : found[0].confidence;
  const double best_known = known[0].confidence;
  for (Finding& finding : found) {
    const auto same = std::find_if(known.begin(), known.end(),
                                   [&](const Finding& one) { return one.value == finding.value; });
    if (same == known.end()) {
      finding.confidence *= 1 - kContradiction * best_known;
      continue;
    }
    finding.confidence = 1 - (1 - finding.confidence) * (1 - kAgreement * same->confidence);
    finding.reason += "; " + same->reason;
    known.erase(same);
  }
  for (Finding& one : known) {
    one.confidence *= 1 - kContradiction * best_found;
    found.push_back(std::move(one));
  }
  rank(found);
  return found;
}

}  // namespace eakte::ingest
