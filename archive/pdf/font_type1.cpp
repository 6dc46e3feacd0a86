#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

#include "archive/pdf/font_program.h"
#include "archive/pdf/glyph_names.h"

namespace eakte::archive {
namespace {

struct Malformed : std::runtime_error {
  Malformed() : std::runtime_error("Type 1 program is malformed") {}
};

/// Adobe Type 1 Font Format, 7.1: the cipher of eexec sections and charstrings; the first `skipped` bytes of
/// the result are noise.
std::string decrypted(std::string_view cipher, unsigned key, std::size_t skipped) {
  std::string plain;
  plain.reserve(cipher.size());
  for (const char c : cipher) {
    const auto byte = static_cast<unsigned char>(c);
    plain.push_back(static_cast<char>(byte ^ (key >> 8U)));
    key = ((byte + key) * 52845U + 22719U) & 0xFFFFU;
  }
  return plain.size() < skipped ? std::string() : plain.substr(skipped);
}

constexpr unsigned eexec_key = 55665;
constexpr unsigned charstring_key = 4330;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0'; }

bool is_hex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

std::string from_hex(std::string_view text) {
  std::string bytes;
  int high = -1;
  for (const char c : text) {
    if (is_blank(c)) continue;
    if (!is_hex(c)) break;
    const int value = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    if (high >= 0) bytes.push_back(static_cast<char>(high * 16 + value));
    high = high >= 0 ? -1 : value;
  }
  return bytes;
}

/// The part behind "eexec", which is binary unless its first four bytes are hexadecimal digits.
std::string private_part(std::string_view font) {
  std::size_t at = font.find("eexec");
  if (at == std::string_view::npos) throw Malformed();
  at += 5;
  while (at < font.size() && is_blank(font[at]) && font[at] != '\0') ++at;
  const std::string_view rest = font.substr(at);
  if (rest.size() < 4) throw Malformed();
  const bool is_text = std::all_of(rest.begin(), rest.begin() + 4, is_hex);
  return decrypted(is_text ? from_hex(rest) : std::string(rest), eexec_key, 4);
}

/// PostScript words of a font, as far as fonts use them; charstrings are taken out by their length.
class Words {
public:
  explicit Words(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

  /// The next word; empty at the end. A name has its slash; brackets are words of their own.
  std::string_view next() {
    while (at_ < text_.size() && (is_blank(text_[at_]) || text_[at_] == '%')) {
      if (text_[at_] == '%') {
        while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
      } else {
        ++at_;
      }
    }
    const std::size_t begin = at_;
    if (at_ < text_.size()) ++at_;
    constexpr std::string_view brackets = "[]{}()<>";
    if (begin < text_.size() && brackets.find(text_[begin]) != std::string_view::npos)
      return text_.substr(begin, 1);
    while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != '/' &&
           brackets.find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }

  /// The bytes behind the one blank that follows the word read last.
  std::string_view bytes(std::size_t length) {
    if (at_ + 1 > text_.size() || length > text_.size() - at_ - 1) throw Malformed();
    const std::string_view found = text_.substr(at_ + 1, length);
    at_ += 1 + length;
    return found;
  }

private:
  std::string_view text_;
  std::size_t at_;
};

/// A whole number of a word; -1 when it is none or too large for anything a font counts.
int number_in(std::string_view word) {
  int value = 0;
  if (word.empty() || word.size() > 7) return -1;
  for (const char c : word) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

double real_in(std::string_view word) { return std::strtod(std::string(word).c_str(), nullptr); }

/// Words behind the first place where `name` stands; nothing when it does not.
std::optional<Words> words_behind(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (end < text.size() && (is_blank(text[end]) || text[end] == '[' || text[end] == '{'))
      return Words(text, end);
  }
  return std::nullopt;
}

using Subroutines = std::map<int, std::string>;

/// Runs a charstring as far as hsbw or sbw, which state the width (Adobe Type 1 Font Format, 6.4).
class WidthRun {
public:
  explicit WidthRun(const Subroutines& subroutines) : subroutines_(subroutines) {}

  double width(std::string_view code) {
    if (!run(code, 0)) throw Malformed();
    return width_;
  }

private:
  bool run(std::string_view code, int depth);
  bool escape(unsigned operation);
  double pop() {
    if (stack_.empty()) throw Malformed();
    const double value = stack_.back();
    stack_.pop_back();
    return value;
  }

