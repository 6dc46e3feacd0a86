#include "ocr/cleanup/sheet.h"

#include <gtest/gtest.h>

#include <array>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocr/read_page.h"
#include "tests/ocr/painted.h"
#include "tests/support/page_painter.h"

namespace eakte::ocr::cleanup {
namespace {

using Corners = std::array<cv::Point2f, 4>;

const cv::Size frame{1748, 2480};

double worst_corner(const Sheet& sheet, const Corners& corners) {
  double worst = 0;
  for (size_t i = 0; i < 4; ++i)
    worst = std::max(worst, cv::norm(sheet.corners[i] - cv::Point2d(corners[i])));
  return worst;
}

TEST(Sheet, IsFoundOnAPhotographHoweverTheCameraWasHeld) {
  const std::vector<Corners> views{
      {cv::Point2f(150, 180), {1600, 200}, {1580, 2300}, {140, 2280}},  // from straight above
      {cv::Point2f(350, 250), {1400, 250}, {1650, 2300}, {100, 2300}},  // from the lower side
      {cv::Point2f(100, 200), {1650, 200}, {1400, 2250}, {350, 2250}},  // from the upper side
      {cv::Point2f(120, 150), {1600, 400}, {1580, 2100}, {140, 2350}},  // from the left
      {cv::Point2f(420, 120), {1690, 420}, {1330, 2340}, {60, 2040}},   // turned
  };
  for (const Corners& corners : views) {
    const Sheet sheet = find_sheet(painted::photographed(painted::letter(), corners, frame).pixels);
    EXPECT_GT(sheet.confidence, 0.6) << corners[0];
    EXPECT_EQ(sheet.sides_seen, 4) << corners[0];
    EXPECT_LT(worst_corner(sheet, corners), 12) << corners[0];
  }
}

TEST(Sheet, KnowsTheProportionsOfPaper) {
  // An A5 sheet seen by a camera that leans over it: focal length 2000, tilted by 30 degrees.
  Corners corners;
  const std::array<cv::Point2d, 4> paper{cv::Point2d(-1, -1.414), {1, -1.414}, {1, 1.414}, {-1, 1.414}};
  for (size_t i = 0; i < 4; ++i) {
    const double depth = 3.6 - 0.5 * paper[i].y;
    corners[i] = {static_cast<float>(874 + 2000 * paper[i].x / depth),
                  static_cast<float>(1240 + 2000 * 0.866 * paper[i].y / depth)};
  }
  const Sheet sheet = find_sheet(painted::photographed(painted::letter(), corners, frame).pixels);
  ASSERT_GT(sheet.confidence, 0.5);
  EXPECT_NEAR(static_cast<double>(sheet.size.height) / sheet.size.width, 1.414, 0.06);
}

TEST(Sheet, IsFoundWhenOneSideLiesBeyondThePicture) {
  const Corners corners{cv::Point2f(300, 250), {1450, 250}, {1690, 2600}, {60, 2600}};
  const Sheet sheet = find_sheet(painted::photographed(painted::letter(), corners, frame).pixels);
  EXPECT_GT(sheet.confidence, 0.5);
  EXPECT_EQ(sheet.sides_seen, 3);
  EXPECT_NEAR(sheet.corners[0].x, 300, 12);
  EXPECT_NEAR(sheet.corners[1].x, 1450, 12);
  EXPECT_GT(sheet.corners[2].y, 2400);
}

TEST(Sheet, IsFlattenedByItsHomography) {
  const Corners corners{cv::Point2f(350, 250), {1400, 250}, {1650, 2300}, {100, 2300}};
  const Sheet sheet = find_sheet(painted::photographed(painted::letter(), corners, frame).pixels);
  const cv::Vec3d end = sheet.to_picture * cv::Vec3d(sheet.size.width, sheet.size.height, 1);
  EXPECT_NEAR(end[0] / end[2], 1650, 12);
  EXPECT_NEAR(end[1] / end[2], 2300, 12);
}

TEST(Sheet, TurnsWithThePicture) {
  const Corners corners{cv::Point2f(350, 250), {1400, 280}, {1650, 2300}, {100, 2200}};
  const PageImage photo = painted::photographed(painted::letter(), corners, frame);
  const Sheet sheet = find_sheet(photo.pixels);
  for (int turns = 1; turns < 4; ++turns) {
    const Sheet expected = find_sheet(ocr::turned(photo, turns).pixels);
    const Sheet got = turned(sheet, photo.pixels.size(), turns);
    for (size_t i = 0; i < 4; ++i) EXPECT_LT(cv::norm(got.corners[i] - expected.corners[i]), 12) << turns;
    EXPECT_NEAR(got.size.width, expected.size.width, 25);
  }
}

TEST(Sheet, IsNotAFrameOrATintedAreaPrintedOnThePage) {
  const PageImage framed = painted::letter();
  cv::rectangle(framed.pixels, {120, 150, 1500, 2150}, 0, 9);
  EXPECT_LT(find_sheet(framed.pixels).confidence, 0.5);
  const PageImage tinted = painted::letter();
  cv::rectangle(tinted.pixels, {0, 700, 1748, 1780}, 200, cv::FILLED);
  EXPECT_LT(find_sheet(tinted.pixels).confidence, 0.5) << "the white part has no side at the left and right";
  PageImage boxed = painted::letter();
  boxed.pixels = cv::min(boxed.pixels, 215);
  cv::rectangle(boxed.pixels, {150, 1200, 1400, 1000}, 255, cv::FILLED);
  EXPECT_LT(find_sheet(boxed.pixels).confidence, 0.5) << "a white field of a tinted form";
}

TEST(Sheet, IsNotSeenOnAScanNorOnNoiseNorOnAnEmptyPage) {
  EXPECT_EQ(find_sheet(painted::letter().pixels).confidence, 0);
  EXPECT_LT(find_sheet(testing::tilted(painted::letter(), 4).pixels).confidence, 0.5);
  EXPECT_LT(find_sheet(painted::noise(1240, 1754).pixels).confidence, 0.5);
  EXPECT_EQ(find_sheet(cv::Mat(1754, 1240, CV_8UC1, cv::Scalar(250))).confidence, 0);
  EXPECT_EQ(find_sheet(cv::Mat(20, 20, CV_8UC3, cv::Scalar(250, 250, 250))).confidence, 0);
}

}  // namespace
}  // namespace eakte::ocr::cleanup
