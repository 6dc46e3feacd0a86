#include "ocr/text.h"

#include <gtest/gtest.h>

namespace eakte::ocr {
namespace {

Word word(std::string text, float confidence, int block = 0, int line = 0) {
  return {
      .text = std::move(text), .box = {0, 0, 10, 10}, .confidence = confidence, .block = block, .line = line};
}

TEST(PlainText, JoinsWordsLinesAndBlocks) {
  PageText page;
  EXPECT_EQ(plain_text(page), "");
  page.words = {word("Stadt", 1), word("Lindenfurt", 1), word("Bescheid", 1, 0, 1), word("Anlage", 1, 1, 2)};
  EXPECT_EQ(plain_text(page), "Stadt Lindenfurt\nBescheid\n\nAnlage\n");
}

TEST(PageConfidence, IsZeroWithoutWords) { EXPECT_EQ(page_confidence({}), 0.0F); }

TEST(PageConfidence, WeighsWordsByTheirLetters) {
  EXPECT_FLOAT_EQ(page_confidence({word("Verwaltung", 0.9F), word("ab", 0.3F)}), 0.8F);
  // An umlaut is one letter although it takes two bytes.
  EXPECT_FLOAT_EQ(page_confidence({word("öö", 0.4F), word("oo", 0.8F)}), 0.6F);
}

TEST(PageConfidence, CountsRunsOfPunctuationAsWrong) {
  const float clean = page_confidence({word("Stadtverwaltung", 0.9F)});
  EXPECT_LT(page_confidence({word("Stadtverwaltung", 0.9F), word("~.-=", 0.9F)}), clean - 0.1F);
  EXPECT_FLOAT_EQ(page_confidence({word("Stadtverwaltung", 0.9F), word("-", 0.9F)}), clean);
}

}  // namespace
}  // namespace eakte::ocr
