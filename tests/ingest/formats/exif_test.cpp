#include "ingest/formats/exif.h"

#include <gtest/gtest.h>

#include <string>

namespace eakte::ingest {
namespace {

using namespace std::string_literals;

std::optional<ExifFacts> facts_in(const std::string& segment) {
  return exif_facts({reinterpret_cast<const std::uint8_t*>(segment.data()), segment.size()});
}

const std::string intel_head = "Exif\0\0II*\0\x08\0\0\0"s;

TEST(Exif, ReadsOrientationAndResolutionInCentimetres) {
  const std::string block = intel_head + "\x04\0"s +                               // four entries
                            "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"s +                // orientation 6
                            "\x1A\x01\x05\0\x01\0\0\0\x3E\0\0\0"s +                // x resolution at 62
                            "\x1B\x01\x05\0\x01\0\0\0\x3E\0\0\0"s +                // y resolution at 62
                            "\x28\x01\x03\0\x01\0\0\0\x03\0\0\0"s + "\0\0\0\0"s +  // centimetres
                            "\x76\0\0\0\x01\0\0\0"s;                               // 118 / 1
  const auto facts = facts_in(block);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->orientation, 6);
  EXPECT_NEAR(facts->density.x, 299.7, 0.1);
  EXPECT_NEAR(facts->density.y, 299.7, 0.1);
}

TEST(Exif, PassesOverWhatPointsOutside) {
  const std::string far_value = intel_head + "\x01\0\x1A\x01\x05\0\x01\0\0\0\xF0\xFF\xFF\xFF"s;
  ASSERT_TRUE(facts_in(far_value));
  EXPECT_EQ(facts_in(far_value)->density.x, 0);
  const std::string far_directory = "Exif\0\0II*\0\xF0\xFF\xFF\xFF"s;
  ASSERT_TRUE(facts_in(far_directory));
  EXPECT_EQ(facts_in(far_directory)->orientation, 1);
  const std::string many_entries = intel_head + "\xFF\xFF"s;
  ASSERT_TRUE(facts_in(many_entries));
}

TEST(Exif, KnowsWhatIsNoExif) {
  EXPECT_FALSE(facts_in(""));
  EXPECT_FALSE(facts_in("http://ns.adobe.com/xap/1.0/"s));
  EXPECT_FALSE(facts_in("Exif\0\0IM*\0\x08\0\0\0"s));
  EXPECT_FALSE(facts_in("Exif\0\0II+\0\x08\0\0\0"s));
}

TEST(Exif, TakesNonsenseAsUpright) {
  const auto facts = facts_in(intel_head + "\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0\0\0\0\0"s);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->orientation, 1);
}

}  // namespace
}  // namespace eakte::ingest
