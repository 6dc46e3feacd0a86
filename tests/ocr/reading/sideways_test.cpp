#include "ocr/reading/sideways.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "ocr/reading/second_look.h"
#include "tests/ocr/painted.h"
#include "tests/support/page_painter.h"

namespace eakte::ocr::reading {
namespace {

const std::string form_number = "45093817";

/// A letter with a number along its right margin that is upright once the page is turned by `quarter_turns`.
PageImage letter_with_number(int quarter_turns) {
  PageImage page = painted::letter();
  const cv::Mat line(110, 560, CV_8UC1, cv::Scalar(255));
  cv::putText(line, form_number, {20, 80}, cv::FONT_HERSHEY_SIMPLEX, 2.2, 0, 5, cv::LINE_AA);
  cv::Mat along;
  cv::rotate(line, along, quarter_turns == 1 ? cv::ROTATE_90_COUNTERCLOCKWISE : cv::ROTATE_90_CLOCKWISE);
  along.copyTo(page.pixels(cv::Rect({page.pixels.cols - 180, 900}, along.size())));
  return page;
}

Word word(const std::string& text, Box box, float confidence, int line) {
  return {.text = text, .box = box, .confidence = confidence, .block = line, .line = line};
}

TEST(Sideways, ALineAlongTheMarginIsTallAndNarrow) {
  EXPECT_TRUE(runs_sideways({0, 0, 40, 220}, 20));
  EXPECT_FALSE(runs_sideways({0, 0, 220, 40}, 20));
  EXPECT_FALSE(runs_sideways({0, 0, 40, 60}, 20));
  EXPECT_FALSE(runs_sideways({0, 0, 200, 900}, 20)) << "a column";
}

TEST(Sideways, OnlyTallWordsThatCannotBeTrustedAreMisread) {
  const std::vector<Word> words = {
      word("Antrag", {0, 0, 120, 30}, 0.9F, 0), word("1I9OSP", {900, 100, 20, 200}, 0.1F, 1),
      word("Vordruck", {950, 100, 20, 260}, 0.93F, 2), word("I", {10, 400, 5, 40}, 0.2F, 3),
      word("unklar", {10, 500, 120, 30}, 0.2F, 4)};
  EXPECT_EQ(misread_sideways(words), (std::vector<size_t>{1}));
  EXPECT_TRUE(misread_sideways({}).empty());
}

TEST(Sideways, ANumberAlongTheMarginIsReadWhicheverWayItRuns) {
  Recognizer recognizer(RecognizerOptions{});
  for (const int quarter_turns : {1, 3}) {
    const PageImage page = letter_with_number(quarter_turns);
    recognizer.reset();
    PageText text = recognizer.recognize(page);
    read_again(recognizer, page, text);
    const auto read = std::ranges::find(text.words, form_number, &Word::text);
    ASSERT_NE(read, text.words.end()) << plain_text(text);
    EXPECT_GT(read->box.height, 3 * read->box.width);
    EXPECT_NEAR(read->box.left + read->box.width / 2, page.pixels.cols - 125, 30);
    EXPECT_NEAR(read->box.top + read->box.height / 2, 900 + 280, 120);
    // What the recogniser made of it upside down is gone.
    EXPECT_EQ(std::ranges::count_if(text.words, [](const Word& w) { return w.box.height > 3 * w.box.width; }),
              1);
  }
}

TEST(Sideways, AColumnOfNumbersIsReadLevel) {
  const std::vector<std::string> numbers = {"11.", "12.", "13.", "14.", "15.", "16.", "17.", "18."};
  Recognizer recognizer(RecognizerOptions{});
  const PageImage page = testing::painted_page(numbers, 620, 877, 150);
  PageText text;
  read_again(recognizer, page, text);
  for (const char* number : {"12", "15", "17"})
    EXPECT_TRUE(std::ranges::any_of(text.words, [&](const Word& w) { return w.text.starts_with(number); }))
        << number << " in " << plain_text(text);
}

TEST(Sideways, NothingIsMadeOfABarAlongTheMargin) {
  Recognizer recognizer(RecognizerOptions{});
  PageImage part{cv::Mat(600, 80, CV_8UC1, cv::Scalar(255)), 200};
  cv::rectangle(part.pixels, {30, 20, 14, 560}, 0, cv::FILLED);
  EXPECT_TRUE(read_sideways(recognizer, part).empty());
}

}  // namespace
}  // namespace eakte::ocr::reading
