#include "ingest/classify/identity_document.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string_view>

#include "index/identity_lock.h"
#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

using Flags = std::vector<bool>;  // one for each word of the page: take it out

/// The words of each line, from left to right.
std::map<int, std::vector<std::size_t>> lines_of(const ocr::PageText& page) {
  std::map<int, std::vector<std::size_t>> lines;
  for (std::size_t i = 0; i < page.words.size(); ++i) lines[page.words[i].line].push_back(i);
  for (auto& [number, line] : lines) {
    std::stable_sort(line.begin(), line.end(), [&](std::size_t a, std::size_t b) {
      return page.words[a].box.left < page.words[b].box.left;
    });
  }
  return lines;
}

/// Without blanks; the quotation mark that readers make of "<<" put back.
std::string compact(std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line.substr(i).starts_with("\u00AB")) {
      text += "<<";
      ++i;
    } else if (line[i] != ' ') {
      text += line[i];
    }
  }
  return text;
}

/// A zone with misread letters: mostly capitals, digits and fillers, in few words, with several fillers or,
/// within a word, a long run of what readers take them for.
bool resembles_zone(std::string_view line) {
  const std::string text = compact(line);
  if (text.size() < 24 || text.size() > 50 || tokens_of(line).size() > 4) return false;
  std::size_t fitting = 0, fillers = 0;
  for (const char c : text) {
    fitting += (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '<' ? 1 : 0;
    fillers += c == '<' ? 1 : 0;
  }
  std::size_t run = 0, longest = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool filler = std::string_view("<KCLSE").find(line[i]) != std::string_view::npos;
    run = filler && i > 0 && line[i - 1] == line[i] ? run + 1 : 1;
    longest = std::max(longest, run);
  }
  return fitting * 100 >= text.size() * 85 && (fillers >= 4 || longest >= 6);
}

/// Flags the words of zone lines; returns how many lines there are.
int flag_zone(const ocr::PageText& page, Flags& flags) {
  int zones = 0;
  for (const auto& [number, line] : lines_of(page)) {
    std::string text;
    std::vector<std::size_t> starts;
    for (const std::size_t word : line) {
      if (!text.empty()) text += ' ';
      starts.push_back(text.size());
      text += page.words[word].text;
    }
    const std::string open =
        resembles_zone(text) ? std::string(text.size(), ' ') : index::without_identity_numbers(text, {});
    if (open == text) continue;
    ++zones;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::size_t length = page.words[line[i]].text.size();
      if (open.compare(starts[i], length, text, starts[i], length) != 0) flags[line[i]] = true;
    }
  }
  return zones;
}

/// Letters and digits in capitals; O read for 0 does not matter here.
std::string bare(std::string_view word) {
  std::string text;
  for (const char c : word) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      text += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return text;
}

/// Nine characters, perhaps with a check digit and nationality behind; older cards have digits only.
bool is_serial_like(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return text.size() >= 8 && text.size() <= 12 && digits >= 2;
}

bool names_document(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kNames{
      "ausweis", "reisepass", "passport", "seriennummer", "identity", "dokumenten", "passnummer"};
  return word == "pass" || word == "id" || std::any_of(kNames.begin(), kNames.end(), [&](std::string_view n) {
           return word.find(n) != std::string_view::npos;
         });
}

bool names_number(std::string_view word) {
  return word == "nr" || word == "no" || word == "number" || word.ends_with("nummer") || word.ends_with("nr");
}

/// The place behind "Ausweisnummer:", "Personalausweis Nr.", "Passport No." in a line's words; 0 if there is
/// no such label.
std::size_t behind_label(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!names_document(words[i])) continue;
    if (names_number(words[i])) return i + 1;
    for (std::size_t j = i + 1; j < words.size() && j <= i + 3; ++j) {
      if (names_number(words[j])) return j + 1;
    }
  }
  return 0;
}

