#include "ocr/cleanup/streaks.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "tests/ocr/painted.h"

namespace eakte::ocr::cleanup {
namespace {

cv::Mat black_and_white_letter() { return painted::letter().pixels >= 128; }

/// The page with every twentieth row or so, and up to two more, lost or blackened, whole or for a half.
cv::Mat streaked(const cv::Mat& page, std::uint8_t value) {
  cv::RNG random(7);
  cv::Mat result = page.clone();
  for (int y = 10; y < page.rows - 10; y += random.uniform(15, 30)) {
    const int left = random.uniform(0, 2) * page.cols / 2;
    result(cv::Rect(left, y, page.cols - left, random.uniform(1, 4))).setTo(value);
  }
  return result;
}

cv::Mat ruled() {
  cv::Mat page = black_and_white_letter();
  for (int y = 60; y < page.rows; y += 60) cv::line(page, {80, y}, {page.cols - 80, y + 12}, 0, 3);
  for (int x = 80; x < page.cols; x += 280) cv::line(page, {x, 60}, {x, page.rows - 60}, 0, 3);
  return page;
}

/// Half of the pixels black, in a pattern whose rows take turns.
cv::Mat dotted() {
  cv::Mat page = black_and_white_letter();
  for (int y = 1200; y < page.rows; ++y)
    for (int x = y % 2; x < page.cols; x += 2) page.at<std::uint8_t>(y, x) = 0;
  return page;
}

TEST(Streaks, AreFoundInBothColoursAndRepaired) {
  const cv::Mat page = black_and_white_letter();
  for (const std::uint8_t value : {std::uint8_t{0}, std::uint8_t{255}}) {
    const cv::Mat damaged = streaked(page, value);
    const Streaks found = find_streaks(damaged);
    EXPECT_EQ(found.confidence, 1) << int{value};
    EXPECT_GT(value == 0 ? found.black : found.white, 10) << int{value};
    const int before = cv::countNonZero(damaged != page);
    EXPECT_LT(cv::countNonZero(without_streaks(damaged) != page), before / 2) << int{value};
  }
}

TEST(Streaks, AreNotFoundOnCleanRuledDottedNoisyGreyAndEmptyPages) {
  const cv::Mat speckles = painted::noise(900, 900).pixels >= 128;
  for (const cv::Mat& page :
       {painted::letter().pixels, black_and_white_letter(), ruled(), dotted(), speckles,
        cv::Mat(2480, 1748, CV_8UC1, cv::Scalar(255)), cv::Mat(600, 600, CV_8UC1, cv::Scalar(0)),
        cv::Mat(2, 9, CV_8UC1, cv::Scalar(0)), cv::Mat(1, 1, CV_8UC1, cv::Scalar(255)),
        streaked(painted::noise(900, 900).pixels, 0)}) {
    const Streaks found = find_streaks(page);
    EXPECT_LT(found.confidence, 0.5) << page.size() << ' ' << found.black << ' ' << found.white;
  }
}

TEST(Streaks, AFewAreNoProof) {
  cv::Mat page = black_and_white_letter();
  for (int y = 330; y < 600; y += 90) page.rowRange(y, y + 2).setTo(0);
  EXPECT_LT(find_streaks(page).confidence, 0.5);
}

TEST(Streaks, RepairLeavesAPageWithoutThemNearlyAsItIs) {
  const cv::Mat page = black_and_white_letter();
  EXPECT_LT(cv::countNonZero(without_streaks(page) != page), 200);
}

}  // namespace
}  // namespace eakte::ocr::cleanup
