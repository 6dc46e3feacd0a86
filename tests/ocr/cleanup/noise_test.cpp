#include "ocr/cleanup/noise.h"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "tests/ocr/painted.h"

namespace eakte::ocr::cleanup {
namespace {

cv::Mat black_and_white(const cv::Mat& grey) { return grey >= 128; }

/// The page with a share of its pixels set to black or white by chance.
cv::Mat speckled(const cv::Mat& page, double share) {
  cv::RNG random(3);
  cv::Mat chance(page.size(), CV_32F);
  random.fill(chance, cv::RNG::UNIFORM, 0, 1);
  cv::Mat result = page.clone();
  result.setTo(0, chance < share / 2);
  result.setTo(255, chance > 1 - share / 2);
  return result;
}

/// A picture in dots: darker from left to right, by an ordered pattern.
cv::Mat dithered(cv::Size size) {
  constexpr int pattern[4][4] = {{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};
  cv::Mat picture(size, CV_8UC1);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x)
      picture.at<std::uint8_t>(y, x) = 16 * x / size.width > pattern[y % 4][x % 4] ? 0 : 255;
  }
  return picture;
}

TEST(Noise, IsFoundOnASpeckledPageAndTakenOut) {
  const cv::Mat page = black_and_white(painted::letter().pixels);
  for (const double share : {0.01, 0.04}) {
    const cv::Mat noisy = speckled(page, share);
    EXPECT_GT(find_noise(noisy).confidence, 0.9) << share;
    const int before = cv::countNonZero(noisy != page);
    EXPECT_LT(cv::countNonZero(without_specks(noisy) != page), before / 5) << share;
  }
}

TEST(Noise, IsNotFoundOnCleanGreyAndEmptyPages) {
  const cv::Mat letter = painted::letter().pixels;
  for (const cv::Mat& page :
       {letter, black_and_white(letter), cv::Mat(black_and_white(painted::noise(900, 900).pixels)),
        cv::Mat(2480, 1748, CV_8UC1, cv::Scalar(255)), cv::Mat(30, 30, CV_8UC1, cv::Scalar(0)),
        painted::noise(900, 900).pixels}) {
    EXPECT_LT(find_noise(page).confidence, 0.5);
  }
}

TEST(Noise, IsNotTheDotsOfAPicture) {
  cv::Mat page = black_and_white(painted::letter().pixels);
  EXPECT_LT(find_noise(dithered(page.size())).confidence, 0.5);
  dithered({1600, 1600}).copyTo(page(cv::Rect(74, 800, 1600, 1600)));
  EXPECT_LT(find_noise(page).confidence, 0.5);
}

TEST(Noise, TakingSpecksOutLeavesAPageWithoutThemAsItIs) {
  const cv::Mat page = black_and_white(painted::letter().pixels);
  EXPECT_LT(cv::countNonZero(without_specks(page) != page), 50);
}

}  // namespace
}  // namespace eakte::ocr::cleanup
