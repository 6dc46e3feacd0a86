#include "ingest/classify/features.h"

#include <cmath>
#include <map>
#include <string>

#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

/// FNV-1a, 64 bit (Fowler, Noll, Vo), folded to the feature count.
std::uint32_t hashed(char kind, std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto add = [&](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL; };
  add(kind);
  for (const char c : text) add(c);
  return static_cast<std::uint32_t>((hash >> 32U) ^ hash) % kFeatureCount;
}

/// Numbers differ from letter to letter; only their shape tells something.
std::string shaped(std::string word) {
  if (word.find_first_not_of("0123456789") == std::string::npos)
    return "#" + std::to_string(std::min<std::size_t>(word.size(), 6));
  return word;
}

}  // namespace

std::vector<std::pair<std::uint32_t, float>> features_of(std::string_view text) {
  constexpr std::size_t kWords = 600;
  constexpr std::size_t kLongestWord = 40;
  std::vector<std::string> words = folded_words(text.substr(0, 12 * kWords));
  if (words.size() > kWords) words.resize(kWords);
  std::map<std::uint32_t, float> counts;
  std::string before;
  for (std::string& raw : words) {
    std::string word = shaped(raw.substr(0, kLongestWord));
    counts[hashed('w', word)] += 1.0F;
    if (!before.empty()) counts[hashed('p', before.append(1, ' ').append(word))] += 0.7F;
    if (word[0] != '#') {
      const std::string framed = '_' + word + '_';
      for (const std::size_t length : {4U, 5U}) {
        for (std::size_t i = 0; i + length <= framed.size(); ++i)
          counts[hashed('n', std::string_view(framed).substr(i, length))] += 0.4F;
      }
    }
    before = std::move(word);
  }
  std::vector<std::pair<std::uint32_t, float>> features;
  features.reserve(counts.size());
  float square = 0;
  for (const auto& [feature, count] : counts) {
    features.emplace_back(feature, std::log1p(count));
    square += features.back().second * features.back().second;
  }
  for (auto& [feature, value] : features) value /= std::sqrt(square);
  return features;
}

}  // namespace eakte::ingest
