#include "ocr/cleanup/light.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "tests/ocr/painted.h"

namespace eakte::ocr::cleanup {
namespace {

/// The letter with a shadow that grows from left to right.
cv::Mat shaded(double darkest) {
  cv::Mat pixels = painted::letter().pixels.clone();
  for (int x = 0; x < pixels.cols; ++x) {
    const double light = 1 - (1 - darkest) * x / pixels.cols;
    pixels.col(x).convertTo(pixels.col(x), -1, light);
  }
  return pixels;
}

TEST(Light, IsUnevenUnderAShadow) { EXPECT_GT(find_light(survey(shaded(0.4))).confidence, 0.9); }

TEST(Light, IsEvenOnACleanPage) {
  cv::Mat grey = painted::letter().pixels.clone();
  grey = cv::min(grey, 235);
  cv::Mat grain(grey.size(), CV_8UC1);
  cv::RNG(3).fill(grain, cv::RNG::NORMAL, 6, 3);
  EXPECT_LT(find_light(survey(grey - grain)).confidence, 0.3);
}

TEST(Light, LeavesABlackAndWhitePageAlone) {
  cv::Mat pixels = shaded(0.4);
  cv::threshold(pixels, pixels, 128, 255, cv::THRESH_BINARY);
  EXPECT_EQ(find_light(survey(pixels)).confidence, 0);
}

TEST(Light, FlattenedMakesThePaperEvenAndKeepsThePrint) {
  cv::Mat pixels = shaded(0.4);
  const Survey before = survey(pixels);
  flatten_light(pixels, light_field(before));
  const Light after = find_light(survey(pixels));
  EXPECT_GT(after.darkest, 235);
  double darkest = 255;
  cv::minMaxLoc(pixels, &darkest);
  EXPECT_LT(darkest, 20);
}

}  // namespace
}  // namespace eakte::ocr::cleanup
