#include "ocr/reading/rulings.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace eakte::ocr::reading {
namespace {

cv::Mat paper() { return {400, 800, CV_8UC1, cv::Scalar(240)}; }

int ink(const cv::Mat& grey) { return cv::countNonZero(grey < 128); }

TEST(Rulings, LinesAcrossAndDownVanish) {
  cv::Mat page = paper();
  cv::rectangle(page, {50, 50, 600, 3}, 0, cv::FILLED);
  cv::rectangle(page, {300, 120, 3, 200}, 0, cv::FILLED);
  const Rulings found = remove_rulings(page, 20);
  EXPECT_EQ(found.across, 1);
  EXPECT_EQ(found.down, 1);
  EXPECT_GT(found.share, 0);
  EXPECT_EQ(ink(page), 0);
  EXPECT_EQ(page.at<uchar>(51, 200), 240) << "painted in the colour of the paper";
}

TEST(Rulings, ALineThatIsNotQuiteLevelVanishes) {
  cv::Mat page = paper();
  cv::line(page, {50, 100}, {700, 106}, 0, 3);
  remove_rulings(page, 20);
  EXPECT_LT(ink(page), 40);
}

TEST(Rulings, AStrokeThatCrossesALineStaysWhole) {
  cv::Mat page = paper();
  cv::rectangle(page, {50, 100, 600, 3}, 0, cv::FILLED);
  cv::rectangle(page, {200, 90, 4, 24}, 0, cv::FILLED);
  remove_rulings(page, 20);
  EXPECT_EQ(ink(page(cv::Rect(200, 90, 4, 24))), 4 * 24);
  EXPECT_EQ(ink(page), 4 * 24);
}

TEST(Rulings, ALetterThatStandsOnALineKeepsWhatIsAboveIt) {
  cv::Mat page = paper();
  cv::rectangle(page, {50, 100, 600, 3}, 0, cv::FILLED);
  cv::rectangle(page, {200, 80, 4, 20}, 0, cv::FILLED);
  remove_rulings(page, 20);
  EXPECT_EQ(ink(page(cv::Rect(200, 80, 4, 20))), 4 * 20);
}

TEST(Rulings, PrintAndDarkAreasAreLeftAlone) {
  cv::Mat page = paper();
  cv::putText(page, "Keine Linie -- nur Text", {40, 100}, cv::FONT_HERSHEY_SIMPLEX, 1, 0, 3);
  cv::rectangle(page, {50, 200, 600, 90}, 0, cv::FILLED);
  const cv::Mat before = page.clone();
  const Rulings found = remove_rulings(page, 20);
  EXPECT_EQ(found.across + found.down, 0);
  EXPECT_EQ(cv::countNonZero(page != before), 0);
}

}  // namespace
}  // namespace eakte::ocr::reading