void flag_behind_label(const ocr::PageText& page, const std::vector<std::size_t>& line, std::size_t from,
                       Flags& flags) {
  std::string value;
  std::vector<std::size_t> parts;
  for (std::size_t i = from; i < line.size() && i < from + 4 && value.size() < 9; ++i) {
    const std::string piece = bare(page.words[line[i]].text);
    if (piece.empty()) continue;
    if (!value.empty() && is_serial_like(value)) break;
    value += piece;
    parts.push_back(line[i]);
    if (is_serial_like(piece)) parts = {line[i]}, value = piece;
  }
  if (!is_serial_like(value)) return;
  for (const std::size_t part : parts) flags[part] = true;
}

/// The value of a form's cell stands below its label.
void flag_below_label(const ocr::PageText& page, const ocr::Box& label, Flags& flags) {
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    const ocr::Box& box = page.words[i].box;
    const int gap = box.top - (label.top + label.height);
    if (gap > -label.height / 2 && gap < 4 * label.height &&
        box.left < label.left + label.width + 2 * label.height &&
        box.left + box.width > label.left - label.height && is_serial_like(bare(page.words[i].text)))
      flags[i] = true;
  }
}

void flag_labelled(const ocr::PageText& page, Flags& flags) {
  for (const auto& [number, line] : lines_of(page)) {
    std::vector<std::string> words;
    for (const std::size_t word : line) {
      std::string text;
      for (const std::string& piece : folded_words(page.words[word].text)) text += piece;
      words.push_back(std::move(text));
    }
    const std::size_t from = behind_label(words);
    if (from == 0) continue;
    flag_behind_label(page, line, from, flags);
    flag_below_label(page, page.words[line[from - 1]].box, flags);
  }
}

/// On a card any word of its serial number's form is withheld.
void flag_serials(const ocr::PageText& page, Flags& flags) {
  const std::vector<std::string> locks{"seriennummer"};
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    const std::string& text = page.words[i].text;
    if (index::without_identity_numbers(text, locks) != text) flags[i] = true;
  }
}

/// The captions a card bears in three languages; a form in German has not got them.
bool has_card_captions(const ocr::PageText& page) {
  if (page.words.size() > 250) return false;
  std::string text;
  for (const ocr::Word& word : page.words) text += folded(word.text) + ' ';
  static constexpr std::array<std::string_view, 6> kTitles{
      "personalausweis", "reisepass", "identity card", "passport", "aufenthaltstitel", "residence permit"};
  static constexpr std::array<std::string_view, 10> kCaptions{
      "surname",        "given names", "nationality",       "date of birth", "place of birth",
      "date of expiry", "nationalite", "date d'expiration", "prenoms",       "federal republic of germany"};
  const auto count = [&](const auto& pieces) {
    return std::count_if(pieces.begin(), pieces.end(),
                         [&](std::string_view p) { return text.find(p) != std::string::npos; });
  };
  return count(kTitles) >= 1 && count(kCaptions) >= 3;
}

void take_out(ocr::PageText& page, const Flags& flags) {
  std::size_t i = 0;
  std::erase_if(page.words, [&](const ocr::Word&) { return flags[i++]; });
}

}  // namespace

std::optional<IdentityPage> identity_page_of(const ocr::PageText& page) {
  Flags flags(page.words.size());
  const int zones = flag_zone(page, flags);
  if (zones > 0)
    return IdentityPage{zones > 1 ? 0.98 : 0.9, "maschinenlesbare Zone eines Ausweises oder Passes"};
  if (has_card_captions(page)) return IdentityPage{0.8, "Beschriftung eines Ausweises oder Passes"};
  return std::nullopt;
}

void withhold_from_storage(ocr::PageText& page) {
  Flags flags(page.words.size());
  if (flag_zone(page, flags) > 0 || has_card_captions(page)) {
    flag_serials(page, flags);
    flag_labelled(page, flags);
  }
  take_out(page, flags);
}

void withhold_from_fields(ocr::PageText& page) {
  withhold_from_storage(page);
  Flags flags(page.words.size());
  flag_labelled(page, flags);
  take_out(page, flags);
}

}  // namespace eakte::ingest
