#include "archive/pronom/pattern.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstring>
#include <functional>
#include <map>

namespace eakte::archive {
namespace {

constexpr std::int64_t most_steps = 10'000'000;
constexpr int deepest = 8;

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

struct Unknown {};

}  // namespace

std::size_t ByteView::find(std::string_view text, std::size_t at) const {
  if (at >= bytes_.size()) return Pattern::no_limit;
  const void* const found = memmem(bytes_.data() + at, bytes_.size() - at, text.data(), text.size());
  return found == nullptr ? Pattern::no_limit
                          : static_cast<std::size_t>(static_cast<const std::byte*>(found) - bytes_.data());
}

/// Reads the notation from left to right.
class Pattern::Reader {
public:
  explicit Reader(std::string_view notation) : text_(notation) {}

  Tokens all() {
    Tokens tokens = sequence(0);
    if (at_ != text_.size() || tokens.empty()) throw Unknown();
    return tokens;
  }

private:
  void skip_blanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }
  char peek() {
    skip_blanks();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  void expect(char c) {
    if (peek() != c) throw Unknown();
    ++at_;
  }

  Tokens sequence(int depth) {
    if (depth > deepest) throw Unknown();
    Tokens tokens;
    for (char c = peek(); c != '\0' && c != '|' && c != ')'; c = peek()) tokens.push_back(token(c, depth));
    return joined(std::move(tokens));
  }

  Token token(char c, int depth) {
    Token token;
    if (c == '(') {
      alternatives(token, depth);
    } else if (c == '[') {
      set(token);
    } else if (c == '{') {
      gap(token);
    } else if (c == '*') {
      ++at_;
      token.kind = Token::Kind::gap;
      token.most = no_limit;
    } else if (c == '?') {
      ++at_;
      expect('?');
      token.kind = Token::Kind::gap;
      token.least = token.most = 1;
    } else if (c == '\'') {
      token.text = quoted();
    } else {
      token.text = std::string(1, static_cast<char>(hexadecimal()));
    }
    return token;
  }

  /// Neighbouring bytes become one text, which is quicker to look for.
  static Tokens joined(Tokens tokens) {
    Tokens result;
    for (Token& token : tokens) {
      if (!result.empty() && token.kind == Token::Kind::bytes && result.back().kind == Token::Kind::bytes) {
        result.back().text += token.text;
      } else {
        result.push_back(std::move(token));
      }
    }
    return result;
  }

  std::uint8_t hexadecimal() {
    skip_blanks();
    if (at_ + 2 > text_.size()) throw Unknown();
    const int high = digit_of(text_[at_]);
    const int low = digit_of(text_[at_ + 1]);
    if (high < 0 || low < 0) throw Unknown();
    at_ += 2;
    return static_cast<std::uint8_t>(high * 16 + low);
  }

  std::string quoted() {
    expect('\'');
    const std::size_t end = text_.find('\'', at_);
    if (end == std::string_view::npos || end == at_) throw Unknown();
    std::string text(text_.substr(at_, end - at_));
    at_ = end + 1;
    return text;
  }

  std::uint8_t one_byte() {
    if (peek() != '\'') return hexadecimal();
    const std::string text = quoted();
    if (text.size() != 1) throw Unknown();
    return static_cast<std::uint8_t>(text[0]);
  }

  void alternatives(Token& token, int depth) {
    token.kind = Token::Kind::alternatives;
    expect('(');
    do {
      token.alternatives.push_back(sequence(depth + 1));
      if (token.alternatives.back().empty()) throw Unknown();
    } while (peek() == '|' && ++at_ > 0);
    expect(')');
    // The shortest first: what follows then has the most room.
    std::ranges::stable_sort(token.alternatives, {}, [](const Tokens& one) {
      std::size_t length = 0;
      for (const Token& part : one) length += part.kind == Token::Kind::bytes ? part.text.size() : 1;
      return length;
    });
  }

  void set(Token& token) {
    token.kind = Token::Kind::set;
    expect('[');
    const bool inverted = peek() == '!' && ++at_ > 0;
    if (peek() == '&') {
      ++at_;
      const std::uint8_t bits = one_byte();
      for (std::size_t i = 0; i < 256; ++i) token.set[i] = (i & bits) == bits;
    } else {
      const std::uint8_t first = one_byte();
      std::uint8_t last = first;
      if (peek() == ':' || peek() == '-') {
        ++at_;
        last = one_byte();
      }
      if (last < first) throw Unknown();
      for (std::size_t i = first; i <= last; ++i) token.set.set(i);
    }
    if (inverted) token.set.flip();
    expect(']');
  }

  std::size_t number() {
    skip_blanks();
    std::size_t value = 0;
    const auto [end, wrong] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (wrong != std::errc() || value > 1U << 30U) throw Unknown();
    at_ = static_cast<std::size_t>(end - text_.data());
    return value;
  }

  void gap(Token& token) {
    token.kind = Token::Kind::gap;
    expect('{');
    token.least = token.most = number();
    if (peek() == '-') {
      ++at_;
      if (peek() == '*') {
        ++at_;
        token.most = no_limit;
      } else {
        token.most = number();
      }
    }
    if (token.most < token.least) throw Unknown();
    expect('}');
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// One search for a pattern, with the steps it has left.
class Pattern::Search {
public:
  /// What has to match behind some tokens, given where they end.
  using Rest = std::function<bool(std::size_t)>;

  explicit Search(const ByteView& bytes) : bytes_(bytes) {}

  /// Whether the tokens from `next` on match at `at`; where they end goes to `rest`.
  bool match(const Tokens& tokens, std::size_t next, std::size_t at, const Rest& rest) {
    for (; next < tokens.size(); ++next) {
      if (--steps_ < 0) return false;
      const Token& token = tokens[next];
      if (token.kind == Token::Kind::gap) return match_gap(tokens, next, at, rest);
      if (token.kind == Token::Kind::alternatives) return match_alternatives(tokens, next, at, rest);
      if (!takes(token, at)) return false;
      at += token.kind == Token::Kind::bytes ? token.text.size() : 1;
    }
    return rest(at);
  }

  /// The next place from `at` on where the tokens may begin, as far as their first bytes tell.
  std::size_t candidate(const Tokens& tokens, std::size_t next, std::size_t at) {
    const bool has_text = next < tokens.size() && tokens[next].kind == Token::Kind::bytes;
    if (!has_text || !bytes_.forward()) return at;
    const std::size_t found = bytes_.find(tokens[next].text, at);
    constexpr std::size_t bytes_a_step = 64;
    steps_ -= static_cast<std::int64_t>((std::min(found, bytes_.size()) - std::min(at, bytes_.size())) /
                                        bytes_a_step);
    return found;
  }

private:
  bool takes(const Token& token, std::size_t at) const {
    if (token.kind == Token::Kind::set) return at < bytes_.size() && token.set.test(bytes_[at]);
    if (token.text.size() > bytes_.size() || at > bytes_.size() - token.text.size()) return false;
    for (std::size_t i = 0; i < token.text.size(); ++i) {
      if (bytes_[at + i] != static_cast<std::uint8_t>(token.text[i])) return false;
    }
    return true;
  }

  bool match_gap(const Tokens& tokens, std::size_t next, std::size_t at, const Rest& rest) {
    const Token& gap = tokens[next];
    if (at > bytes_.size() || gap.least > bytes_.size() - at) return false;
    // What is nowhere behind one place is nowhere behind a later one either.
    const auto failed = nowhere_from_.find(&gap);
    if (failed != nowhere_from_.end() && failed->second <= at) return false;
    const std::size_t last = gap.most > bytes_.size() - at ? bytes_.size() : at + gap.most;
    for (std::size_t begin = at + gap.least; begin <= last; ++begin) {
      begin = candidate(tokens, next + 1, begin);
      if (begin > last) break;
      if (match(tokens, next + 1, begin, rest)) return true;
      if (--steps_ < 0) return false;
    }
    if (gap.most == no_limit) nowhere_from_[&gap] = at;
    return false;
  }

  bool match_alternatives(const Tokens& tokens, std::size_t next, std::size_t at, const Rest& rest) {
    return std::ranges::any_of(tokens[next].alternatives, [&](const Tokens& one) {
      return match(one, 0, at, [&](std::size_t end) { return match(tokens, next + 1, end, rest); });
    });
  }

  const ByteView& bytes_;
  std::int64_t steps_ = most_steps;
  std::map<const Token*, std::size_t> nowhere_from_;
};

std::optional<Pattern> Pattern::parse(std::string_view notation) {
  try {
    Pattern pattern;
    pattern.tokens_ = Reader(notation).all();
    return pattern;
  } catch (const Unknown&) {
    return std::nullopt;
  }
}

Pattern::Tokens Pattern::reversed(const Tokens& tokens) {
  Tokens result(tokens.rbegin(), tokens.rend());
  for (Token& token : result) {
    std::ranges::reverse(token.text);
    for (Tokens& one : token.alternatives) one = reversed(one);
  }
  return result;
}

Pattern Pattern::reversed() const {
  Pattern pattern;
  pattern.tokens_ = reversed(tokens_);
  return pattern;
}

void Pattern::append(const Pattern& next, std::size_t least, std::size_t most) {
  Token gap;
  gap.kind = Token::Kind::gap;
  gap.least = least;
  gap.most = most;
  tokens_.push_back(std::move(gap));
  tokens_.insert(tokens_.end(), next.tokens_.begin(), next.tokens_.end());
}

void Pattern::prepend(const Pattern& before, std::size_t least, std::size_t most) {
  Pattern whole = before;
  whole.append(*this, least, most);
  *this = std::move(whole);
}

bool Pattern::matches(const ByteView& bytes, std::size_t first, std::size_t last) const {
  Search search(bytes);
  last = std::min(last, bytes.size());
  for (std::size_t begin = first; begin <= last; ++begin) {
    begin = search.candidate(tokens_, 0, begin);
    if (begin > last) return false;
    if (search.match(tokens_, 0, begin, [](std::size_t) { return true; })) return true;
  }
  return false;
}

}  // namespace eakte::archive
