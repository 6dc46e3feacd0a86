#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace eakte::ingest {

/// Number of features that words, lines and n-grams are hashed into.
inline constexpr std::uint32_t kFeatureCount = 1U << 17U;

/// A hashed feature and how often it stands in the text, at most 255.
struct CountedFeature {
  std::uint32_t feature = 0;
  std::uint8_t count = 0;
  friend bool operator==(const CountedFeature&, const CountedFeature&) = default;
};

/// What a text shows, by zone: words, pairs of neighbouring words, 4- and 5-grams of letters (which survive a
/// reader's slip in the rest of the word), the head of the text once more, and its first lines as a whole.
/// Each zone is ordered by feature. Zones are weighed apart, so that neither long texts nor n-grams drown the
/// head.
struct TextFeatures {
  static constexpr std::size_t zone_count = 5;
  std::array<std::vector<CountedFeature>, zone_count> zones;
  friend bool operator==(const TextFeatures&, const TextFeatures&) = default;
};

/// The features of a text, line breaks included. Long texts count by their first 300 words, their head by 80
/// words and 30 lines.
TextFeatures features_of(std::string_view text);

/// A sparse vector of length 1 (or 0 for a text without words), ordered by feature: logarithms of the counts,
/// each zone scaled to a length of its own.
using FeatureVector = std::vector<std::pair<std::uint32_t, float>>;
FeatureVector weighted(const TextFeatures& features);

/// Bytes for keeping, two to three a feature, and back. `unpacked` throws Error when they are damaged.
std::string packed(const TextFeatures& features);
TextFeatures unpacked(std::string_view bytes);

}  // namespace eakte::ingest
