#include "ingest/classify/date_labels.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

/// These words alone make a label of the letter's date.
constexpr std::array<std::string_view, 22> kDateWords{"datum",
                                                      "date",
                                                      "rechnungsdatum",
                                                      "belegdatum",
                                                      "briefdatum",
                                                      "bescheiddatum",
                                                      "angebotsdatum",
                                                      "dokumentdatum",
                                                      "ausstellungsdatum",
                                                      "erstellungsdatum",
                                                      "ausstelldatum",
                                                      "schreibdatum",
                                                      "erstelldatum",
                                                      "dated",
                                                      "gesendet",
                                                      "sent",
                                                      "ausgestellt",
                                                      "rechnungsdatum",
                                                      "gutschriftsdatum",
                                                      "mahndatum",
                                                      "erstellt",
                                                      "absendedatum"};

/// These may stand beside them without changing the meaning.
constexpr std::array<std::string_view, 32> kBeside{"ort",          "place",
                                                   "den",          "am",
                                                   "vom",          "of",
                                                   "des",          "der",
                                                   "schreibens",   "bescheids",
                                                   "bescheides",   "rechnung",
                                                   "rechnungs",    "rg",
                                                   "re",           "rechn",
                                                   "beleg",        "ausstellung",
                                                   "brief",        "invoice",
                                                   "issue",        "letter",
                                                   "on",           "liefer",
                                                   "lieferdatum",  "leistungsdatum",
                                                   "unterschrift", "unterschriften",
                                                   "dokument",     "document",
                                                   "the",          "bill"};

constexpr std::array<std::string_view, 28> kWeekdays{
    "montag",  "dienstag", "mittwoch", "donnerstag", "freitag",  "samstag", "sonnabend",
    "sonntag", "monday",   "tuesday",  "wednesday",  "thursday", "friday",  "saturday",
    "sunday",  "mo",       "di",       "mi",         "do",       "fr",      "sa",
    "so",      "mon",      "tue",      "wed",        "thu",      "fri",     "sun"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Also with a misread letter; short words have no letter to spare.
template <std::size_t N>
bool is_nearly_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view wanted) {
    return word == wanted || (wanted.size() >= 5 && word != "daten" && nearly_equal(word, wanted, 1));
  });
}

constexpr std::array<std::string_view, 52> kOther{"geboren",
                                                  "geb.",
                                                  "geb",
                                                  "geboren am",
                                                  "geb. am",
                                                  "geburtstag",
                                                  "bis",
                                                  "bis zum",
                                                  "bis spatestens",
                                                  "spatestens",
                                                  "spatestens am",
                                                  "zum",
                                                  "ab",
                                                  "ab dem",
                                                  "seit",
                                                  "seit dem",
                                                  "fallig am",
                                                  "fallig",
                                                  "falligkeit",
                                                  "faellig",
                                                  "zeitraum",
                                                  "eingang",
                                                  "eingegangen",
                                                  "eingegangen am",
                                                  "eingang am",
                                                  "erhalten am",
                                                  "posteingang",
                                                  "termin",
                                                  "sitzung am",
                                                  "sitzung",
                                                  "stand",
                                                  "stand:",
                                                  "ausdruck",
                                                  "gedruckt am",
                                                  "druck",
                                                  "due",
                                                  "due by",
                                                  "due on",
                                                  "von",
                                                  "vom",
                                                  "born",
                                                  "born on",
                                                  "birth",
                                                  "received",
                                                  "received on",
                                                  "until",
                                                  "by",
                                                  "from",
                                                  "on or before",
                                                  "gultig",
                                                  "gultig ab",
                                                  "inkrafttreten"};

bool ends_with_word(std::string_view text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  const std::size_t at = text.size() - word.size();
  return at == 0 || text[at - 1] == ' ' || text[at - 1] == '(' || text[at - 1] == '/' || text[at - 1] == ',';
}

