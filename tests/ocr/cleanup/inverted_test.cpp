#include "ocr/cleanup/inverted.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ocr/cleanup/clean_page.h"
#include "tests/ocr/painted.h"

namespace eakte::ocr::cleanup {
namespace {

/// The letter with the rows from `top` to `bottom` printed white on black.
PageImage with_banner(int top, int bottom) {
  PageImage page = painted::letter();
  cv::Mat banner = page.pixels(cv::Rect(60, top, page.pixels.cols - 120, bottom - top));
  cv::bitwise_not(banner, banner);
  return page;
}

TEST(Inverted, IsFoundWhereLettersAreWhiteOnBlack) {
  const PageImage page = with_banner(60, 520);
  const Survey seen = survey(page.pixels);
  const Inverted inverted = find_inverted(seen);
  ASSERT_GT(inverted.confidence, 0.5);
  EXPECT_EQ(inverted.areas, 1);
  EXPECT_EQ(inverted.mask.at<uchar>(300 / seen.reduction, 80 / seen.reduction), 255);
  EXPECT_EQ(inverted.mask.at<uchar>(700 / seen.reduction, 80 / seen.reduction), 0);
}

TEST(Inverted, BecomesBlackOnWhiteForTheRecogniser) {
  const PageImage page = with_banner(60, 520);
  const CleanPage clean = clean_page(page, survey(page.pixels));
  const cv::Mat& pixels = clean.image.pixels;
  const double scale = static_cast<double>(pixels.cols) / page.pixels.cols;
  const cv::Rect banner(static_cast<int>(80 * scale), static_cast<int>(80 * scale),
                        static_cast<int>(1580 * scale), static_cast<int>(420 * scale));
  EXPECT_GT(cv::mean(pixels(banner))[0], 180);
  EXPECT_TRUE(clean.changed);
}

TEST(Inverted, IsNotADarkPictureNorAFrameNorPrint) {
  EXPECT_EQ(find_inverted(survey(painted::letter().pixels)).areas, 0);
  PageImage picture = painted::letter();
  cv::rectangle(picture.pixels, {200, 1200, 1200, 800}, 30, cv::FILLED);
  cv::circle(picture.pixels, {700, 1600}, 200, 220, cv::FILLED);
  EXPECT_EQ(find_inverted(survey(picture.pixels)).areas, 0);
  PageImage frame = painted::letter();
  cv::rectangle(frame.pixels, {30, 30, 1680, 2400}, 0, 12);
  EXPECT_EQ(find_inverted(survey(frame.pixels)).areas, 0);
}

TEST(Inverted, IsNotFoundOnNoiseNorOnAnEmptyPage) {
  EXPECT_EQ(find_inverted(survey(painted::noise(1240, 1754).pixels)).areas, 0);
  EXPECT_EQ(find_inverted(survey(cv::Mat(800, 600, CV_8UC1, cv::Scalar(250)))).areas, 0);
}

TEST(Negative, IsAPageThatIsDarkAllOver) {
  const PageImage page = painted::letter();
  EXPECT_GT(negative_confidence(~page.pixels), 0.5);
  EXPECT_EQ(negative_confidence(page.pixels), 0);
  EXPECT_EQ(negative_confidence(page.pixels * 0.35), 0) << "badly lit";
  EXPECT_EQ(negative_confidence(painted::noise(1240, 1754).pixels / 2), 0);
  EXPECT_EQ(negative_confidence(cv::Mat(800, 600, CV_8UC1, cv::Scalar(10))), 0);
}

}  // namespace
}  // namespace eakte::ocr::cleanup
