#include "ocr/reading/trust.h"

#include <gtest/gtest.h>

namespace eakte::ocr::reading {
namespace {

/// A page of words that are sure and some that are not.
std::vector<Word> page(int sure, float how_sure, int unsure, float how_unsure) {
  std::vector<Word> words;
  for (int i = 0; i < sure; ++i)
    words.push_back({.text = "Gemeinde", .box = {0, 0, 80, 20}, .confidence = how_sure});
  for (int i = 0; i < unsure; ++i)
    words.push_back({.text = "Gemeinde", .box = {0, 0, 80, 20}, .confidence = how_unsure});
  return words;
}

TEST(PageTrust, IsZeroWithoutWordsAndSmallButMoreWhereNoneCanBeTrusted) {
  EXPECT_EQ(page_trust({}, 0), 0.0F);
  const float nothing_right = page_trust(page(0, 0, 10, 0.2F), 0);
  EXPECT_GT(nothing_right, 0.0F);
  EXPECT_LT(nothing_right, 0.1F);
}

TEST(PageTrust, DoesNotDependOnHowSureTheSureWordsAre) {
  // A typeface that reads with 0.87 throughout has no more errors than one that reads with 0.96.
  EXPECT_FLOAT_EQ(page_trust(page(20, 0.87F, 0, 0), 0), page_trust(page(20, 0.96F, 0, 0), 0));
  EXPECT_GT(page_trust(page(20, 0.87F, 0, 0), 0), 0.9F);
}

TEST(PageTrust, RanksAPageWithSomeWrongWordsBelowOneThatIsEvenlyLessSure) {
  // The means of both are equal.
  EXPECT_LT(page_trust(page(16, 0.95F, 4, 0.35F), 0), page_trust(page(20, 0.83F, 0, 0), 0) - 0.1F);
}

TEST(PageTrust, FallsWithTheShareOfUnsureWords) {
  float before = 1;
  for (int unsure = 0; unsure <= 20; unsure += 4) {
    const float trust = page_trust(page(20 - unsure, 0.93F, unsure, 0.3F), 0);
    EXPECT_LT(trust, before) << unsure;
    before = trust;
  }
}

TEST(PageTrust, TakesRunsOfPunctuationForGarbageWhateverTheirConfidence) {
  std::vector<Word> words = page(10, 0.95F, 0, 0);
  const float clean = page_trust(words, 0);
  for (int i = 0; i < 5; ++i) words.push_back({.text = "~.-=", .box = {0, 0, 40, 20}, .confidence = 0.9F});
  EXPECT_LT(page_trust(words, 0), clean - 0.15F);
}

TEST(PageTrust, CountsAWordOnceHoweverLongItIs) {
  std::vector<Word> words = page(9, 0.95F, 0, 0);
  std::vector<Word> others = words;
  words.push_back({.text = "zu", .box = {0, 0, 20, 20}, .confidence = 0.2F});
  others.push_back({.text = "Verwaltungsgemeinschaft", .box = {0, 0, 200, 20}, .confidence = 0.2F});
  EXPECT_FLOAT_EQ(page_trust(words, 0), page_trust(others, 0));
}

TEST(PageTrust, FallsWithTheLettersASecondLookHadToAddButOnlySoFar) {
  const std::vector<Word> words = page(100, 0.95F, 0, 0);  // of eight letters
  const float read_at_once = page_trust(words, 0);
  const float eight_added = page_trust(words, 8);
  EXPECT_NEAR(read_at_once - eight_added, 0.95F * 0.04F, 0.001F);
  EXPECT_LT(page_trust(words, 16), eight_added);
  EXPECT_FLOAT_EQ(page_trust(words, 30), page_trust(words, 400));
  EXPECT_GT(page_trust(words, 400), 0.8F);
}

}  // namespace
}  // namespace eakte::ocr::reading
