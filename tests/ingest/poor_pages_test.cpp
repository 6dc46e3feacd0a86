#include "ingest/poor_pages.h"

#include <gtest/gtest.h>

namespace eakte::ingest {
namespace {

archive::PageRecord page(int number, double confidence, const std::string& steps = "[]", bool blank = false) {
  archive::PageRecord record;
  record.number = number;
  record.confidence = confidence;
  record.steps = steps;
  record.blank = blank;
  return record;
}

TEST(PoorPages, AreNamedWorstFirstWithTheReasonTheReaderNoted) {
  const auto poor = poor_pages({page(1, 0.95), page(2, 0.5, R"([{"name":"unsure_words"}])"),
                                page(3, 0.3, R"([{"name":"unsure_words"},{"name":"unsure_orientation"}])")},
                               0.55);
  ASSERT_EQ(poor.size(), 2U);
  EXPECT_EQ(poor[0].value, "3");
  EXPECT_EQ(poor_pages_sentence(poor),
            "Seite 3: die Seite liegt vielleicht falsch herum, viele Wörter sind unsicher gelesen; "
            "Seite 2: viele Wörter sind unsicher gelesen.");
}

TEST(PoorPages, AreAlsoThoseWhereTextIsMissingAlthoughWhatWasReadIsSure) {
  const auto poor = poor_pages({page(1, 0.9, R"([{"name":"little_text_recognised"}])")}, 0.55);
  ASSERT_EQ(poor.size(), 1U);
  EXPECT_EQ(poor[0].reason, "es steht mehr auf der Seite, als erkannt wurde");
}

TEST(PoorPages, AreNeverBlankOnes) {
  EXPECT_TRUE(poor_pages({page(1, 0, "[]", true)}, 0.55).empty());
  EXPECT_EQ(poor_pages_sentence({}), "");
}

TEST(BlankPages, AreProposedWithHowSureTheReaderIs) {
  const auto blank =
      blank_pages({page(1, 0.9), page(2, 0, R"([{"name":"blank","applied":true,"confidence":0.97}])", true),
                   page(3, 0, "[]", true)});
  ASSERT_EQ(blank.size(), 2U);
  EXPECT_EQ(blank[0].field, "blank_page");
  EXPECT_EQ(blank[0].value, "2");
  EXPECT_DOUBLE_EQ(blank[0].confidence, 0.97);
  EXPECT_EQ(blank[1].confidence, 0);
}

TEST(PoorPages, WithoutAnyTextSaySo) {
  EXPECT_EQ(poor_pages_sentence(poor_pages({page(4, 0)}, 0.55)), "Seite 4: es wurde kein Text erkannt.");
}

TEST(PoorPages, BeyondFiveAreCounted) {
  std::vector<archive::PageRecord> pages;
  for (int number = 1; number <= 8; ++number) pages.push_back(page(number, 0.1 * number, "not json"));
  const std::string sentence = poor_pages_sentence(poor_pages(pages, 1.0));
  EXPECT_NE(sentence.find("Seite 5: der Text ist unsicher gelesen; und 3 weitere."), std::string::npos)
      << sentence;
}

TEST(PoorPages, AmongOtherProposalsAreToldAlone) {
  EXPECT_EQ(poor_pages_sentence({{"iban", "DE00", 1, "x"}}), "");
}

}  // namespace
}  // namespace eakte::ingest