/// Bodies and events that stand before a comma and a date as places do.
bool is_no_place(std::string_view name) {
  static constexpr std::array<std::string_view, 16> kEndings{
      "ausschuss", "rat",      "sitzung", "versammlung", "vorstand", "beirat", "kommission", "termin",
      "nr",        "betrifft", "betreff", "zeichen",     "uhr",      "anlage", "seite",      "fassung"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view e) { return name.ends_with(e); });
}

}  // namespace

bool names_letter_date(std::string_view folded_text) {
  if (folded_text.size() > 60) return false;
  const std::vector<std::string> words = folded_words(folded_text);
  if (words.empty() || words.size() > 6) return false;
  bool key = false;
  for (const std::string& word : words) {
    if (is_nearly_one_of(word, kDateWords)) {
      key = true;
    } else if (!is_one_of(word, kBeside) && !is_one_of(word, kWeekdays)) {
      return false;
    }
  }
  // "Rechnungs-/Lieferdatum"
  if (words[0] == "rechnungs" && words.back().ends_with("datum")) key = true;
  // "Datum vom" names a date that is answered, as "Schreiben vom" does.
  return key && words.back() != "vom";
}

bool names_other_date(std::string_view folded_text) {
  const std::string_view text = trimmed(folded_text, " :;,(.");
  if (text.empty()) return false;
  if (names_letter_date(text)) return false;
  if (std::any_of(kOther.begin(), kOther.end(), [&](std::string_view w) { return ends_with_word(text, w); }))
    return true;
  const std::vector<std::string> words = folded_words(text);
  if (words.empty()) return false;
  const std::string& last = words.back();
  static constexpr std::array<std::string_view, 10> kEndings{"datum", "frist", "zeitraum", "termin", "tag",
                                                             "stand", "zeit",  "schluss",  "beginn", "ende"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view e) { return last.ends_with(e); }) ||
         text.find("geburt") != std::string_view::npos || text.find("birth") != std::string_view::npos;
}

PlaceOfWriting place_of_writing(std::string_view folded_before) {
  PlaceOfWriting place;
  std::string_view text = trimmed(folded_before, " ");
  if (ends_with_word(text, "den")) {
    place.den = true;
    text = trimmed(text.substr(0, text.size() - 3), " ");
  }
  const bool separated = text.ends_with(',') || text.ends_with('.');
  text = trimmed(text, " ,.");
  if (!separated && !place.den) return {};
  // "den 18.02.2026" alone is dated too; the place stands in the letterhead.
  if (text.empty()) return place.den ? PlaceOfWriting{true, true, {}} : PlaceOfWriting{};
  if (text.size() > 6 && text[5] == ' ' && text.find_first_not_of("0123456789") == 5) text.remove_prefix(6);
  const std::vector<std::string> words = folded_words(text);
  place.found = !words.empty() && words.size() <= 4 && text.size() >= 3 &&
                text.find_first_of("0123456789:;?") == std::string_view::npos &&
                !is_one_of(words.back(), kWeekdays) && !is_no_place(words.back());
  place.name = text;
  return place.found ? place : PlaceOfWriting{};
}

bool is_stamp(const Segment& segment, double body_height) {
  static constexpr std::array<std::string_view, 18> kWords{
      "eingegangen",  "eingang",  "eing",    "posteingang", "eingangsstempel", "received",
      "empfangen",    "sachlich", "gebucht", "bezahlt",     "erledigt",        "angewiesen",
      "festgestellt", "gepruft",  "paid",    "poststelle",  "entwertet",       "rechnerisch"};
  const std::vector<std::string> words = folded_words(segment.text);
  if (words.size() > (segment.height < 1.15 * body_height ? 4U : 6U)) return false;
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return is_one_of(word, kWords) || nearly_equal(word, "eingegangen", 3) ||
           nearly_equal(word, "received", 1) || nearly_equal(word, "posteingang", 2) ||
           nearly_equal(word, "sachlich", 1);
  });
}

}  // namespace eakte::ingest
