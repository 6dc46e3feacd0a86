#include "ocr/cleanup/mapping.h"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>

namespace eakte::ocr::cleanup {
namespace {

TEST(Mapping, KeepsABoxInsideAndNonEmpty) {
  const Mapping shift(cv::Matx33d{1, 0, -50, 0, 1, -50, 0, 0, 1});
  EXPECT_EQ(mapped({0, 0, 10, 10}, shift, 100, 100), (Box{0, 0, 1, 1}));
  const Mapping far(cv::Matx33d{1, 0, 500, 0, 1, 500, 0, 0, 1});
  EXPECT_EQ(mapped({0, 0, 10, 10}, far, 100, 100), (Box{99, 99, 1, 1}));
  const Mapping twice(cv::Matx33d{2, 0, 0, 0, 2, 0, 0, 0, 1});
  EXPECT_EQ(mapped({5, 6, 7, 8}, twice, 100, 100), (Box{10, 12, 14, 16}));
}

TEST(Mapping, KeepsABoxInsideBeyondTheHorizon) {
  const Mapping steep(cv::Matx33d{1, 0, 0, 0, 1, 0, -0.02, 0, 1});
  const Box box = mapped({0, 0, 90, 10}, steep, 100, 100);
  EXPECT_GE(box.left, 0);
  EXPECT_GT(box.width, 0);
  EXPECT_LE(box.left + box.width, 100);
}

TEST(Mapping, AddsTheDisplacementBeforeTheHomography) {
  Mapping mapping(cv::Matx33d{2, 0, 0, 0, 2, 0, 0, 0, 1});
  cv::Mat nodes(2, 2, CV_32FC2, cv::Scalar(0, 0));
  nodes.at<cv::Vec2f>(0, 1) = {0, 10};
  nodes.at<cv::Vec2f>(1, 1) = {0, 10};
  mapping.displace(nodes, 100);
  EXPECT_DOUBLE_EQ(mapping.at({0, 20}).y, 40);
  EXPECT_DOUBLE_EQ(mapping.at({50, 20}).y, 50);
  EXPECT_DOUBLE_EQ(mapping.at({100, 20}).y, 60);
  EXPECT_DOUBLE_EQ(mapping.at({500, 20}).y, 60) << "beyond the grid it stays";
  EXPECT_EQ(mapped({0, 10, 100, 10}, mapping, 1000, 1000), (Box{0, 20, 200, 40}));
}

TEST(Mapping, DrawsWhatItLeadsTo) {
  cv::Mat picture(100, 100, CV_8UC1, cv::Scalar(255));
  picture(cv::Rect(40, 60, 10, 10)).setTo(0);
  const Mapping shift(cv::Matx33d{1, 0, 30, 0, 1, 50, 0, 0, 1});
  const cv::Mat plain = shift.drawn(picture, {40, 60}, 7);
  EXPECT_EQ(plain.at<uchar>(15, 15), 0);
  EXPECT_EQ(plain.at<uchar>(5, 5), 255);
  EXPECT_EQ(plain.at<uchar>(55, 5), 7) << "outside";
  Mapping bent = shift;
  bent.displace(cv::Mat(2, 2, CV_32FC2, cv::Scalar(0, -5)), 20);
  const cv::Mat moved = bent.drawn(picture, {40, 60}, 7);
  EXPECT_EQ(moved.at<uchar>(20, 15), 0);
  EXPECT_EQ(moved.at<uchar>(11, 15), 255);
}

}  // namespace
}  // namespace eakte::ocr::cleanup
