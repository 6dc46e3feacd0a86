#include "ocr/cleanup/motion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "tests/ocr/painted.h"
#include "tests/support/page_painter.h"

namespace eakte::ocr::cleanup {
namespace {

PageImage full_page() {
  std::vector<std::string> lines;
  for (int i = 0; i < 3; ++i)
    for (const std::string& line : painted::letter_lines()) lines.push_back(line);
  return testing::painted_page(lines, 1240, 1754, 150);
}

/// As a camera takes it that moves by `way` meanwhile.
cv::Mat moved(const cv::Mat& page, cv::Point2d way) {
  cv::Mat sum = cv::Mat::zeros(page.size(), CV_32F);
  constexpr int steps = 20;
  for (int i = 0; i < steps; ++i) {
    const double along = (i + 0.5) / steps - 0.5;
    const cv::Matx23d shift(1, 0, along * way.x, 0, 1, along * way.y);
    cv::Mat step;
    cv::warpAffine(page, step, shift, page.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    cv::accumulate(step, sum);
  }
  cv::Mat blurred;
  sum.convertTo(blurred, CV_8U, 1.0 / steps);
  return blurred;
}

cv::Mat grained(const cv::Mat& page) {
  cv::Mat result;
  cv::addWeighted(page, 0.96, painted::noise(page.cols, page.rows).pixels, 0.04, 0, result);
  return result;
}

/// How alike two pictures are, whatever their brightness and contrast; 1: the same.
double likeness(const cv::Mat& a, const cv::Mat& b) {
  cv::Mat result;
  cv::matchTemplate(a, b, result, cv::TM_CCOEFF_NORMED);
  return result.at<float>(0, 0);
}

TEST(Motion, IsFoundInAllDirectionsWithItsLength) {
  const cv::Mat page = full_page().pixels;
  for (const cv::Point2d way : {cv::Point2d(12, 0), {0, 11}, {9, 6}, {-10, 7}}) {
    const Motion motion = find_motion(grained(moved(page, way)));
    // A way and its opposite are the same.
    const double error = std::min(cv::norm(motion.way - way), cv::norm(motion.way + way));
    EXPECT_LT(error, 1.5) << way << " found as " << motion.way;
    EXPECT_GT(motion.confidence, 0.5) << way;
  }
}

TEST(Motion, IsNotFoundOnAPageThatIsSharpOrOutOfFocus) {
  const cv::Mat page = full_page().pixels;
  EXPECT_LT(find_motion(page).confidence, 0.5);
  cv::Mat soft;
  cv::GaussianBlur(page, soft, {0, 0}, 2);
  EXPECT_LT(find_motion(soft).confidence, 0.5);
  EXPECT_LT(find_motion(testing::tilted(full_page(), 3).pixels).confidence, 0.5);
}

TEST(Motion, IsNotBelievedOnNoiseAndNothingOnEmptyAndTinyPages) {
  EXPECT_LT(find_motion(painted::noise(1240, 1754).pixels).confidence, 0.5);
  EXPECT_EQ(find_motion(cv::Mat(1200, 900, CV_8UC1, cv::Scalar(240))).confidence, 0);
  EXPECT_EQ(find_motion(cv::Mat(3, 3, CV_8UC1, cv::Scalar(0))).confidence, 0);
}

TEST(Motion, TakenOutOfThePictureBringsItNearTheSharpOne) {
  const cv::Mat page = full_page().pixels;
  const cv::Mat blurred = moved(page, {9, 6});
  const cv::Mat sharp = without_motion(blurred, {{9, 6}, 1});
  ASSERT_EQ(sharp.size(), page.size());
  EXPECT_GT(likeness(sharp, page), likeness(blurred, page) + 0.02);
}

TEST(Motion, IsTakenOutOfPicturesOfAnySize) {
  for (const cv::Size size : {cv::Size(1, 1), {7, 400}, {384, 384}, {385, 10}}) {
    const cv::Mat paper(size, CV_8UC1, cv::Scalar(200));
    const cv::Mat result = without_motion(paper, {{8, 3}, 1});
    ASSERT_EQ(result.size(), size);
    EXPECT_NEAR(cv::mean(result)[0], 200, 2) << size;
  }
}

}  // namespace
}  // namespace eakte::ocr::cleanup
