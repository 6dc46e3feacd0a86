#include "ocr/cleanup/curl.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "ocr/cleanup/mapping.h"
#include "tests/ocr/painted.h"
#include "tests/support/page_painter.h"

namespace eakte::ocr::cleanup {
namespace {

/// The letter on paper that sags by `depth` pixels in the middle, less so towards the bottom.
PageImage bent(double depth) {
  const PageImage page = painted::letter();
  cv::Mat from(page.pixels.size(), CV_32FC2);
  for (int y = 0; y < from.rows; ++y) {
    for (int x = 0; x < from.cols; ++x) {
      const double sag = depth * std::sin(std::numbers::pi * x / from.cols) * (1 - 0.4 * y / from.rows);
      from.at<cv::Vec2f>(y, x) = {static_cast<float>(x), static_cast<float>(y - sag)};
    }
  }
  PageImage result{{}, page.dpi};
  cv::remap(page.pixels, result.pixels, from, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return result;
}

TEST(Curl, IsFoundUpwardsAndDownwards) {
  for (const double depth : {75.0, 120.0, -75.0, -120.0}) {
    const Survey seen = survey(bent(depth).pixels);
    const Curl curl = find_curl(seen, 0);
    EXPECT_GT(curl.confidence, 0.5) << depth << ": " << curl.bend << " to " << curl.left << ", " << curl.lines;
    EXPECT_LT(curl.left, 0.4 * curl.bend) << depth;
  }
}

TEST(Curl, IsUndone) {
  const PageImage page = bent(90);
  const Survey seen = survey(page.pixels);
  const Curl curl = find_curl(seen, 0);
  ASSERT_GT(curl.confidence, 0.5);
  Mapping mapping;
  mapping.displace(curl.nodes * seen.reduction, curl.step * seen.reduction);
  PageImage flat = page;
  flat.pixels = mapping.drawn(page.pixels, page.pixels.size(), 255);
  EXPECT_LT(find_curl(survey(flat.pixels), 0).bend, 0.4 * curl.bend);
}

TEST(Curl, IsNotFoundOnLevelAndTiltedPages) {
  EXPECT_LT(find_curl(survey(painted::letter().pixels), 0).confidence, 0.5);
  const PageImage tilted = testing::tilted(painted::letter(), 4);
  EXPECT_LT(find_curl(survey(tilted.pixels), -4).confidence, 0.5) << "turned back, its lines are level";
}

TEST(Curl, IsNotFoundOnNoiseNorOnAnEmptyPage) {
  EXPECT_LT(find_curl(survey(painted::noise(1240, 1754).pixels), 0).confidence, 0.5);
  EXPECT_EQ(find_curl(survey(cv::Mat(800, 600, CV_8UC1, cv::Scalar(250))), 0).confidence, 0);
}

}  // namespace
}  // namespace eakte::ocr::cleanup
