#pragma once
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace eakte::archive {

/// Bytes read from their beginning or from their end, so that one matcher serves both ends of a file.
class ByteView {
public:
  enum class From { beginning, end };
  explicit ByteView(std::span<const std::byte> bytes, From from = From::beginning)
      : bytes_(bytes), from_(from) {}
  std::size_t size() const { return bytes_.size(); }
  std::uint8_t operator[](std::size_t at) const {
    return static_cast<std::uint8_t>(bytes_[from_ == From::beginning ? at : bytes_.size() - 1 - at]);
  }
  /// Where `text` is next at or after `at`; only from the beginning. npos when nowhere.
  std::size_t find(std::string_view text, std::size_t at) const;
  bool forward() const { return from_ == From::beginning; }

private:
  std::span<const std::byte> bytes_;
  From from_;
};

/// A byte sequence in PRONOM's notation: hexadecimal bytes, ?? any byte, {n} {m-n} {m-*} gaps, * any gap,
/// (a|b) alternatives, [aa:bb] a range, [!aa] all but; and what container signatures add: 'text', blanks,
/// ['a'-'z'], [&01] some of these bits.
class Pattern {
public:
  static constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

  /// Nothing when the notation is not known.
  static std::optional<Pattern> parse(std::string_view notation);

  /// The pattern as it is seen from the other end.
  Pattern reversed() const;
  /// Another pattern behind this one after a gap.
  void append(const Pattern& next, std::size_t least, std::size_t most);
  void prepend(const Pattern& before, std::size_t least, std::size_t most);

  /// Whether it matches with its first byte at `first` to `last`, both included. Gives up on a file made to
  /// be slow after some ten million steps, which counts as no match.
  bool matches(const ByteView& bytes, std::size_t first, std::size_t last) const;

private:
  struct Token {
    enum class Kind { bytes, set, gap, alternatives };
    Kind kind = Kind::bytes;
    std::string text;                              ///< bytes
    std::bitset<256> set;                          ///< set: one byte of these
    std::size_t least = 0, most = 0;               ///< gap
    std::vector<std::vector<Token>> alternatives;  ///< shortest first
  };
  using Tokens = std::vector<Token>;
  class Reader;
  class Search;
  static Tokens reversed(const Tokens& tokens);
  Tokens tokens_;
};

}  // namespace eakte::archive
