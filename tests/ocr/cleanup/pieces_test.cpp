#include "ocr/cleanup/pieces.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <tuple>

namespace eakte::ocr::cleanup {
namespace {

using Shape = std::tuple<int, int, int, int, int>;

std::vector<Shape> shapes_of(const Pieces& pieces) {
  std::vector<Shape> shapes;
  for (const auto& [box, area] : pieces.all) shapes.emplace_back(box.x, box.y, box.width, box.height, area);
  std::sort(shapes.begin(), shapes.end());
  return shapes;
}

/// The same by labelling all pixels.
std::vector<Shape> labelled_shapes(const cv::Mat& picture) {
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centroids;
  const int count = cv::connectedComponentsWithStats(picture, labels, stats, centroids, 8, CV_32S);
  std::vector<Shape> shapes;
  for (int i = 1; i < count; ++i) {
    const int* s = stats.ptr<int>(i);
    shapes.emplace_back(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT],
                        s[cv::CC_STAT_AREA]);
  }
  std::sort(shapes.begin(), shapes.end());
  return shapes;
}

TEST(Pieces, AreThoseThatLabellingAllPixelsFinds) {
  cv::RNG random(7);
  for (const double share : {0.02, 0.2, 0.45, 0.7, 0.95}) {
    for (const cv::Size size : {cv::Size(1, 1), cv::Size(3, 40), cv::Size(64, 9), cv::Size(131, 77)}) {
      cv::Mat grain(size, CV_8UC1);
      random.fill(grain, cv::RNG::UNIFORM, 0, 256);
      const cv::Mat picture = grain < share * 255;
      EXPECT_EQ(shapes_of(pieces_of(picture)), labelled_shapes(picture)) << share << ' ' << size;
    }
  }
}

TEST(Pieces, OfAPartOfAPictureLieInThatPart) {
  cv::Mat picture = cv::Mat::zeros(60, 60, CV_8UC1);
  cv::rectangle(picture, {0, 25}, {59, 30}, 255, cv::FILLED);
  const Pieces pieces = pieces_of(picture(cv::Rect(10, 20, 30, 30)));
  ASSERT_EQ(pieces.all.size(), 1U);
  EXPECT_EQ(pieces.all[0].box, cv::Rect(0, 5, 30, 6));
  EXPECT_EQ(pieces.all[0].area, 180);
}

TEST(Pieces, OfLongRunsLeaveShortOnesOut) {
  cv::Mat picture = cv::Mat::zeros(30, 60, CV_8UC1);
  cv::rectangle(picture, {5, 10, 40, 2}, 255, cv::FILLED);
  cv::rectangle(picture, {20, 4, 3, 20}, 255, cv::FILLED);
  const Pieces pieces = pieces_of(picture, 10);
  ASSERT_EQ(pieces.all.size(), 1U);
  EXPECT_EQ(pieces.all[0].box, cv::Rect(5, 10, 40, 2));
  EXPECT_EQ(pieces.all[0].area, 80);
}

TEST(Pieces, AreFoundAtAPoint) {
  cv::Mat picture = cv::Mat::zeros(20, 20, CV_8UC1);
  cv::rectangle(picture, {2, 3, 4, 5}, 255, cv::FILLED);
  cv::rectangle(picture, {10, 3, 5, 5}, 255, cv::FILLED);
  const Pieces pieces = pieces_of(picture);
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      const int piece = piece_at(pieces, {x, y});
      ASSERT_EQ(piece >= 0, picture.at<uchar>(y, x) != 0) << x << ' ' << y;
      if (piece < 0) continue;
      EXPECT_TRUE(pieces.all[static_cast<size_t>(piece)].box.contains({x, y}));
    }
  }
  EXPECT_EQ(piece_at(Pieces{}, {3, 3}), -1);
}

TEST(Pieces, ChosenOnesAreDrawnAndNoOthers) {
  cv::Mat picture = cv::Mat::zeros(40, 40, CV_8UC1);
  cv::circle(picture, {12, 12}, 8, 255, 2);
  cv::rectangle(picture, {30, 5}, {35, 30}, 255, cv::FILLED);
  const Pieces pieces = pieces_of(picture);
  ASSERT_EQ(pieces.all.size(), 2U);
  cv::Mat all = cv::Mat::zeros(picture.size(), CV_8UC1);
  draw(pieces, {true, true}, all);
  EXPECT_EQ(cv::countNonZero(all != picture), 0);
  cv::Mat one = cv::Mat::zeros(picture.size(), CV_8UC1);
  const bool ring_first = pieces.all[0].box.x < 20;
  draw(pieces, {ring_first, !ring_first}, one);
  EXPECT_EQ(cv::countNonZero(one), pieces.all[ring_first ? 0 : 1].area);
  EXPECT_EQ(cv::boundingRect(one), pieces.all[ring_first ? 0 : 1].box);
}

}  // namespace
}  // namespace eakte::ocr::cleanup
