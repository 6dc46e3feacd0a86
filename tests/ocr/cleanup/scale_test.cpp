#include "ocr/cleanup/scale.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "tests/ocr/painted.h"

namespace eakte::ocr::cleanup {
namespace {

cv::Mat letter_times(double factor) {
  cv::Mat pixels;
  cv::resize(painted::letter().pixels, pixels, {}, factor, factor,
             factor < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return pixels;
}

TEST(Scale, BringsLettersNearTheWantedHeight) {
  for (const double factor : {0.25, 0.35, 0.7, 1.0, 1.4}) {
    const Survey seen = survey(letter_times(factor));
    const Scale scale = find_scale(seen);
    const double height = seen.letter_height * scale.factor;
    EXPECT_GE(height, 13) << "page at " << factor;
    EXPECT_LE(height, 26) << "page at " << factor;
  }
}

TEST(Scale, EnlargesSmallPrintOnly) {
  EXPECT_GT(find_scale(survey(letter_times(0.3))).factor, 1.3);
  EXPECT_LT(find_scale(survey(letter_times(1.5))).factor, 1.0);
}

TEST(Scale, StaysWhereNothingIsPrinted) {
  EXPECT_EQ(find_scale(survey(cv::Mat(3000, 2000, CV_8UC1, cv::Scalar(255)))).factor, 1);
}

TEST(Scale, SparesTheSmallPrintOfALargePage) {
  cv::Mat pixels = letter_times(1.5);
  cv::Mat small = letter_times(0.45);
  small.copyTo(pixels(cv::Rect(pixels.cols - small.cols, pixels.rows - small.rows, small.cols, small.rows)));
  const Survey seen = survey(pixels);
  EXPECT_GE(seen.small_letter_height * find_scale(seen).factor, 9);
}

TEST(Scale, IsNotMisledByLettersThatBlurHasJoined) {
  PageImage page = painted::letter();
  cv::blur(page.pixels, page.pixels, {31, 5});
  const Survey seen = survey(page.pixels);
  const double by_height = 20 / seen.letter_height;
  ASSERT_LT(by_height, 0.8) << "the letters have to be high for this";
  EXPECT_GT(find_scale(seen).factor, 1.2 * by_height);
}

}  // namespace
}  // namespace eakte::ocr::cleanup
