#include "ocr/cleanup/skew.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <utility>

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

TEST(Skew, IsFoundToATenthOfADegreeUpToFifteen) {
  const PageImage grey = painted::letter();
  const cv::Mat fine_grain = painted::noise(grey.pixels.cols, grey.pixels.rows).pixels;
  for (double degrees = -15.0; degrees <= 15.0; degrees += 2.5) {
    const cv::Mat tilted = testing::tilted(grey, degrees).pixels;
    const cv::Mat fax = tilted > 150;
    cv::Mat grained = tilted.clone();
    cv::addWeighted(tilted, 0.85, fine_grain(cv::Rect({}, tilted.size())), 0.15, 0, grained);
    for (const auto& [kind, picture] : {std::pair("grey", tilted), {"fax", fax}, {"grained", grained}}) {
      const Skew skew = find_skew(survey(picture));
      EXPECT_NEAR(skew.degrees, -degrees, 0.1) << kind;
      EXPECT_GT(skew.confidence, 0.5) << kind << " at " << degrees << " degrees";
    }
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
