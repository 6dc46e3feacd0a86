#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "archive/accounts.h"

namespace eakte::archive {
namespace {

constexpr std::size_t fewest_characters = 12;
constexpr std::size_t most_bytes = 1000;
constexpr std::size_t fewest_different = 5;

/// What people put digits behind to satisfy a rule of length.
constexpr auto common_words = std::to_array<std::string_view>(
    {"passwort",  "password",   "kennwort", "qwertz",        "qwerty",   "asdfgh",   "yxcvbn",
     "hallo",     "willkommen", "welcome",  "geheim",        "sommer",   "winter",   "herbst",
     "fruehling", "schatz",     "admin",    "administrator", "test",     "start",    "verwaltung",
     "rathaus",   "gemeinde",   "stadt",    "iloveyou",      "letmein",  "changeme", "master",
     "dragon",    "monkey",     "football", "fussball",      "computer", "internet", "sachsenanhalt",
     "abc",       "default",    "initial",  "eakte",         "akte",     "login",    "user",
     "benutzer",  "deutschland"});

/// Rows of the keyboard, the alphabet and the digits, both ways.
constexpr auto sequences = std::to_array<std::string_view>(
    {"abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba", "01234567890123456789",
     "98765432109876543210", "qwertzuiopasdfghjklyxcvbnm", "qwertyuiopasdfghjklzxcvbnm",
     "1q2w3e4r5t6z7u8i9o0p", "1qaz2wsx3edc4rfv5tgb", "1qay2wsx3edc4rfv5tgb"});

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

/// Small letters and digits only; digits in the place of letters become these.
std::string folded(std::string_view text, bool letters_only) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalpha(byte) != 0) result += static_cast<char>(std::tolower(byte));
    if (std::isdigit(byte) != 0 && !letters_only) result += c;
  }
  return result;
}

/// "P@ssw0rt" for "Passwort"; what stands behind the last letter is left off.
std::string without_disguise(std::string_view text) {
  std::string result(text);
  const auto letter = [](unsigned char c) { return c >= 0x80 || std::isalpha(c) != 0; };
  while (!result.empty() && !letter(static_cast<unsigned char>(result.back()))) result.pop_back();
  for (char& c : result) {
    constexpr std::string_view disguised = "01345@$!";
    constexpr std::string_view meant = "oieasasi";
    if (const auto place = disguised.find(c); place != std::string_view::npos) c = meant[place];
  }
  return result;
}

/// "passwort", "passwortpasswort".
bool is_repeated(std::string_view text, std::string_view word) {
  if (text.empty() || text.size() % word.size() != 0) return false;
  for (std::size_t at = 0; at < text.size(); at += word.size())
    if (text.substr(at, word.size()) != word) return false;
  return true;
}

bool is_common(std::string_view password, std::string_view name) {
  const std::string all = folded(password, false);
  if (std::set<char>(password.begin(), password.end()).size() < fewest_different) return true;
  if (std::ranges::any_of(sequences, [&](std::string_view row) {
        return all.size() >= fewest_different && row.find(all) != std::string_view::npos;
      }))
    return true;
  const std::string letters = folded(password, true);
  const std::string undisguised = folded(without_disguise(password), true);
  const auto is_word = [&](std::string_view word) {
    return is_repeated(letters, word) || is_repeated(undisguised, word);
  };
  const std::string own = folded(name, true);
  return std::ranges::any_of(common_words, is_word) || (!own.empty() && is_word(own));
}

}  // namespace

void require_fit_password(std::string_view password, std::string_view name) {
  if (password.size() > most_bytes) throw Forbidden("password_long", "the password has more than 1000 bytes");
  if (characters_of(password) < fewest_characters)
    throw Forbidden("password_short", "the password has fewer than 12 characters");
  if (is_common(password, name)) throw Forbidden("password_common", "the password is a common one");
}

}  // namespace eakte::archive
