#include "ingest/classify/features.h"

#include <gtest/gtest.h>

#include <cmath>

#include "ingest/classify/kept_features.h"
#include "ingest/error.h"
#include "tests/archive/tenant.h"

namespace eakte::ingest {
namespace {

constexpr const char* kText = "Rechnung Nr. 4711\nNettobetrag 12,50 Nettobetrag\nzahlbar binnen 14 Tagen";

TEST(Features, GiveAVectorOfLengthOne) {
  for (const char* text : {kText, "ein Wort", "x"}) {
    double square = 0;
    std::uint32_t before = 0;
    for (const auto& [feature, value] : weighted(features_of(text))) {
      EXPECT_TRUE(feature > before || square == 0);
      EXPECT_LT(feature, kFeatureCount);
      before = feature;
      square += static_cast<double>(value * value);
    }
    // Features of two zones that hash to the same number add up.
    EXPECT_NEAR(std::sqrt(square), 1, 0.1) << text;
  }
  EXPECT_TRUE(weighted(features_of("")).empty());
  EXPECT_TRUE(weighted(features_of("\n \n–")).empty());
}

TEST(Features, TellLinesApartOnlyWhereThereAreLines) {
  EXPECT_FALSE(features_of("Rechnung\nzahlbar").zones.back().empty());
  EXPECT_TRUE(features_of("Rechnung zahlbar").zones.back().empty());
}

TEST(Features, AreBoundedForALongText) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "Wort" + std::to_string(i * 7919) + (i % 9 == 0 ? "\n" : " ");
  EXPECT_LT(weighted(features_of(text)).size(), 6000U);
}

TEST(Features, AreTheSameAfterPacking) {
  for (const char* text : {kText, "", "a"}) {
    const TextFeatures features = features_of(text);
    EXPECT_EQ(unpacked(packed(features)), features);
  }
}

TEST(Features, RefuseDamagedBytes) {
  const std::string good = packed(features_of(kText));
  for (std::size_t size = 0; size < good.size(); ++size) EXPECT_THROW(unpacked(good.substr(0, size)), Error);
  EXPECT_THROW(unpacked(good + "x"), Error);
  int refused = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x84);
    try {
      for (const auto& [feature, value] : weighted(unpacked(bad))) ASSERT_LT(feature, kFeatureCount);
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 0);
}

TEST(KeptFeatures, KeepWhatStandsBeforeADamagedEnd) {
  const eakte::testing::TemporaryDirectory directory;
  const auto file = directory.path() / "type.features";
  EXPECT_TRUE(load_features(file).empty());
  const KeptFeatures features{{std::string(64, 'a'), packed(features_of(kText))},
                              {std::string(64, 'b'), packed(features_of("Satzung"))}};
  save_features(file, features);
  EXPECT_EQ(load_features(file), features);
  const std::string good = eakte::testing::file_content(file);
  for (std::size_t size = 0; size < good.size(); size += 7) {
    std::ofstream(file, std::ios::binary) << good.substr(0, size);
    const KeptFeatures kept = load_features(file);
    for (const auto& [sha256, bytes] : kept) EXPECT_EQ(features.at(sha256), bytes);
    EXPECT_LT(kept.size(), features.size());
  }
}

}  // namespace
}  // namespace eakte::ingest
