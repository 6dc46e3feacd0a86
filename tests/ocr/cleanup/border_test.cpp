#include "ocr/cleanup/border.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "tests/ocr/painted.h"

namespace eakte::ocr::cleanup {
namespace {

bool covers(const Border& border, int x, int y) {
  return !border.mask.empty() && border.mask.at<uchar>(y, x) != 0;
}

TEST(Border, IsFoundAlongTheEdgeAndNowhereElse) {
  const PageImage page = painted::letter();
  cv::rectangle(page.pixels, {0, 0, 60, page.pixels.rows}, 10, cv::FILLED);
  cv::rectangle(page.pixels, {0, page.pixels.rows - 40, page.pixels.cols, 40}, 10, cv::FILLED);
  const Survey seen = survey(page.pixels);
  const Border border = find_border(seen);
  ASSERT_FALSE(border.mask.empty());
  EXPECT_TRUE(covers(border, 5, seen.grey.rows / 2));
  EXPECT_TRUE(covers(border, seen.grey.cols / 2, seen.grey.rows - 5));
  EXPECT_FALSE(covers(border, 60 / seen.reduction + 12, seen.grey.rows / 2));
  EXPECT_LT(border.share, 0.07);
}

TEST(Border, IsNotSeenOnAPageWithout) {
  EXPECT_TRUE(find_border(survey(painted::letter().pixels)).mask.empty());
}

TEST(Border, IsNotASpineShadow) {
  const PageImage page = painted::letter();
  const int reach = page.pixels.cols / 2;
  for (int x = 0; x < reach; ++x) {
    const double light = 0.25 + 0.75 * x / reach;
    page.pixels.col(x).convertTo(page.pixels.col(x), -1, light);
  }
  const Border border = find_border(survey(page.pixels));
  EXPECT_LT(border.share, 0.12) << "the shadow reaches over half of the page and must not be whitened";
}

TEST(Border, IsNotALargeDarkPictureThatTouchesTheEdge) {
  const PageImage page = painted::letter();
  cv::rectangle(page.pixels, {0, 1200, page.pixels.cols, 1000}, 30, cv::FILLED);
  EXPECT_TRUE(find_border(survey(page.pixels)).mask.empty());
}

}  // namespace
}  // namespace eakte::ocr::cleanup
