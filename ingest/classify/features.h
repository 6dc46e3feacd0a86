#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace eakte::ingest {

/// Number of features that words and n-grams are hashed into.
inline constexpr std::uint32_t kFeatureCount = 1U << 18U;

/// A text as a sparse vector of length 1, ordered by feature: its folded words, pairs of neighbours, and 4-
/// and 5-grams of letters, which survive a reader's slip in the rest of the word. Long texts count by their
/// first 600 words.
std::vector<std::pair<std::uint32_t, float>> features_of(std::string_view text);

}  // namespace eakte::ingest
