#include "ocr/reading/second_look.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/ocr/painted.h"

namespace eakte::ocr::reading {
namespace {

class SecondLookTest : public ::testing::Test {
protected:
  SecondLookTest() : recognizer_(RecognizerOptions{}), page_(painted::letter()) {
    text_ = recognizer_.recognize(page_);
    std::string line;
    // The longest line of the letter is the one that gets lost.
    for (size_t begin = 0; begin < text_.words.size();) {
      size_t end = begin;
      std::string candidate;
      for (; end < text_.words.size() && text_.words[end].line == text_.words[begin].line; ++end)
        candidate += text_.words[end].text;
      if (candidate.size() > line.size()) {
        line = candidate;
        lost_line_ = text_.words[begin].line;
      }
      begin = end;
    }
    std::copy_if(text_.words.begin(), text_.words.end(), std::back_inserter(lost_),
                 [&](const Word& word) { return word.line == lost_line_; });
  }

  void lose_the_line() {
    std::erase_if(text_.words, [&](const Word& word) { return word.line == lost_line_; });
  }

  Recognizer recognizer_;
  PageImage page_;
  PageText text_;
  std::vector<Word> lost_;
  int lost_line_ = -1;
};

TEST_F(SecondLookTest, APageThatWasReadInFullHasNoUnreadAreas) {
  ASSERT_FALSE(text_.words.empty());
  EXPECT_TRUE(unread_areas(page_, text_).empty());
  const size_t before = text_.words.size();
  EXPECT_EQ(read_again(recognizer_, page_, text_).areas, 0);
  EXPECT_EQ(text_.words.size(), before);
}

TEST_F(SecondLookTest, ALineThatWasDroppedIsFoundAndReadAtItsPlace) {
  ASSERT_FALSE(lost_.empty());
  lose_the_line();
  const SecondLook look = read_again(recognizer_, page_, text_);
  EXPECT_GE(look.areas, 1);
  EXPECT_GT(look.gained_letters, 10);
  for (const Word& word : lost_) {
    const auto again = std::find_if(text_.words.begin(), text_.words.end(), [&](const Word& found) {
      return found.text == word.text && std::abs(found.box.left - word.box.left) < 6 &&
             std::abs(found.box.top - word.box.top) < 6;
    });
    EXPECT_NE(again, text_.words.end()) << word.text;
  }
}

TEST_F(SecondLookTest, TheShareOfUnreadLettersIsThatOfTheLinesThatAreMissing) {
  EXPECT_LT(unread_share(page_, text_), 0.05);
  EXPECT_GT(unread_share(page_, PageText{}), 0.9);
  const size_t before = text_.words.size();
  std::erase_if(text_.words, [&](const Word& word) { return word.box.top > page_.pixels.rows / 2; });
  const double missing = 1 - static_cast<double>(text_.words.size()) / static_cast<double>(before);
  ASSERT_GT(missing, 0.1);
  EXPECT_NEAR(unread_share(page_, text_), missing, 0.15);
}

TEST_F(SecondLookTest, TheBusiestRowsAreThoseWithTheLongLines) {
  const int height = page_.pixels.rows / 6;
  const cv::Rect rows = busiest_rows(page_.pixels, height);
  EXPECT_EQ(rows.width, page_.pixels.cols);
  EXPECT_EQ(rows.height, height);
  const auto letters_within = [&](const cv::Rect& band) {
    size_t letters = 0;
    for (const Word& word : text_.words) {
      if (band.contains({word.box.left, word.box.top + word.box.height / 2})) letters += word.text.size();
    }
    return letters;
  };
  for (int top = 0; top + height <= page_.pixels.rows; top += height)
    EXPECT_GE(letters_within(rows) * 10, letters_within({0, top, rows.width, height}) * 9) << top;
  const cv::Mat low = page_.pixels.rowRange(0, 40);
  EXPECT_EQ(busiest_rows(low, 100), cv::Rect({0, 0}, low.size()));
}

TEST_F(SecondLookTest, NothingIsReadOutOfNoise) {
  PageText nothing;
  EXPECT_EQ(read_again(recognizer_, painted::noise(900, 900), nothing).gained_letters, 0);
}

}  // namespace
}  // namespace eakte::ocr::reading
