#include "archive/catalogue/reference.h"

#include <array>
#include <utility>

namespace eakte::archive {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 15> replacements{{
    {"\u00c4", "\u00e4"},
    {"\u00d6", "\u00f6"},
    {"\u00dc", "\u00fc"},  // capital umlauts
    {"\u1e9e", "\u00df"},  // capital sharp s
    {"\u00a0", ""},
    {"\u2009", ""},
    {"\u202f", ""},  // no-break, thin and narrow blanks
    {"\u2010", "-"},
    {"\u2011", "-"},
    {"\u2012", "-"},  // hyphens and dashes
    {"\u2013", "-"},
    {"\u2014", "-"},
    {"\u2015", "-"},
    {"\u2212", "-"},
    {"\u00ad", ""},  // minus, soft hyphen
}};

/// Handles one character outside ASCII; returns how many bytes it took, 0 when there is no rule for it.
std::size_t replace_at(std::string_view text, std::string& key) {
  for (const auto& [from, to] : replacements) {
    if (!text.starts_with(from)) continue;
    key += to;
    return from.size();
  }
  return 0;
}

}  // namespace

std::string reference_key(std::string_view reference) {
  std::string key;
  for (std::size_t i = 0; i < reference.size();) {
    const char c = reference[i];
    if (const std::size_t taken = replace_at(reference.substr(i), key); taken > 0) {
      i += taken;
      continue;
    }
    ++i;
    if (c == ' ' || (c >= '\t' && c <= '\r')) continue;
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key;
}

}  // namespace eakte::archive
