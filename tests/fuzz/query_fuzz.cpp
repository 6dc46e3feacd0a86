#include <cstddef>
#include <cstdint>
#include <string_view>

#include "index/german_text.h"
#include "index/query_tree.h"
#include "index/search/day_range.h"

// Any bytes give a tree or BadQuery, and tokens that lie inside the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  try {
    eakte::index::parse_query(text);
  } catch (const eakte::index::BadQuery&) {
    // Refused, as it should be.
  }
  try {
    const eakte::index::DayRange range = eakte::index::day_range_from(text);
    if (range.from.size() + range.to.size() > 16) __builtin_trap();
  } catch (const eakte::index::BadQuery&) {
    // Most are none.
  }
  std::size_t at = 0;
  const eakte::index::TokenizedText tokenized = eakte::index::tokenize(text);
  for (const eakte::index::Token& token : tokenized.tokens) {
    if (token.begin < at || token.end <= token.begin || token.end > size || token.exact.empty())
      __builtin_trap();
    if (token.exact.size() > eakte::index::longest_token) __builtin_trap();
    at = token.end;
  }
  for (const eakte::index::TokenRun& run : tokenized.runs) {
    if (run.count == 0 || run.first + run.count > tokenized.tokens.size()) __builtin_trap();
  }
  return 0;
}
