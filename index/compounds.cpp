#include "index/compounds.h"

#include <algorithm>
#include <fstream>
#include <limits>

#include "index/german_text.h"
#include "index/search/office_stems.h"

namespace eakte::index {
namespace {

constexpr std::size_t shortest_part = 4;
constexpr std::size_t longest_part = 24;
constexpr std::size_t shortest_compound = 6;
constexpr std::size_t longest_compound = 80;

// FNV-1a. Hashes instead of strings keep 350000 words below 3 MB.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

void sort_unique(std::vector<std::uint64_t>& hashes) {
  std::ranges::sort(hashes);
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

bool starts_with_capital(std::string_view word) {
  if (word.empty()) return false;
  if (word[0] >= 'A' && word[0] <= 'Z') return true;
  return word.starts_with("\u00C4") || word.starts_with("\u00D6") || word.starts_with("\u00DC");
}

// Abbreviations, all capitals, make no parts.
bool is_shouted(std::string_view word) { return word.size() > 1 && word[1] >= 'A' && word[1] <= 'Z'; }

struct Step {
  double cost = std::numeric_limits<double>::infinity();
  std::size_t from = 0;  // where the last part begins
  std::size_t end = 0;   // where it ends, before a linking s
};

}  // namespace

Compounds::Compounds(const std::filesystem::path& word_list) {
  for (const std::string_view stem_text : office_stems) stems_.push_back(hash_of(fold(stem_text)));
  sort_unique(stems_);
  std::ifstream file(word_list);
  words_.reserve(180000);
  for (std::string line; std::getline(file, line);) {
    if (!starts_with_capital(line) || is_shouted(line)) continue;
    const std::string folded = fold(line);
    if (folded.size() >= shortest_part && folded.size() <= longest_part) words_.push_back(hash_of(folded));
  }
  sort_unique(words_);
}

bool Compounds::knows(std::string_view folded) const {
  const std::uint64_t hash = hash_of(folded);
  return std::ranges::binary_search(words_, hash) || std::ranges::binary_search(stems_, hash);
}

bool Compounds::is_part(std::string_view part) const {
  if (part.size() >= shortest_part && knows(part)) return true;
  return std::ranges::binary_search(stems_, hash_of(part));
}

std::vector<std::string> Compounds::split(std::string_view folded) const {
  const std::size_t size = folded.size();
  if (size < shortest_compound || size > longest_compound) return {};
  if (!std::ranges::all_of(folded, [](char c) { return c >= 'a' && c <= 'z'; })) return {};
  std::vector<Step> steps(size + 1);
  steps[0].cost = 0;
  for (std::size_t from = 0; from + 3 <= size; ++from) {
    if (steps[from].cost == std::numeric_limits<double>::infinity()) continue;
    for (std::size_t end = from + 3; end <= std::min(size, from + longest_part); ++end) {
      const std::string_view part = folded.substr(from, end - from);
      if (part.size() == size || !is_part(part)) continue;
      // Few parts win; short ones are often chance.
      const double cost = steps[from].cost + 1 + (part.size() < 5 ? 0.4 : 0);
      // On a tie the longer last part wins, which carries the meaning.
      if (cost < steps[end].cost) steps[end] = {cost, from, end};
      if (end + 3 <= size && folded[end] == 's' && cost + 0.1 < steps[end + 1].cost) {
        steps[end + 1] = {cost + 0.1, from, end};
      }
    }
  }
  if (steps[size].cost == std::numeric_limits<double>::infinity()) return {};
  std::vector<std::string> parts;
  for (std::size_t at = size; at > 0; at = steps[at].from) {
    const std::string part(folded.substr(steps[at].from, steps[at].end - steps[at].from));
    std::vector<std::string> smaller = split(part);
    if (smaller.empty()) smaller.push_back(part);
    parts.insert(parts.begin(), smaller.begin(), smaller.end());
  }
  return parts;
}

}  // namespace eakte::index
