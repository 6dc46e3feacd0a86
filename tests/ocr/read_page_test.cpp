#include "ocr/read_page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <opencv2/imgproc.hpp>

#include "ocr/error.h"
#include "ocr/reading/trust.h"
#include "tests/ocr/painted.h"
#include "tests/support/page_painter.h"

namespace eakte::ocr {
namespace {

class ReadPageTest : public ::testing::Test {
protected:
  static void SetUpTestSuite() { recognizer_ = std::make_unique<Recognizer>(RecognizerOptions{}); }
  static void TearDownTestSuite() { recognizer_.reset(); }
  void SetUp() override { recognizer_->reset(); }

  static ReadPage read(const PageImage& page, const ReadOptions& options = {}) {
    return read_page(*recognizer_, page, options);
  }

  static std::unique_ptr<Recognizer> recognizer_;
};

std::unique_ptr<Recognizer> ReadPageTest::recognizer_;

const CleanupStep& step(const ReadPage& page, const std::string& name) {
  return *std::find_if(page.steps.begin(), page.steps.end(),
                       [&](const CleanupStep& s) { return s.name == name; });
}

const Word* find_word(const ReadPage& page, const std::string& text) {
  const auto found = std::find_if(page.text.words.begin(), page.text.words.end(),
                                  [&](const Word& w) { return w.text == text; });
  return found == page.text.words.end() ? nullptr : &*found;
}

void expect_near(const Box& a, const Box& b, int pixels) {
  EXPECT_NEAR(a.left, b.left, pixels);
  EXPECT_NEAR(a.top, b.top, pixels);
  EXPECT_NEAR(a.width, b.width, pixels);
  EXPECT_NEAR(a.height, b.height, pixels);
}

TEST_F(ReadPageTest, BringsTurnedPagesUprightAndMapsTheBoxes) {
  const PageImage upright = painted::letter();
  const ReadPage plain = read(upright);
  EXPECT_EQ(plain.quarter_turns, 0);
  const Word* expected = find_word(plain, "Lindenfurt");
  ASSERT_NE(expected, nullptr);
  for (int turns = 1; turns < 4; ++turns) {
    recognizer_->reset();
    const ReadPage page = read(turned(upright, turns));
    EXPECT_EQ((page.quarter_turns + turns) % 4, 0);
    EXPECT_EQ(page.text.width, upright.pixels.cols);
    EXPECT_EQ(page.text.height, upright.pixels.rows);
    const Word* found = find_word(page, "Lindenfurt");
    ASSERT_NE(found, nullptr) << plain_text(page.text);
    expect_near(found->box, expected->box, 4);
    EXPECT_TRUE(step(page, "orientation").applied);
  }
}

TEST_F(ReadPageTest, LeavesTheOrientationAloneWhenToldSo) {
  const ReadPage page = read(turned(painted::letter(), 2), {.find_orientation = false});
  EXPECT_EQ(page.quarter_turns, 0);
  EXPECT_FALSE(step(page, "orientation").applied);
}

TEST_F(ReadPageTest, ReadsATiltedPageWithABlackBorder) {
  PageImage page = testing::tilted(painted::letter(), -4);
  cv::rectangle(page.pixels, {0, 0, 70, page.pixels.rows}, 8, cv::FILLED);
  const cv::Mat before = page.pixels.clone();
  const ReadPage result = read(page);
  const std::string text = plain_text(result.text);
  EXPECT_NE(text.find("The fee of 25 Euro is payable"), std::string::npos) << text;
  EXPECT_TRUE(step(result, "deskew").applied);
  EXPECT_NEAR(step(result, "deskew").parameters.at("degrees"), 4, 0.15);
  EXPECT_TRUE(step(result, "border").applied);
  EXPECT_EQ(cv::norm(before, page.pixels, cv::NORM_INF), 0) << "the received pixels were changed";
  const cv::Rect whole(0, 0, page.pixels.cols, page.pixels.rows);
  for (const Word& word : result.text.words) {
    const cv::Rect box(word.box.left, word.box.top, word.box.width, word.box.height);
    ASSERT_EQ(box & whole, box);
    EXPECT_GT(cv::countNonZero(page.pixels(box) < 128), 0) << word.text << " has no ink in its box";
  }
}

TEST_F(ReadPageTest, ReadsUnderAShadow) {
  PageImage page = painted::letter();
  for (int x = 0; x < page.pixels.cols; ++x) {
    page.pixels.col(x).convertTo(page.pixels.col(x), -1, 1 - 0.75 * x / page.pixels.cols);
  }
  const ReadPage result = read(page);
  EXPECT_TRUE(step(result, "light").applied);
  EXPECT_NE(plain_text(result.text).find("The fee of 25 Euro is payable"), std::string::npos);
}

TEST_F(ReadPageTest, MarksABlankPage) {
  const ReadPage page = read({cv::Mat(3508, 2480, CV_8UC1, cv::Scalar(244)), 300});
  EXPECT_TRUE(page.blank);
  EXPECT_TRUE(page.text.words.empty());
  EXPECT_TRUE(step(page, "blank").applied);
  EXPECT_FALSE(read(painted::letter()).blank);
}

TEST_F(ReadPageTest, DoesNotCallAFaintPageBlank) {
  PageImage page = painted::letter();
  page.pixels = page.pixels * 0.22 + 190;  // light grey print on white
  const ReadPage result = read(page);
  EXPECT_FALSE(result.blank);
  EXPECT_NE(plain_text(result.text).find("Lindenfurt"), std::string::npos);
}

TEST_F(ReadPageTest, ReadsColour) {
  PageImage page = painted::letter();
  cv::cvtColor(page.pixels, page.pixels, cv::COLOR_GRAY2BGR);
  EXPECT_NE(plain_text(read(page).text).find("Lindenfurt"), std::string::npos);
}

TEST_F(ReadPageTest, SurvivesPicturesOfAnySize) {
  for (const cv::Size size : {cv::Size(1, 1), cv::Size(7, 3000), cv::Size(3000, 7), cv::Size(40, 40),
                              cv::Size(1801, 12), cv::Size(1, 3000)}) {
    const ReadPage page = read({cv::Mat(size, CV_8UC1, cv::Scalar(128)), 70});
    EXPECT_TRUE(page.text.words.empty()) << size.width << " x " << size.height;
  }
}

TEST_F(ReadPageTest, ReadsAPhotographAndMapsTheBoxes) {
  const ReadPage plain = read(painted::letter());
  const Word* expected = find_word(plain, "Lindenfurt");
  ASSERT_NE(expected, nullptr);
  const std::array<cv::Point2f, 4> paper{cv::Point2f(0, 0), {1748, 0}, {1748, 2480}, {0, 2480}};
  const std::array<cv::Point2f, 4> corners{cv::Point2f(350, 260), {1420, 210}, {1650, 2250}, {110, 2300}};
  recognizer_->reset();
  const ReadPage page = read(painted::photographed(painted::letter(), corners, {1748, 2480}));
  EXPECT_TRUE(step(page, "sheet").applied);
  const Word* found = find_word(page, "Lindenfurt");
  ASSERT_NE(found, nullptr) << plain_text(page.text);
  std::vector<cv::Point2f> middle{
      {static_cast<float>(expected->box.left) + 0.5F * static_cast<float>(expected->box.width),
       static_cast<float>(expected->box.top) + 0.5F * static_cast<float>(expected->box.height)}};
  cv::perspectiveTransform(middle, middle, cv::getPerspectiveTransform(paper.data(), corners.data()));
  EXPECT_NEAR(found->box.left + 0.5 * found->box.width, static_cast<double>(middle[0].x), 12);
  EXPECT_NEAR(found->box.top + 0.5 * found->box.height, static_cast<double>(middle[0].y), 12);
}

TEST_F(ReadPageTest, ReadsAPhotographThatTheCameraMovedIn) {
  std::vector<std::string> lines;
  for (int i = 0; i < 3; ++i)
    for (const std::string& line : painted::letter_lines()) lines.push_back(line);
  const PageImage page = testing::painted_page(lines, 1240, 1754, 150);
  // The camera moves by 14 pixels, aslant.
  cv::Mat kernel = cv::Mat::zeros(25, 25, CV_32F);
  cv::line(kernel, {6, 9}, {18, 15}, 1, 1, cv::LINE_AA);
  kernel /= cv::sum(kernel)[0];
  PageImage blurred{{}, 150};
  cv::filter2D(page.pixels, blurred.pixels, -1, kernel);
  const ReadPage read_blurred = read(blurred);
  EXPECT_TRUE(step(read_blurred, "motion").applied);
  EXPECT_NE(find_word(read_blurred, "Lindenfurt"), nullptr) << plain_text(read_blurred.text);
  recognizer_->reset();
  const ReadPage sharp = read(page);
  EXPECT_TRUE(std::none_of(sharp.steps.begin(), sharp.steps.end(),
                           [](const CleanupStep& s) { return s.name == "motion" && s.applied; }));
}

TEST_F(ReadPageTest, ReadsANegative) {
  PageImage page = painted::letter();
  page.pixels = ~page.pixels;
  const ReadPage result = read(page);
  EXPECT_TRUE(step(result, "negative").applied);
  EXPECT_NE(plain_text(result.text).find("Lindenfurt"), std::string::npos);
}

TEST_F(ReadPageTest, ReadsABlackAndWhitePageFullOfSpecks) {
  PageImage page = painted::letter();
  page.pixels = page.pixels >= 128;
  cv::Mat chance(page.pixels.size(), CV_32F);
  cv::RNG(3).fill(chance, cv::RNG::UNIFORM, 0, 1);
  page.pixels.setTo(0, chance < 0.03);
  page.pixels.setTo(255, chance > 0.97);
  const ReadPage read_page = read(page);
  EXPECT_TRUE(step(read_page, "noise").applied);
  for (const char* word : {"Lindenfurt", "Reference", "application", "granted.", "Sperling,"})
    EXPECT_NE(find_word(read_page, word), nullptr) << plain_text(read_page.text);
}

TEST_F(ReadPageTest, RefusesAPageWithoutPixels) { EXPECT_THROW(read({}), Error); }

TEST(Turned, TurnsClockwise) {
  PageImage image{cv::Mat(2, 3, CV_8UC1, cv::Scalar(0)), 123};
  image.pixels.at<uchar>(0, 0) = 9;
  const PageImage once = turned(image, 1);
  EXPECT_EQ(once.pixels.size(), cv::Size(2, 3));
  EXPECT_EQ(once.pixels.at<uchar>(0, 1), 9);
  EXPECT_EQ(once.dpi, 123);
  EXPECT_EQ(turned(image, 2).pixels.at<uchar>(1, 2), 9);
  EXPECT_EQ(turned(image, -1).pixels.at<uchar>(2, 0), 9);
  EXPECT_EQ(turned(image, 4).pixels.data, image.pixels.data);
}

TEST_F(ReadPageTest, AFormWithRulingsThroughItsLettersIsReadWithoutThem) {
  // Every line of the letter is underlined through the feet of its letters.
  PageImage form{painted::letter().pixels.clone(), painted::letter().dpi};
  const PageText plain = read(painted::letter()).text;
  ASSERT_FALSE(plain.words.empty());
  int line = -1;
  for (const Word& word : plain.words) {
    if (word.line == line) continue;
    line = word.line;
    const int y = word.box.top + word.box.height - 2;
    cv::rectangle(form.pixels, {word.box.left - 20, y, form.pixels.cols - word.box.left - 60, 4}, 0,
                  cv::FILLED);
  }
  recognizer_->reset();
  const ReadPage page = read(form);
  size_t found = 0;
  for (const Word& word : plain.words) found += find_word(page, word.text) != nullptr ? 1 : 0;
  EXPECT_GE(found * 10, plain.words.size() * 7) << plain_text(page.text);
}

TEST_F(ReadPageTest, AGoodReadingHasNoReasonsAndAPoorOneSaysWhy) {
  EXPECT_TRUE(read(painted::letter()).reasons.empty());
  recognizer_->reset();
  // Too coarse for anything to be made of it.
  PageImage coarse{{}, 150};
  cv::resize(painted::letter().pixels, coarse.pixels, {}, 0.085, 0.085, cv::INTER_AREA);
  cv::resize(coarse.pixels, coarse.pixels, painted::letter().pixels.size(), 0, 0, cv::INTER_CUBIC);
  const ReadPage poor = read(coarse);
  ASSERT_FALSE(poor.blank);
  ASSERT_FALSE(poor.reasons.empty()) << poor.text.confidence << plain_text(poor.text);
  EXPECT_FALSE(step(poor, poor.reasons.front()).applied);
}

TEST_F(ReadPageTest, OnlyADoubtfulPageIsReadTwiceAndVoted) {
  const ReadPage good = read(painted::letter());
  EXPECT_TRUE(std::ranges::none_of(good.steps, [](const CleanupStep& s) { return s.name == "vote"; }));
  recognizer_->reset();
  PageImage form{painted::letter().pixels(cv::Rect(0, 0, 1748, 1300)).clone(), 300};
  for (int y = 0; y < form.pixels.rows; y += 90)
    cv::line(form.pixels, {60, y}, {form.pixels.cols - 60, y}, 60, 3);
  cv::resize(form.pixels, form.pixels, {}, 0.2, 0.2, cv::INTER_AREA);
  cv::Mat grain(form.pixels.size(), CV_16SC1);
  cv::RNG random(5);
  random.fill(grain, cv::RNG::NORMAL, 0, 12);
  cv::add(form.pixels, grain, form.pixels, cv::noArray(), CV_8U);
  const ReadPage poor = read(form);
  ASSERT_TRUE(std::ranges::any_of(poor.steps, [](const CleanupStep& s) { return s.name == "vote"; }))
      << poor.text.confidence << plain_text(poor.text);
  const CleanupStep& voted = step(poor, "vote");
  EXPECT_EQ(voted.applied, voted.confidence > voted.parameters.at("before"));
  EXPECT_LE(poor.text.confidence, reading::page_trust(poor.text.words, 0))
      << "choosing the surer words makes no page more trusted";
}

}  // namespace
}  // namespace eakte::ocr
