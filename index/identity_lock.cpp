#include "index/identity_lock.h"

#include <algorithm>

#include "index/search/numbers.h"

namespace eakte::index {
namespace {

bool is_zone_character(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '<'; }

// The line without blanks and with '<' for the look-alikes OCR makes of it.
std::string zone_text(std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line.substr(i).starts_with("\u00AB")) {
      text += "<<";
      ++i;
    } else if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
      text += line[i];
    }
  }
  return text;
}

bool has_check_digit(const std::string& line, std::size_t first, std::size_t count) {
  const std::string field = line.substr(first, count);
  return field.find_first_of("0123456789") != std::string::npos &&
         line[first + count] == check_digit_731(field);
}

// Document number, birth and expiry of a second line, or the number in the first line of a card.
bool has_zone_check_digits(const std::string& line) {
  if (line.size() == 44 || line.size() == 36) {
    return has_check_digit(line, 0, 9) + has_check_digit(line, 13, 6) + has_check_digit(line, 21, 6) >= 2;
  }
  return line.size() == 30 &&
         (has_check_digit(line, 5, 9) || (has_check_digit(line, 0, 6) && has_check_digit(line, 8, 6)));
}

bool is_zone_line(std::string_view line) {
  // Two characters lost or doubled by OCR must not let a line through.
  constexpr std::size_t shortest = 28;
  constexpr std::size_t longest = 46;
  constexpr int enough_fillers = 3;
  const std::string text = zone_text(line);
  if (text.size() < shortest || text.size() > longest || !std::ranges::all_of(text, is_zone_character))
    return false;
  return std::ranges::count(text, '<') >= enough_fillers || has_zone_check_digits(text);
}

// The serial numbers of German identity documents use digits and the consonants that cannot be misread.
bool is_serial_number(std::string_view word) {
  constexpr std::string_view letters = "CFGHJKLMNPRTVWXYZ";
  if (word.size() != 9 && word.size() != 10) return false;
  const std::string_view number = word.substr(0, 9);
  if (letters.find(number[0]) == std::string_view::npos) return false;
  int digits = 0;
  for (const char c : number) {
    const bool digit = c >= '0' && c <= '9';
    digits += digit ? 1 : 0;
    if (!digit && letters.find(c) == std::string_view::npos) return false;
  }
  return digits >= 2 && (word.size() == 9 || word[9] == check_digit_731(number));
}

void blank_out(std::string& text, std::size_t begin, std::size_t end) {
  std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin),
            text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
}

template <class Rule>
void blank_pieces(std::string& text, std::string_view separators, const Rule& rule) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
    if (rule(std::string_view(text).substr(begin, end - begin))) blank_out(text, begin, end);
    begin = end + 1;
  }
}

}  // namespace

std::string without_identity_numbers(std::string_view text, const std::vector<std::string>& locks) {
  std::string open(text);
  blank_pieces(open, "\n\f", is_zone_line);
  // A zone read on one line with something else.
  blank_pieces(open, " \t\r\n\f", [](std::string_view word) {
    return word.size() >= 15 && word.find("<<") != std::string_view::npos &&
           std::ranges::all_of(word, is_zone_character);
  });
  if (std::ranges::find(locks, "seriennummer") != locks.end()) {
    blank_pieces(open, " \t\r\n\f.,;:()/", is_serial_number);
  }
  return open;
}

}  // namespace eakte::index
