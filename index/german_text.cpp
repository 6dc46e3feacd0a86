#include "index/german_text.h"

#include <xapian.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "index/search/numbers.h"

namespace eakte::index {
namespace {

// Base letters of U+00C0..U+017F in lower case; '?' marks what is no letter or stays as it is.
constexpr std::string_view latin_base =
    "aaaaaaaceeeeiiiidnooooo?ouuuuyts"
    "aaaaaaaceeeeiiiidnooooo?ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln"
    "nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(latin_base.size() == 0x180 - 0xC0);

constexpr unsigned soft_hyphen = 0xAD;

bool is_mark(unsigned character) { return character >= 0x300 && character <= 0x36F; }

bool is_word_character(unsigned character) {
  if (character < 0x80) {
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
           (character >= 'A' && character <= 'Z');
  }
  return is_mark(character) || (character != '_' && Xapian::Unicode::is_wordchar(character));
}

bool is_vowel(char letter) { return std::string_view("aeiouy").find(letter) != std::string_view::npos; }

void append_folded(std::string& folded, unsigned character, unsigned previous) {
  if (is_mark(character)) return;
  const unsigned lower = Xapian::Unicode::tolower(character);
  if (lower == 0xDF || lower == 0x1E9E) {
    folded += "ss";
  } else if (lower == 'e' && (previous == 'a' || previous == 'o')) {
    return;
  } else if (lower == 'e' && previous == 'u') {
    const char before = folded.size() > 1 ? folded[folded.size() - 2] : ' ';
    if (is_vowel(before) || before == 'q') folded += 'e';
  } else if (lower >= 0xC0 && lower < 0x180 && latin_base[lower - 0xC0] != '?') {
    folded += latin_base[lower - 0xC0];
  } else {
    Xapian::Unicode::append_utf8(folded, lower);
  }
}

// A stretch of word characters.
struct Atom {
  std::size_t begin = 0;
  std::size_t end = 0;
  unsigned first = 0;  // first and last character
  unsigned last = 0;
  std::string exact;
};

std::vector<Atom> find_atoms(std::string_view text) {
  std::vector<Atom> atoms;
  bool inside = false;
  for (Xapian::Utf8Iterator at(text.data(), text.size()); at != Xapian::Utf8Iterator(); ++at) {
    const unsigned character = *at;
    const std::size_t offset = text.size() - at.left();
    if (!is_word_character(character)) {
      inside = false;
      continue;
    }
    if (!inside) atoms.push_back({offset, offset, character, character, {}});
    inside = true;
    Xapian::Utf8Iterator next = at;
    ++next;
    atoms.back().end = text.size() - (next == Xapian::Utf8Iterator() ? 0 : next.left());
    if (!is_mark(character)) atoms.back().last = character;
  }
  for (Atom& atom : atoms) atom.exact = fold(text.substr(atom.begin, atom.end - atom.begin));
  std::erase_if(atoms, [](const Atom& atom) { return atom.exact.empty(); });
  return atoms;
}

enum class Gap {
  wide,     // two words
  glued,    // parts of one written unit
  divided,  // one word divided at the line end
};

bool is_digit(unsigned character) { return character >= '0' && character <= '9'; }

bool goes_on_with_conjunction(const std::string& exact) {
  constexpr std::array<std::string_view, 7> conjunctions{"und", "oder",           "bzw", "sowie", "u",
                                                         "bis", "beziehungsweise"};
  return std::ranges::find(conjunctions, exact) != conjunctions.end();
}

// A hyphen, soft hyphen or the sign OCR makes of one, then exactly one line end.
bool is_line_division(std::string_view gap) {
  bool hyphen = false;
  int lines = 0;
  for (Xapian::Utf8Iterator at(gap.data(), gap.size()); at != Xapian::Utf8Iterator(); ++at) {
    const unsigned character = *at;
    if (character == '\n') {
      if (!hyphen) return false;
      ++lines;
    } else if (character == '-' || character == soft_hyphen || character == 0x2010 || character == 0xAC) {
      if (hyphen) return false;
      hyphen = true;
    } else if (character != ' ' && character != '\r' && character != '\t') {
      return false;
    }
  }
  return hyphen && lines == 1 && gap.front() != ' ';
}

Gap classify(const Atom& left, std::string_view gap, const Atom& right) {
  if (gap == "-" || gap == "/" || gap == "_" || gap == "\u2010" || gap == "\u2011") return Gap::glued;
  if (gap == "\u00AD") return Gap::divided;
  if (gap == "." || gap == "," || gap == ":") {
    return is_digit(left.last) && is_digit(right.first) ? Gap::glued : Gap::wide;
  }
  if (gap.size() < 2 || !is_line_division(gap) || goes_on_with_conjunction(right.exact)) return Gap::wide;
  const bool lower = Xapian::Unicode::tolower(right.first) == right.first && !is_digit(right.first);
  return lower && !is_digit(left.last) ? Gap::divided : Gap::glued;
}

// A divided word without its division.
std::string word_characters(std::string_view divided) {
  std::string word;
  for (Xapian::Utf8Iterator at(divided.data(), divided.size()); at != Xapian::Utf8Iterator(); ++at) {
    if (is_word_character(*at)) Xapian::Unicode::append_utf8(word, *at);
  }
  return word;
}

std::string joined(const std::vector<Token>& tokens, std::size_t first, std::size_t count,
                   std::string_view between) {
  std::string term;
  for (std::size_t i = first; i < first + count; ++i) {
    if (term.size() + between.size() + tokens[i].exact.size() > longest_token) break;
    if (i > first) term += between;
    term += tokens[i].exact;
  }
  return term;
}

// The runs of one written unit, tokens [first, first + count).
void add_unit_runs(std::string_view text, std::size_t first, std::size_t count, bool hyphens_only,
                   TokenizedText& out) {
  const std::vector<Token>& tokens = out.tokens;
  const std::string_view raw =
      text.substr(tokens[first].begin, tokens[first + count - 1].end - tokens[first].begin);
  if (has_digit(raw)) {
    out.runs.push_back({TokenRun::Kind::number, joined(tokens, first, count, "-"), first, count});
    if (const auto day = numeric_day(raw)) out.runs.push_back({TokenRun::Kind::number, *day, first, count});
    if (const auto amount = grouped_amount(raw))
      out.runs.push_back({TokenRun::Kind::number, *amount, first, count});
  } else if (hyphens_only) {
    out.runs.push_back({TokenRun::Kind::joined, joined(tokens, first, count, ""), first, count});
  }
}

bool only_blanks(std::string_view gap) {
  return !gap.empty() && gap.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// "3. November 2024".
void add_spelled_day(std::string_view text, std::size_t first, TokenizedText& out) {
  if (first + 2 >= out.tokens.size()) return;
  const Token& day = out.tokens[first];
  const Token& month = out.tokens[first + 1];
  const Token& year = out.tokens[first + 2];
  if (month.begin - day.end > 3 || text[day.end] != '.' ||
      !only_blanks(text.substr(month.end, year.begin - month.end))) {
    return;
  }
  if (const auto term = spelled_day(day.exact, month.exact, year.exact)) {
    out.runs.push_back({TokenRun::Kind::number, *term, first, 3});
  }
}

// An IBAN in groups or in one piece.
void add_iban(std::string_view text, std::size_t first, TokenizedText& out) {
  constexpr std::size_t longest_iban = 34;
  if (!starts_like_iban(out.tokens[first].exact)) return;
  std::string iban;
  for (std::size_t i = first; i < out.tokens.size(); ++i) {
    if (i > first &&
        !only_blanks(text.substr(out.tokens[i - 1].end, out.tokens[i].begin - out.tokens[i - 1].end)))
      return;
    iban += out.tokens[i].exact;
    if (iban.size() > longest_iban) return;
    if (is_iban(iban)) {
      out.runs.push_back({TokenRun::Kind::number, iban, first, i - first + 1});
      return;
    }
  }
}

}  // namespace

bool has_digit(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string fold(std::string_view word) {
  std::string folded;
  unsigned previous = 0;
  for (Xapian::Utf8Iterator at(word.data(), word.size()); at != Xapian::Utf8Iterator(); ++at) {
    const std::size_t before = folded.size();
    append_folded(folded, *at, previous);
    if (folded.size() > longest_token) {
      folded.resize(before);
      break;
    }
    // An "e" that was absorbed must not absorb the next one: "saeen" is "säen".
    previous = Xapian::Unicode::tolower(*at);
    if (is_mark(*at)) previous = 0;
  }
  return folded;
}

std::string stem(const std::string& folded) {
  // Xapian's handles are not safe to share between threads.
  thread_local const Xapian::Stem stemmer("german");
  return stemmer(folded);
}

TokenizedText tokenize(std::string_view text) {
  TokenizedText out;
  const std::vector<Atom> atoms = find_atoms(text);
  std::size_t unit = 0;
  bool hyphens_only = true;
  const auto close_unit = [&] {
    const std::size_t count = out.tokens.size() - unit;
    if (count > 1 && count <= 12) add_unit_runs(text, unit, count, hyphens_only, out);
    unit = out.tokens.size();
    hyphens_only = true;
  };
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Atom& atom = atoms[i];
    const std::string_view gap =
        i == 0 ? std::string_view() : text.substr(atoms[i - 1].end, atom.begin - atoms[i - 1].end);
    const Gap kind = i == 0 ? Gap::wide : classify(atoms[i - 1], gap, atom);
    if (kind == Gap::divided) {
      Token& token = out.tokens.back();
      token.end = atom.end;
      token.exact = fold(word_characters(text.substr(token.begin, token.end - token.begin)));
      continue;
    }
    if (kind == Gap::wide) close_unit();
    if (kind == Gap::glued && (gap == "/" || gap == "_")) hyphens_only = false;
    out.tokens.push_back({atom.exact, atom.begin, atom.end});
  }
  close_unit();
  for (std::size_t i = 0; i < out.tokens.size(); ++i) {
    if (!has_digit(out.tokens[i].exact)) continue;
    add_spelled_day(text, i, out);
    add_iban(text, i, out);
  }
  return out;
}

bool is_stop_word(std::string_view folded) {
  constexpr std::array<std::string_view, 56> words{
      "als",  "am",   "an",     "auch", "auf",   "aus",  "bei",  "bis",   "das",   "dass",  "dem",   "den",
      "der",  "des",  "die",    "dies", "durch", "ein",  "eine", "einem", "einen", "einer", "eines", "er",
      "es",   "fur",  "hat",    "ich",  "ihr",   "ihre", "im",   "in",    "ist",   "mit",   "nach",  "nicht",
      "oder", "sich", "sie",    "sind", "so",    "und",  "uns",  "unter", "vom",   "von",   "vor",   "war",
      "was",  "wenn", "werden", "wie",  "wir",   "wird", "zu",   "zum"};
  return std::ranges::find(words, folded) != words.end() || folded == "zur";
}

}  // namespace eakte::index
