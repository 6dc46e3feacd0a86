#include "ocr/reading/vote.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace eakte::ocr::reading {
namespace {

Word word(const std::string& text, int left, float confidence, int line = 0) {
  return {.text = text,
          .box = {left, 40 * line, static_cast<int>(text.size()) * 10, 20},
          .confidence = confidence,
          .block = 0,
          .line = line};
}

PageText page(std::vector<Word> words) {
  return {.width = 1000, .height = 400, .dpi = 200, .words = std::move(words), .confidence = 0};
}

TEST(Vote, TheSurerWordingStays) {
  PageText text = page({word("Beträge", 0, 0.9F), word("Rccbnnng", 100, 0.4F)});
  const Vote result = vote(text, page({word("Betriige", 0, 0.6F), word("Rechnung", 101, 0.8F)}));
  EXPECT_EQ(plain_text(text), "Beträge Rechnung\n");
  EXPECT_EQ(result.replaced, 1);
  EXPECT_EQ(result.added + result.dropped, 0);
}

TEST(Vote, AWordThatWasTornIsReplacedAsAWhole) {
  PageText text = page({word("Bau", 0, 0.5F), word("genehm", 40, 0.4F), word("vom", 200, 0.9F)});
  vote(text, page({word("Baugenehmigung", 0, 0.9F), word("vom", 200, 0.9F)}));
  EXPECT_EQ(plain_text(text), "Baugenehmigung vom\n");
}

TEST(Vote, WordsThatWereJoinedAreReplacedInTheirOrder) {
  PageText text = page({word("am", 0, 0.9F), word("l4.Mai2021", 30, 0.3F)});
  vote(text, page({word("2021", 90, 0.9F), word("14.", 30, 0.9F), word("Mai", 60, 0.9F)}));
  EXPECT_EQ(plain_text(text), "am 14. Mai 2021\n");
}

TEST(Vote, LettersWithLessTrustThanEvenSpeakAgainstAWording) {
  PageText text = page({word("Ort", 0, 0.55F)});
  vote(text, page({word("Qrtsverwa", 0, 0.45F)}));
  EXPECT_EQ(plain_text(text), "Ort\n");
}

TEST(Vote, ASureWordOfTheOtherReadingEntersTheLineWhereItStands) {
  PageText text = page({word("Name:", 0, 0.9F), word("Keller", 130, 0.9F), word("Ort:", 0, 0.9F, 1)});
  const Vote result = vote(text, page({word("Eva", 80, 0.9F), word("zz", 400, 0.5F)}));
  EXPECT_EQ(plain_text(text), "Name: Eva Keller\nOrt:\n");
  EXPECT_EQ(result.added, 1);
}

TEST(Vote, ASureWordFarFromAllLinesBecomesALineOfItsOwn) {
  PageText text = page({word("Name:", 0, 0.9F)});
  vote(text, page({word("Anlage", 900, 0.9F)}));
  EXPECT_EQ(plain_text(text), "Name:\n\nAnlage\n");
}

TEST(Vote, ADoubtfulWordTheOtherReadingDoesNotSeeIsDropped) {
  PageText text = page({word("Datum", 0, 0.9F), word("~hNz", 300, 0.3F), word("heute", 500, 0.6F)});
  const Vote result = vote(text, page({word("Datum", 0, 0.9F)}));
  EXPECT_EQ(plain_text(text), "Datum heute\n");
  EXPECT_EQ(result.dropped, 1);
}

TEST(Vote, AWordThatLiesAcrossLinesReplacesNothing) {
  PageText text = page({word("oben", 0, 0.5F, 0), word("unten", 0, 0.5F, 1)});
  Word both = word("oben-unten", 0, 1.0F);
  both.box = {0, 0, 60, 60};
  vote(text, page({both}));
  EXPECT_EQ(plain_text(text), "oben\nunten\n");
}

TEST(Vote, AReadingAgreesWithItself) {
  const PageText before = page({word("Satzung", 0, 0.9F), word("der", 100, 0.4F), word("Stadt", 0, 0.7F, 1)});
  PageText text = before;
  const Vote result = vote(text, before);
  EXPECT_EQ(plain_text(text), plain_text(before));
  EXPECT_EQ(result.replaced + result.added + result.dropped, 0);
}

TEST(Vote, WithoutWordsOnEitherSideNothingHappens) {
  PageText none = page({});
  vote(none, page({}));
  EXPECT_TRUE(none.words.empty());
  vote(none, page({word("Akte", 0, 0.9F)}));
  EXPECT_EQ(plain_text(none), "Akte\n");
}

}  // namespace
}  // namespace eakte::ocr::reading
