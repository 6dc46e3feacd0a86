#include "ocr/cleanup/skew.h"

#include <gtest/gtest.h>

#include "tests/ocr/painted.h"
#include "tests/support/page_painter.h"

namespace eakte::ocr::cleanup {
namespace {

TEST(Skew, IsFoundInBothDirections) {
  for (const double degrees : {-14.0, -7.3, -2.0, -0.6, 0.0, 0.35, 1.0, 4.8, 12.5}) {
    const Skew skew = find_skew(survey(testing::tilted(painted::letter(), degrees).pixels));
    EXPECT_NEAR(skew.degrees, -degrees, 0.15);
    EXPECT_GT(skew.confidence, 0.5) << "at " << degrees << " degrees";
  }
}

TEST(Skew, IsFoundOnAPageOfLowResolution) {
  const PageImage page = testing::painted_page(painted::letter_lines(), 874, 1240, 150);
  const Skew skew = find_skew(survey(testing::tilted(page, 3.2).pixels));
  EXPECT_NEAR(skew.degrees, -3.2, 0.15);
  EXPECT_GT(skew.confidence, 0.5);
}

TEST(Skew, IsNotBelievedOnNoise) {
  EXPECT_LT(find_skew(survey(painted::noise(1240, 1754).pixels)).confidence, 0.3);
}

TEST(Skew, IsZeroOnAnEmptyPage) {
  const Skew skew = find_skew(survey(cv::Mat(800, 600, CV_8UC1, cv::Scalar(250))));
  EXPECT_EQ(skew.degrees, 0);
  EXPECT_EQ(skew.confidence, 0);
}

}  // namespace
}  // namespace eakte::ocr::cleanup
