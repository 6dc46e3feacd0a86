#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace eakte::index {

/// Splits German compounds by dynamic programming over a list of nouns. Immutable, safe for any number of
/// threads.
class Compounds {
public:
  /// Reads a word list, one word a line, UTF-8, nouns capitalised (Debian's wngerman). When the file is
  /// missing only the built-in stems of office language are known, and fewer compounds are split.
  explicit Compounds(const std::filesystem::path& word_list = "/usr/share/dict/ngerman");

  /// The smallest parts in order: "abwassergebuhrenbescheid" gives abwasser, gebuhren, bescheid. Empty when
  /// the folded word is no compound of known words.
  std::vector<std::string> split(std::string_view folded) const;

  /// Whether the folded word itself is in the list.
  bool knows(std::string_view folded) const;

private:
  bool is_part(std::string_view part) const;

  std::vector<std::uint64_t> words_;  ///< sorted hashes of the folded words
  std::vector<std::uint64_t> stems_;  ///< likewise, of the built-in stems
};

}  // namespace eakte::index
