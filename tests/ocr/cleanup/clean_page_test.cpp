#include "ocr/cleanup/clean_page.h"

#include <gtest/gtest.h>

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
  EXPECT_EQ(names, (std::vector<std::string>{"blank", "border", "light", "scale", "deskew"}));
}

TEST(CleanPage, LeavesNoiseAsItIs) {
  const PageImage page = painted::noise(1240, 1754);
  for (const CleanupStep& step : clean_page(page, survey(page.pixels)).steps) {
    EXPECT_FALSE(step.applied && step.name != "scale") << step.name;
  }
}

TEST(Mapped, KeepsABoxInsideAndNonEmpty) {
  const cv::Matx23d shift{1, 0, -50, 0, 1, -50};
  EXPECT_EQ(mapped({0, 0, 10, 10}, shift, 100, 100), (Box{0, 0, 1, 1}));
  const cv::Matx23d far{1, 0, 500, 0, 1, 500};
  EXPECT_EQ(mapped({0, 0, 10, 10}, far, 100, 100), (Box{99, 99, 1, 1}));
  const cv::Matx23d twice{2, 0, 0, 0, 2, 0};
  EXPECT_EQ(mapped({5, 6, 7, 8}, twice, 100, 100), (Box{10, 12, 14, 16}));
}

}  // namespace
}  // namespace eakte::ocr::cleanup