  const Subroutines& subroutines_;
  std::vector<double> stack_;
  double width_ = 0;
};

bool WidthRun::escape(unsigned operation) {
  if (operation == 7 && stack_.size() >= 4) {  // sbw
    width_ = stack_[2];
    return true;
  }
  if (operation != 12) throw Malformed();  // div is all that may stand before
  const double divisor = pop();
  const double number = pop();
  if (divisor == 0) throw Malformed();
  stack_.push_back(number / divisor);
  return false;
}

bool WidthRun::run(std::string_view code, int depth) {
  constexpr int deepest = 10;
  constexpr std::size_t highest_stack = 48;
  if (depth > deepest) throw Malformed();
  const auto byte = [code](std::size_t at) {
    if (at >= code.size()) throw Malformed();
    return static_cast<unsigned>(static_cast<unsigned char>(code[at]));
  };
  for (std::size_t at = 0; at < code.size();) {
    if (stack_.size() > highest_stack) throw Malformed();
    const unsigned b = byte(at++);
    if (b == 255) {
      const unsigned value = byte(at) << 24U | byte(at + 1) << 16U | byte(at + 2) << 8U | byte(at + 3);
      stack_.push_back(static_cast<std::int32_t>(value));
      at += 4;
    } else if (b >= 251) {
      stack_.push_back(-(static_cast<int>(b) - 251) * 256 - static_cast<int>(byte(at++)) - 108);
    } else if (b >= 247) {
      stack_.push_back((static_cast<int>(b) - 247) * 256 + static_cast<int>(byte(at++)) + 108);
    } else if (b >= 32) {
      stack_.push_back(static_cast<int>(b) - 139);
    } else if (b == 13 && stack_.size() >= 2) {  // hsbw
      width_ = stack_[1];
      return true;
    } else if (b == 12) {
      if (escape(byte(at++))) return true;
    } else if (b == 10) {  // callsubr
      const auto found = subroutines_.find(static_cast<int>(std::clamp(pop(), -1.0, 65536.0)));
      if (found == subroutines_.end()) throw Malformed();
      if (run(found->second, depth + 1)) return true;
    } else if (b == 11) {  // return
      return false;
    } else {
      throw Malformed();
    }
  }
  return false;
}

/// How many bytes of noise charstrings begin with.
std::size_t noise_length(std::string_view hidden) {
  std::optional<Words> words = words_behind(hidden, "/lenIV");
  const int length = words ? number_in(words->next()) : 4;
  return length < 0 || length > 16 ? 4 : static_cast<std::size_t>(length);
}

std::string plain_charstring(std::string_view cipher, std::size_t noise) {
  return decrypted(cipher, charstring_key, noise);
}

/// "dup 5 23 RD ...bytes... NP"
Subroutines read_subroutines(std::string_view hidden, std::size_t noise) {
  Subroutines result;
  std::optional<Words> words = words_behind(hidden, "/Subrs");
  if (!words) return result;
  const int count = number_in(words->next());
  for (std::string_view word = words->next(); !word.empty(); word = words->next()) {
    if (word == "/CharStrings" || static_cast<int>(result.size()) >= count) break;
    if (word != "dup") continue;
    const int number = number_in(words->next());
    const int length = number_in(words->next());
    if (number < 0 || length < 0) throw Malformed();
    words->next();
    result[number] = plain_charstring(words->bytes(static_cast<std::size_t>(length)), noise);
  }
  return result;
}

/// "/a 23 RD ...bytes... ND"
void read_glyphs(std::string_view hidden, double scale, FontProgram& program) {
  const std::size_t noise = noise_length(hidden);
  const Subroutines subroutines = read_subroutines(hidden, noise);
  std::optional<Words> words = words_behind(hidden, "/CharStrings");
  if (!words) throw Malformed();
  program.widths = {0};
  program.names[".notdef"] = 0;
  for (std::string_view word = words->next(); !word.empty() && word != "end"; word = words->next()) {
    if (word.size() < 2 || word[0] != '/') continue;
    const std::string name(word.substr(1));
    const int length = number_in(words->next());
    if (length < 0) throw Malformed();
    words->next();
    const std::string code = plain_charstring(words->bytes(static_cast<std::size_t>(length)), noise);
    const double width = WidthRun(subroutines).width(code) * scale;
    if (name == ".notdef") {
      program.widths[0] = width;
    } else if (program.names.emplace(name, static_cast<int>(program.widths.size())).second) {
      program.widths.push_back(width);
    }
  }
  if (program.widths.size() < 2) throw Malformed();
}

/// Thousandths of the font size for one unit of a charstring.
double scale_of(std::string_view clear) {
  std::optional<Words> words = words_behind(clear, "/FontMatrix");
  if (!words) return 1;
  words->next();  // bracket
  const double scale = real_in(words->next()) * 1000;
  return std::isfinite(scale) && scale > 0 ? scale : 1;
}

/// "/Encoding StandardEncoding def", or "dup 65 /A put" for each code.
void read_encoding(std::string_view clear, FontProgram& program) {
  std::optional<Words> words = words_behind(clear, "/Encoding");
  if (!words) return;
  std::string_view word = words->next();
  if (word == "StandardEncoding") {
    for (unsigned code = 0; code < 256; ++code) {
      program.encoding[code] = glyph_in_encoding("/StandardEncoding", static_cast<unsigned char>(code));
    }
    return;
  }
  for (; !word.empty() && word != "def" && word != "readonly"; word = words->next()) {
    if (word != "dup") continue;
    const int code = number_in(words->next());
    const std::string_view name = words->next();
    if (code >= 0 && code < 256 && name.size() > 1 && name[0] == '/') {
      program.encoding[static_cast<std::size_t>(code)] = name.substr(1);
    }
  }
}

}  // namespace

std::optional<FontProgram> read_type1(std::string_view bytes) {
  try {
    FontProgram program;
    const std::string hidden = private_part(bytes);
    const std::string_view clear = bytes.substr(0, bytes.find("eexec"));
    read_glyphs(hidden, scale_of(clear), program);
    read_encoding(clear, program);
    return program;
  } catch (const Malformed&) {
    return std::nullopt;
  }
}

}  // namespace eakte::archive
