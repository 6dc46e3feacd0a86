#include "ingest/classify/features.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "ingest/classify/folding.h"
#include "ingest/error.h"

namespace eakte::ingest {
namespace {

constexpr std::size_t kWords = 300;
constexpr std::size_t kWordsWithParts = 150;
constexpr std::size_t kHeadWords = 80;
constexpr std::size_t kFirstWords = 20;
constexpr int kLines = 30;
constexpr std::size_t kLongestWord = 40;
constexpr std::size_t kLongestLine = 120;

enum Zone : std::size_t { words_zone, pairs_zone, parts_zone, head_zone, lines_zone };

/// What each zone weighs. Pairs and the head know wordings by heart, which helps with forms everybody fills
/// in and harms where a type is worded otherwise; words and n-grams carry over.
constexpr std::array<float, TextFeatures::zone_count> kZoneWeights{1.0F, 0.5F, 1.0F, 0.4F, 1.0F};

using Counts = std::map<std::uint32_t, int>;

/// FNV-1a, 64 bit (Fowler, Noll, Vo), folded to the feature count.
std::uint32_t hashed(char kind, std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto add = [&](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL; };
  add(kind);
  for (const char c : text) add(c);
  return static_cast<std::uint32_t>((hash >> 32U) ^ hash) % kFeatureCount;
}

/// Numbers differ from letter to letter; only their shape tells something.
std::string shaped(const std::string& word) {
  if (word.find_first_not_of("0123456789") != std::string::npos) return word.substr(0, kLongestWord);
  return {'#', static_cast<char>('0' + std::min<std::size_t>(word.size(), 6))};
}

void count_parts(const std::string& word, Counts& counts) {
  if (word[0] == '#') return;
  std::string framed = "_";
  framed.append(word).append(1, '_');
  for (const std::size_t length : {4U, 5U}) {
    for (std::size_t i = 0; i + length <= framed.size(); ++i)
      ++counts[hashed('n', std::string_view(framed).substr(i, length))];
  }
}

/// A line by its first words, one, two, three and four of them, and whether there are more; the first three
/// also with their place.
void count_line(const std::vector<std::string>& words, int place, Counts& counts) {
  std::string start;
  for (std::size_t i = 0; i < words.size() && i < 4; ++i) {
    start.append(shaped(words[i])).append(1, ' ');
    ++counts[hashed('f', start)];
  }
  if (place < 3) ++counts[hashed('2', std::to_string(place).append(start))];
  start += words.size() > 4 ? '+' : '.';
  ++counts[hashed('l', start)];
}

void count_lines(std::string_view text, Counts& counts) {
  if (text.find('\n') == std::string_view::npos) return;  // a text without its layout
  for (int place = 0; place < kLines && !text.empty();) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::vector<std::string> words = folded_words(text.substr(0, std::min(end, kLongestLine)));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!words.empty()) count_line(words, place++, counts);
  }
}

std::vector<CountedFeature> in_order(const Counts& counts) {
  std::vector<CountedFeature> features;
  features.reserve(counts.size());
  for (const auto& [feature, count] : counts)
    features.push_back({feature, static_cast<std::uint8_t>(std::min(count, 255))});
  return features;
}

void put_number(std::string& out, std::uint32_t value) {
  for (; value >= 0x80; value >>= 7U) out += static_cast<char>(static_cast<unsigned char>(value | 0x80U));
  out += static_cast<char>(static_cast<unsigned char>(value));
}

std::uint32_t take_number(std::string_view& bytes) {
  std::uint32_t value = 0;
  for (unsigned shift = 0; shift < 28; shift += 7) {
    if (bytes.empty()) break;
    const auto byte = static_cast<unsigned char>(bytes[0]);
    bytes.remove_prefix(1);
    value |= (byte & 0x7FU) << shift;
    if (byte < 0x80) return value;
  }
  throw Error("kept features are damaged");
}

}  // namespace

TextFeatures features_of(std::string_view text) {
  constexpr std::size_t kBytesPerWord = 12;
  std::vector<std::string> words = folded_words(text.substr(0, kBytesPerWord * kWords));
  if (words.size() > kWords) words.resize(kWords);
  std::array<Counts, TextFeatures::zone_count> counts;
  std::string before;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string word = shaped(words[i]);
    std::string pair;
    if (!before.empty()) pair.append(before).append(1, ' ').append(word);
    ++counts[words_zone][hashed('w', word)];
    if (!pair.empty()) ++counts[pairs_zone][hashed('p', pair)];
    if (i < kWordsWithParts) count_parts(word, counts[parts_zone]);
    if (i < kHeadWords) {
      ++counts[head_zone][hashed('h', word)];
      if (!pair.empty()) ++counts[head_zone][hashed('H', pair)];
      if (i < kFirstWords) ++counts[head_zone][hashed('1', word)];
    }
    before = std::move(word);
  }
  count_lines(text, counts[lines_zone]);
  TextFeatures features;
  for (std::size_t z = 0; z < counts.size(); ++z) features.zones[z] = in_order(counts[z]);
  return features;
}

FeatureVector weighted(const TextFeatures& features) {
  FeatureVector all;
  float whole_square = 0;
  for (std::size_t z = 0; z < features.zones.size(); ++z) {
    float square = 0;
    const std::size_t first = all.size();
    for (const CountedFeature& one : features.zones[z]) {
      const float value = std::log1p(static_cast<float>(one.count));
      square += value * value;
      all.emplace_back(one.feature, value);
    }
    if (square <= 0) continue;
    whole_square += kZoneWeights[z] * kZoneWeights[z];
    const float scale = kZoneWeights[z] / std::sqrt(square);
    for (std::size_t i = first; i < all.size(); ++i) all[i].second *= scale;
  }
  std::sort(all.begin(), all.end());
  FeatureVector result;
  for (const auto& [feature, value] : all) {
    if (!result.empty() && result.back().first == feature) {
      result.back().second += value;
    } else {
      result.emplace_back(feature, value);
    }
  }
  for (auto& [feature, value] : result) value /= std::sqrt(whole_square);
  return result;
}

std::string packed(const TextFeatures& features) {
  std::string bytes;
  for (const auto& zone : features.zones) {
    put_number(bytes, static_cast<std::uint32_t>(zone.size()));
    std::uint32_t before = 0;
    for (const CountedFeature& one : zone) {
      put_number(bytes, one.feature - before);
      bytes += static_cast<char>(one.count);
      before = one.feature;
    }
  }
  return bytes;
}

TextFeatures unpacked(std::string_view bytes) {
  TextFeatures features;
  for (auto& zone : features.zones) {
    std::uint32_t number = 0;
    for (std::uint32_t left = take_number(bytes); left > 0; --left) {
      const std::uint32_t step = take_number(bytes);
      if (bytes.empty() || (step == 0 && !zone.empty()) || step >= kFeatureCount - number)
        throw Error("kept features are damaged");
      number += step;
      zone.push_back({number, static_cast<std::uint8_t>(bytes[0])});
      bytes.remove_prefix(1);
    }
  }
  if (!bytes.empty()) throw Error("kept features are damaged");
  return features;
}

}  // namespace eakte::ingest
