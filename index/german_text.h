#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace eakte::index {

/// Longest token in bytes; longer words are cut, not dropped. Leaves room for prefixes below Xapian's 245.
inline constexpr std::size_t longest_token = 120;

/// One word of a text.
struct Token {
  std::string exact;      ///< folded, see fold()
  std::size_t begin = 0;  ///< bytes of the text it stands for; a word divided at a line end covers both parts
  std::size_t end = 0;
};

/// Several tokens (or one) that also stand for one thing.
struct TokenRun {
  enum class Kind {
    number,  ///< file number, IBAN, date, amount: found as a whole; written the same however it was typed
    joined   ///< hyphenated word without its hyphens, "Abwasser-Gebühr" as "abwassergebuhr"
  };
  Kind kind = Kind::number;
  std::string term;
  std::size_t first = 0;  ///< index of the first token
  std::size_t count = 0;
};

struct TokenizedText {
  std::vector<Token> tokens;
  std::vector<TokenRun> runs;
};

/// Splits one page of German office text, the same way for indexing, for queries and for marking. Lines are
/// separated by '\n': a word divided at a line end becomes one token ("Gewerbe-\nsteuer"), unless the next
/// line goes on with und, oder, bzw. or sowie. Numbers with separators ("32.1-4711/24") give a token for each
/// part and a run "32-1-4711-24"; days ("3.11.2024", "3. November 2024") a run "d2024-11-03"; a valid IBAN,
/// in groups or not, a run without blanks. Accepts any bytes; invalid UTF-8 is read as Latin-1.
TokenizedText tokenize(std::string_view text);

/// Lower case, without accents, ä=ae=a, ö=oe=o, ü=ue=u (not after a vowel or q: "neue", "Quelle"), ß=ss.
/// Composed and decomposed letters fold alike. At most longest_token bytes.
std::string fold(std::string_view word);

/// Snowball's German stem of a folded word. fold() already unifies what the stemmer "german2" does, without
/// its mistake of reading the "ue" of "neues" as an umlaut; so the plain German rules are applied.
/// Thread-safe.
std::string stem(const std::string& folded);

/// Whether the folded word is one of the few dozen words that say nothing about a document.
bool is_stop_word(std::string_view folded);

bool has_digit(std::string_view text);

}  // namespace eakte::index
