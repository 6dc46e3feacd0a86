#include "ocr/reading/doubt.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ocr/cleanup/survey.h"
#include "ocr/recognizer.h"
#include "tests/ocr/painted.h"

namespace eakte::ocr::reading {
namespace {

class DoubtTest : public ::testing::Test {
protected:
  DoubtTest() : page_(painted::letter()), survey_(cleanup::survey(page_.pixels)) {
    Recognizer recognizer(RecognizerOptions{});
    text_ = recognizer.recognize(page_);
  }

  /// The reading as if all words had this confidence and the layout analysis had dropped the lower part.
  PageText with(float confidence, double share_kept) const {
    PageText text = text_;
    const auto kept = static_cast<size_t>(share_kept * static_cast<double>(text.words.size()));
    text.words.resize(std::min(kept, text.words.size()));
    for (Word& word : text.words) word.confidence = confidence;
    text.confidence = confidence;
    return text;
  }

  PageImage page_;
  cleanup::Survey survey_;
  PageText text_;
};

TEST_F(DoubtTest, AGoodReadingOfAllOfThePageIsNotDoubted) {
  EXPECT_EQ(doubt_of(with(0.95F, 1), page_, survey_), Doubt::none);
}

TEST_F(DoubtTest, ADoubtfulReadingIsSuspectOnceAFifthOfItsLettersHasNoWords) {
  // Just above the limit of a poor reading: what is left out decides.
  EXPECT_EQ(doubt_of(with(0.703F, 1), page_, survey_), Doubt::some);
  EXPECT_EQ(doubt_of(with(0.703F, 0.78), page_, survey_), Doubt::suspect);
  EXPECT_EQ(doubt_of(with(0.87F, 0.78), page_, survey_), Doubt::suspect);
  EXPECT_EQ(doubt_of(with(0.87F, 0.95), page_, survey_), Doubt::some);
}

TEST_F(DoubtTest, ADoubtOnceRaisedIsFollowedUpThoughTheConfidenceIsGood) {
  EXPECT_EQ(doubt_of(with(0.95F, 0.78), page_, survey_), Doubt::none);
  EXPECT_EQ(doubt_of(with(0.95F, 0.78), page_, survey_, true), Doubt::suspect);
  EXPECT_EQ(doubt_of(with(0.95F, 1), page_, survey_, true), Doubt::some);
}

TEST_F(DoubtTest, APoorReadingAndOneThatLostTextAreSuspectWhateverElse) {
  EXPECT_EQ(doubt_of(with(0.6F, 1), page_, survey_), Doubt::suspect);
  EXPECT_EQ(doubt_of(with(0.95F, 0.3), page_, survey_), Doubt::suspect);
  EXPECT_TRUE(lost_text(with(0.95F, 0.3), survey_));
  EXPECT_FALSE(lost_text(with(0.95F, 1), survey_));
}

}  // namespace
}  // namespace eakte::ocr::reading
