#include "ocr/languages.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

#include "ocr/error.h"

namespace eakte::ocr {
namespace {

constexpr double well_read = 0.85;   // so sure a reading is not in the wrong script
constexpr double sure_script = 0.5;  // OSD's measure; a wrong script mostly gets less
constexpr int least_evidence = 5;    // function words before a language is believed
constexpr double clear_majority = 0.6;
constexpr double better_script = 0.05;  // by which confidence must rise
constexpr int least_slips = 3;          // a typing error is not three different words
constexpr double fraktur_doubt =
    0.02;  // by which it may fall when the slips are gone: a long s is a hard letter

struct FunctionWords {
  const char* language;
  std::vector<const char*> words;
};

/// Frequent words of each language that are none of the others', without marks, at least two letters.
const std::vector<FunctionWords>& function_words() {
  static const std::vector<FunctionWords> all{
      {"deu",
       {"der", "das",  "und",   "ist",  "nicht",  "mit",  "von",   "zu",   "den",  "dem",  "fur", "auf",
        "ein", "eine", "einer", "wird", "werden", "oder", "bei",   "nach", "uber", "auch", "als", "sie",
        "ich", "wir",  "zum",   "zur",  "durch",  "sind", "haben", "sich", "ihre", "ihr",  "aus", "vom"}},
      {"eng",
       {"the",  "of",   "and",   "to",  "is",   "that", "for", "with", "are", "this", "not", "be",  "by",
        "from", "have", "which", "you", "your", "it",   "as",  "will", "has", "been", "or",  "any", "were"}},
      {"fra", {"le",  "la",   "les",  "et",   "est", "une", "dans",  "pour",  "que",   "qui", "sur",
               "par", "avec", "vous", "nous", "au",  "aux", "cette", "votre", "sont",  "il",  "elle",
               "pas", "vos",  "leur", "ces",  "ont", "nos", "mais",  "afin",  "selon", "lors"}},
      {"pol", {"na",   "nie", "sie",  "jest", "oraz",   "przez", "dla",   "od",      "po",     "ze",
               "jak",  "lub", "przy", "pod",  "tego",   "ktore", "ktory", "ktora",   "roku",   "zgodnie",
               "moze", "byc", "pana", "pani", "nalezy", "sa",    "takze", "ktorych", "prosze", "tym"}},
      {"tur", {"ve",    "bir",   "bu",    "icin",       "ile",  "olarak",     "olan",  "gibi",  "olup",
               "kadar", "sonra", "veya",  "tarafindan", "gore", "her",        "ise",   "daha",  "degil",
               "uzere", "ancak", "sayin", "tarihli",    "olan", "edilmistir", "olmak", "ilgili"}}};
  return all;
}

/// Lower case, marks gone, letters with strokes and without dots as their plain ones: "Łódź" is "lodz".
std::string folded(const icu::UnicodeString& word) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decomposer = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString lower(word);
  lower.toLower(icu::Locale::getEnglish());
  const icu::UnicodeString apart = decomposer->normalize(lower, status);
  std::string letters;
  for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const UChar32 c = apart.char32At(i);
    if (c >= 'a' && c <= 'z') letters += static_cast<char>(c);
    if (c == 0x142) letters += 'l';  // ł
    if (c == 0x131) letters += 'i';  // ı
  }
  return letters;
}

std::vector<std::string> folded_words(std::string_view text) {
  const icu::UnicodeString all =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  std::vector<std::string> words;
  icu::UnicodeString word;
  const auto end_word = [&] {
    if (!word.isEmpty()) words.push_back(folded(word));
    word.remove();
  };
  for (int32_t i = 0; i < all.length(); i = all.moveIndex32(i, 1)) {
    const UChar32 c = all.char32At(i);
    if (u_isalpha(c) || u_charType(c) == U_NON_SPACING_MARK) {
      word.append(c);
    } else {
      end_word();
    }
  }
  end_word();
  return words;
}

/// Function words that more than one language has speak for none.
const std::map<std::string, std::string>& language_by_word() {
  static const std::map<std::string, std::string> words = [] {
    std::map<std::string, std::string> found;
    std::set<std::string> shared;
    for (const FunctionWords& language : function_words()) {
      for (const char* word : language.words) {
        const auto [place, is_new] = found.emplace(word, language.language);
        if (!is_new && place->second != language.language) shared.insert(word);
      }
    }
    for (const std::string& word : shared) found.erase(word);
    return found;
  }();
  return words;
}

