#include "ocr/cleanup/blank.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "tests/ocr/painted.h"

namespace eakte::ocr::cleanup {
namespace {

Blank found_on(const cv::Mat& pixels) {
  const Survey seen = survey(pixels);
  return find_blank(seen, find_border(seen));
}

cv::Mat paper() {
  cv::Mat pixels(3508, 2480, CV_8UC1);
  cv::RNG(11).fill(pixels, cv::RNG::NORMAL, 238, 4);
  return pixels;
}

TEST(Blank, IsEmptyPaperWithGrain) { EXPECT_TRUE(found_on(paper()).blank); }

TEST(Blank, IsPaperWithSpecksAndABorder) {
  cv::Mat pixels = paper();
  cv::rectangle(pixels, {0, 0, 50, pixels.rows}, 5, cv::FILLED);
  for (int i = 0; i < 40; ++i) cv::circle(pixels, {200 + 50 * i, 300 + 77 * i}, 2, 60, cv::FILLED);
  EXPECT_TRUE(found_on(pixels).blank);
}

TEST(Blank, IsPaperWithTheOtherSideShiningThrough) {
  cv::Mat pixels = paper();
  const cv::Mat other = painted::letter().pixels;
  cv::Mat faint = cv::Mat(other.size(), CV_8UC1, cv::Scalar(0));
  cv::Mat mirrored;
  cv::flip(other, mirrored, 1);
  cv::GaussianBlur(255 - mirrored, faint, {0, 0}, 3);
  cv::Mat part = pixels(cv::Rect(200, 200, other.cols, other.rows));
  part -= faint * 0.1;
  EXPECT_TRUE(found_on(pixels).blank);
}

TEST(Blank, IsNoPageWithASingleSignature) {
  cv::Mat pixels = paper();
  cv::putText(pixels, "J. Sperling", {1200, 2800}, cv::FONT_HERSHEY_SCRIPT_SIMPLEX, 3, 60, 5, cv::LINE_AA);
  EXPECT_FALSE(found_on(pixels).blank);
}

TEST(Blank, IsNoPageOfText) { EXPECT_FALSE(found_on(painted::letter().pixels).blank); }

}  // namespace
}  // namespace eakte::ocr::cleanup
