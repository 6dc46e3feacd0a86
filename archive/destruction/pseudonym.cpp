#include "archive/destruction/pseudonym.h"

#include "archive/destruction/keyed_hash.h"

namespace eakte::archive {
namespace {

constexpr std::size_t digits = 16;

/// Single blanks, none at the ends, ASCII letters small.
std::string evened_out(const std::string& name) {
  std::string even;
  for (const char c : name) {
    const bool blank = c == ' ' || c == '\t' || c == '\n';
    if (blank && (even.empty() || even.back() == ' ')) continue;
    const bool capital = c >= 'A' && c <= 'Z';
    even += blank ? ' ' : capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (even.ends_with(' ')) even.pop_back();
  return even;
}

}  // namespace

std::string pseudonym_of(Connection& connection, const std::string& name) {
  const std::string even = evened_out(name);
  if (even.empty()) return {};
  const std::string key = connection.query("SELECT value FROM destruction_key").at(0).text("value");
  return keyed_hash(key, "person\n" + even).substr(0, digits);
}

}  // namespace eakte::archive
