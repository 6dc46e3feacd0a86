#include "ocr/cleanup/holes.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "tests/ocr/painted.h"
#include "tests/support/page_painter.h"

namespace eakte::ocr::cleanup {
namespace {

/// A page of A4 at 150 dpi, on which 1 mm is 5.9 pixels.
PageImage page() { return testing::painted_page(painted::letter_lines(), 1240, 1754, 150); }

constexpr double millimetre = 150 / 25.4;

void punch(cv::Mat& pixels, double x, double y, double diameter, int brightness) {
  const cv::Point middle(static_cast<int>(x * millimetre), static_cast<int>(y * millimetre));
  cv::circle(pixels, middle, static_cast<int>(diameter / 2 * millimetre), brightness, cv::FILLED,
             cv::LINE_AA);
}

TEST(Holes, AreFoundAsAPunchMakesThemBlackAndGreyAndAskew) {
  for (const int brightness : {0, 60}) {
    for (const double degrees : {0.0, 2.5, -4.0}) {
      PageImage punched = page();
      punch(punched.pixels, 12, 108, 6, brightness);
      punch(punched.pixels, 12, 188, 6, brightness);
      const Holes holes = find_holes(survey(testing::tilted(punched, degrees).pixels));
      EXPECT_EQ(holes.places.size(), 2U) << brightness << " at " << degrees;
      EXPECT_GT(holes.confidence, 0.9) << brightness << " at " << degrees;
    }
  }
}

TEST(Holes, ASingleOneIsLessSure) {
  PageImage punched = page();
  punch(punched.pixels, 12, 148, 6, 20);
  const Holes holes = find_holes(survey(punched.pixels));
  ASSERT_EQ(holes.places.size(), 1U);
  EXPECT_GE(holes.confidence, 0.5);
  EXPECT_LT(holes.confidence, 0.9);
}

TEST(Holes, AreNotBulletsRingsSquaresOrAnythingInsideThePage) {
  PageImage marked = page();
  punch(marked.pixels, 12, 60, 2.5, 0);  // a bullet
  punch(marked.pixels, 100, 200, 6, 0);  // a disc in the text
  cv::circle(marked.pixels, {70, 800}, 18, 0, 4, cv::LINE_AA);
  cv::rectangle(marked.pixels, {52, 900, 36, 36}, 0, cv::FILLED);
  cv::rectangle(marked.pixels, {0, 0, 40, 1754}, 0, cv::FILLED);  // a border
  EXPECT_TRUE(find_holes(survey(marked.pixels)).places.empty());
}

TEST(Holes, AreNotBoldRoundLettersOfAHeading) {
  PageImage headed = page();
  for (const int x : {300, 345, 390, 700})
    cv::ellipse(headed.pixels, {{static_cast<float>(x), 70}, {36, 34}, 0}, 0, 12, cv::LINE_AA);
  for (const int x : {800, 842})  // without a counter, but side by side
    cv::circle(headed.pixels, {x, 70}, 18, 0, cv::FILLED, cv::LINE_AA);
  EXPECT_TRUE(find_holes(survey(headed.pixels)).places.empty());
}

TEST(Holes, AreNotSeenOnPrintNoiseAndEmptyPages) {
  EXPECT_TRUE(find_holes(survey(page().pixels)).places.empty());
  EXPECT_TRUE(find_holes(survey(painted::noise(1240, 1754).pixels)).places.empty());
  EXPECT_EQ(find_holes(survey(cv::Mat(800, 600, CV_8UC1, cv::Scalar(250)))).confidence, 0);
}

}  // namespace
}  // namespace eakte::ocr::cleanup
