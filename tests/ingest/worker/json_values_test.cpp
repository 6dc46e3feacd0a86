#include "ingest/worker/json_values.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ingest/error.h"
#include "ingest/separators.h"

namespace eakte::ingest {
namespace {

using nlohmann::json;

json page() {
  return to_json(archive::PageRecord{.number = 1, .width = 100, .height = 100, .steps = "[]", .codes = "[]"});
}

TEST(JsonValues, APageComesBackAsItWas) { EXPECT_EQ(to_json(page_record_from(page())), page()); }

TEST(JsonValues, ANumberThatIsNoWholeNumberInRangeIsRefused) {
  for (const char* number : {"1e300", "-1e300", "1.5", "9223372036854775808", "18446744073709551615",
                             "1000000000000", "-1", "\"1\"", "null", "true"}) {
    json value = page();
    value["width"] = json::parse(number);
    EXPECT_ANY_THROW(page_record_from(value)) << number;
  }
}

/// They are kept as text and taken apart by whoever shows the page.
TEST(JsonValues, ListsOfAPageAreListsNestedAsOursAre) {
  const std::string deep = std::string(20'000, '[') + std::string(20'000, ']');
  for (const char* name : {"steps", "codes", "marks"}) {
    for (const std::string& text :
         {deep.substr(name[0] == 'm' ? 19'950 : 0, name[0] == 'm' ? 100 : deep.size()), std::string("{"),
          std::string("5")}) {
      json value = page();
      value[name] = text;
      EXPECT_ANY_THROW(page_record_from(value)) << name << " " << text.substr(0, 40);
    }
  }
}

TEST(JsonValues, AColourOfAPictureHasThreeBytes) {
  const json layer{{"stencil", true}, {"left", 0},       {"top", 0},           {"width", 1},
                   {"height", 1},     {"components", 3}, {"colour", {1, 2, 3}}};
  json picture{{"coding", 0}, {"width", 1},         {"height", 1},    {"components", 1},
               {"dpi", 300},  {"quarter_turns", 0}, {"reduction", 1}, {"layers", {layer}}};
  EXPECT_EQ(page_picture_from(picture).layers.at(0).colour, (std::array<std::uint8_t, 3>{1, 2, 3}));
  for (const json& colour : {json{1, 2}, json{1, 2, 256}, json{1, 2, -1}, json{1, 2, 1e300}}) {
    picture["layers"][0]["colour"] = colour;
    EXPECT_THROW(page_picture_from(picture), json::exception) << colour;
  }
}

TEST(JsonValues, TheBoxOfACodeHasFourWholeNumbers) {
  EXPECT_EQ(codes_from_json(R"([{"symbology":"code39","text":"A","box":[1,2,3,4]}])").size(), 1U);
  for (const char* box : {"[1,2,3]", "[1,2,3,4,5]", "[1,2,3,1e300]", "[1,2,3,99999999999]", "{\"a\":1}"})
    EXPECT_THROW(codes_from_json(std::string(R"([{"symbology":"code39","text":"A","box":)") + box + "}]"),
                 Error)
        << box;
}

}  // namespace
}  // namespace eakte::ingest
