#include "ocr/cleanup/clean_page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/core.hpp>

#include "tests/ocr/painted.h"
#include "tests/support/page_painter.h"

namespace eakte::ocr::cleanup {
namespace {

TEST(CleanPage, MapsPointsBackToThePageTheyCameFrom) {
  const PageImage page = testing::tilted(painted::letter(), 5);
  const CleanPage clean = clean_page(page, survey(page.pixels));
  // The middle stays the middle, whatever turn and scale.
  const Box middle{clean.image.pixels.cols / 2 - 1, clean.image.pixels.rows / 2 - 1, 2, 2};
  const Box back = mapped(middle, clean.to_received, page.pixels.cols, page.pixels.rows);
  EXPECT_NEAR(back.left + back.width / 2.0, page.pixels.cols / 2.0, 3);
  EXPECT_NEAR(back.top + back.height / 2.0, page.pixels.rows / 2.0, 3);
}

TEST(CleanPage, NeverChangesTheReceivedPixels) {
  const PageImage page = testing::tilted(painted::letter(), 3);
  page.pixels.colRange(0, 60).setTo(5);
  const cv::Mat before = page.pixels.clone();
  clean_page(page, survey(page.pixels));
  EXPECT_EQ(cv::norm(before, page.pixels, cv::NORM_INF), 0);
}

TEST(CleanPage, RecordsEveryStepOnceEvenIfNothingWasDone) {
  const PageImage page{cv::Mat(900, 700, CV_8UC1, cv::Scalar(255)), 100};
  const CleanPage clean = clean_page(page, survey(page.pixels));
  std::vector<std::string> names;
  for (const CleanupStep& step : clean.steps) {
    names.push_back(step.name);
    EXPECT_GE(step.confidence, 0) << step.name;
    EXPECT_LE(step.confidence, 1) << step.name;
  }
  EXPECT_EQ(names, (std::vector<std::string>{"sheet", "blank", "border", "light", "inverted", "scale",
                                             "deskew", "curl"}));
}

TEST(CleanPage, LeavesNoiseAsItIs) {
  const PageImage page = painted::noise(1240, 1754);
  for (const CleanupStep& step : clean_page(page, survey(page.pixels)).steps) {
    EXPECT_FALSE(step.applied && step.name != "scale") << step.name;
  }
}

TEST(CleanPage, WhatIsFoundWithoutBeingSureIsPutRightOnlyWhenLessIsEnough) {
  const PageImage page = painted::letter();
  for (int x = 0; x < page.pixels.cols; ++x)  // so little shade that it may be the paper's own
    page.pixels.col(x).convertTo(page.pixels.col(x), -1, 1 - 0.13 * x / page.pixels.cols);
  const Survey seen = survey(page.pixels);
  const CleanPage careful = clean_page(page, seen);
  const CleanPage bold = clean_page(page, seen, {}, 0.2);
  const auto light = [](const CleanPage& clean) {
    return *std::find_if(clean.steps.begin(), clean.steps.end(),
                         [](const CleanupStep& step) { return step.name == "light"; });
  };
  ASSERT_GT(light(careful).confidence, 0.2);
  EXPECT_FALSE(light(careful).applied);
  EXPECT_TRUE(more_to_clean(careful, 0.2));
  EXPECT_FALSE(more_to_clean(careful, 0.5));
  EXPECT_TRUE(light(bold).applied);
  EXPECT_FALSE(more_to_clean(bold, 0.2));
  const auto shade = [](const CleanPage& clean) {
    const cv::Mat& pixels = clean.image.pixels;
    return cv::mean(pixels.colRange(10, 40))[0] -
           cv::mean(pixels.colRange(pixels.cols - 40, pixels.cols - 10))[0];
  };
  EXPECT_GT(shade(careful), 20);
  EXPECT_LT(std::abs(shade(bold)), 6);
}

TEST(CleanPage, FlattensAPhotographedSheetAndMapsItsCornersBack) {
  const std::array<cv::Point2f, 4> corners{cv::Point2f(180, 210), {1540, 130}, {1600, 2190}, {90, 2080}};
  const PageImage photo = painted::photographed(painted::letter(), corners, {1748, 2480});
  const Sheet sheet = find_sheet(photo.pixels);
  const CleanPage clean = clean_page(photo, survey_of(photo.pixels, sheet), sheet);
  ASSERT_TRUE(clean.steps.front().applied);
  const double w = clean.image.pixels.cols;
  const double h = clean.image.pixels.rows;
  EXPECT_NEAR(w / h, 1 / 1.414, 0.03);
  const std::array<cv::Point2d, 4> ends{cv::Point2d(0, 0), {w, 0}, {w, h}, {0, h}};
  for (size_t i = 0; i < 4; ++i) {
    const cv::Point2d back = clean.to_received.at(ends[i]);
    EXPECT_NEAR(back.x, static_cast<double>(corners[i].x), 12) << i;
    EXPECT_NEAR(back.y, static_cast<double>(corners[i].y), 12) << i;
  }
}

}  // namespace
}  // namespace eakte::ocr::cleanup