/// Tesseract's languages for a script as OSD names it; "" for Latin and what there is no model for.
std::string languages_of_script(std::string_view script) {
  if (script == "Cyrillic") return "ukr+rus";
  if (script == "Arabic") return "ara";
  if (script == "Fraktur") return "frk";
  return {};
}

/// Words that models for roman type make of Fraktur, whose long s looks like an f; distinct ones.
int fraktur_slips(const std::string& text) {
  static const std::set<std::string> slips{"ift",    "ilt",    "fich",   "fie",      "find",   "foll",
                                           "follen", "follte", "fein",   "feine",    "feinen", "feiner",
                                           "feines", "fo",     "fehr",   "fowie",    "diefe",  "diefer",
                                           "diefem", "diefen", "diefes", "dielem",   "dielen", "dieles",
                                           "deffen", "laffen", "muffen", "zwifchen", "felbft", "befonders"};
  std::set<std::string> seen;
  for (const std::string& word : folded_words(text)) {
    if (slips.contains(word)) seen.insert(word);
  }
  return static_cast<int>(seen.size());
}

bool is_usual(std::string_view language) {
  return language.empty() || language == "deu" || language == "eng";
}

/// What a page should be read in beside the usual languages, and how sure that is; "" when it should not.
LanguageGuess other_language(Recognizer& usual, const PageImage& received, const ReadPage& first) {
  if (first.blank) return {};
  const std::string text = plain_text(first.text);
  const LanguageGuess guess = guess_language(text);
  if (!is_usual(guess.language)) return guess;
  if (guess.language == "deu" && fraktur_slips(text) >= least_slips) return {"frk", guess.confidence};
  if (first.text.confidence >= well_read || !guess.language.empty()) return {};
  const std::optional<Orientation> seen = usual.detect_orientation(turned(received, first.quarter_turns));
  if (!seen || seen->script_confidence < sure_script) return {};
  return {languages_of_script(seen->script), std::min(1.0, seen->script_confidence / 10)};
}

/// Words have told a language already; Fraktur is proven by what is no longer misread, another script by a
/// surer reading.
bool is_better(const ReadPage& first, const ReadPage& second, const std::string& language) {
  const std::string text = plain_text(first.text);
  const int slips = fraktur_slips(text);
  if (language == "frk" && slips >= least_slips)
    return second.text.confidence >= first.text.confidence - fraktur_doubt &&
           2 * fraktur_slips(plain_text(second.text)) <= slips;
  const double gain = guess_language(text).language == language ? 0 : better_script;
  return second.text.confidence >= first.text.confidence + gain;
}

}  // namespace

LanguageGuess guess_language(std::string_view text) {
  std::map<std::string, int> found;
  int all = 0;
  for (const std::string& word : folded_words(text)) {
    const auto known = language_by_word().find(word);
    if (known == language_by_word().end()) continue;
    ++found[known->second];
    ++all;
  }
  LanguageGuess best;
  for (const auto& [language, count] : found) {
    const double share = static_cast<double>(count) / all;
    if (count >= least_evidence && share >= clear_majority && share > best.confidence)
      best = {language, share};
  }
  return best;
}

ReadPage read_page_in_its_language(const RecognizerFor& recognizers, const PageImage& received,
                                   const ReadOptions& options) {
  Recognizer* usual = recognizers(std::string(usual_languages));
  if (usual == nullptr) throw Error("the models of the usual languages are not installed");
  ReadPage page = read_page(*usual, received, options);
  const LanguageGuess other = other_language(*usual, received, page);
  if (other.language.empty()) return page;
  CleanupStep step{"language", false, other.confidence, {}};
  if (Recognizer* fitting = recognizers(other.language); fitting != nullptr) {
    ReadPage second = read_page(*fitting, received, options);
    step.applied = !second.blank && is_better(page, second, other.language);
    step.parameters[other.language] = second.text.confidence;
    if (step.applied) page = std::move(second);
  }
  page.steps.push_back(std::move(step));
  return page;
}

}  // namespace eakte::ocr
