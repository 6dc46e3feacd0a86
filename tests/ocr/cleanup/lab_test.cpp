#include "ocr/cleanup/lab.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace eakte::ocr::cleanup {
namespace {

TEST(Lab, IsThatOfOpenCvToAGreyValueOrTwo) {
  cv::Mat colours(64 * 64, 64, CV_8UC3);
  for (int blue = 0; blue < 64; ++blue) {
    for (int green = 0; green < 64; ++green) {
      for (int red = 0; red < 64; ++red)
        colours.at<cv::Vec3b>(blue * 64 + green, red) = {
            static_cast<uchar>(blue * 4), static_cast<uchar>(green * 4), static_cast<uchar>(red * 4)};
    }
  }
  cv::Mat expected;
  cv::cvtColor(colours, expected, cv::COLOR_BGR2Lab);
  cv::Mat difference;
  cv::absdiff(lab_of(colours), expected, difference);
  double most = 0;
  cv::minMaxLoc(difference.reshape(1), nullptr, &most);
  EXPECT_LE(most, 4) << "near black";
  cv::Mat near_black;
  cv::threshold(expected.reshape(1, static_cast<int>(expected.total())).col(0), near_black, 40, 1,
                cv::THRESH_BINARY);
  double sum = 0;
  for (int i = 0; i < near_black.rows; ++i) {
    if (near_black.at<uchar>(i, 0) == 0) continue;
    const auto& apart = difference.at<cv::Vec3b>(i / 64, i % 64);
    EXPECT_LE(std::max({apart[0], apart[1], apart[2]}), 2);
    sum += apart[0] + apart[1] + apart[2];
  }
  EXPECT_LT(sum / near_black.rows, 1.0);
}

TEST(Lab, OfGreyHasNoColour) {
  const cv::Mat grey(1, 1, CV_8UC3, cv::Scalar(180, 180, 180));
  const auto lab = lab_of(grey).at<cv::Vec3b>(0, 0);
  EXPECT_NEAR(lab[1], 128, 1);
  EXPECT_NEAR(lab[2], 128, 1);
}

}  // namespace
}  // namespace eakte::ocr::cleanup
