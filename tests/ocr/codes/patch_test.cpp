#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ocr/codes.h"
#include "tests/ocr/codes/painted_codes.h"

namespace eakte::ocr {
namespace {

using painted::empty_sheet;
using painted::paint_patch;
using painted::tilted;

/// The patch codes on a page, in words.
std::string patches_on(const cv::Mat& sheet, int dpi = 200) {
  std::string found;
  for (const Code& code : find_codes({sheet, dpi})) {
    if (code.symbology == Symbology::patch) found += code.text;
  }
  return found;
}

struct Pattern {
  const char* bars;
  const char* name;
};
constexpr Pattern patterns[] = {{"WWNN", "1"}, {"WNNW", "2"}, {"WNWN", "3"},
                                {"NWWN", "4"}, {"NNWW", "6"}, {"NWNW", "T"}};

TEST(Patch, IsToldByTheOrderOfItsBarsFromEachEdgeInwards) {
  for (const Pattern& pattern : patterns) {
    cv::Mat sheet = empty_sheet();
    paint_patch(sheet, pattern.bars);
    EXPECT_EQ(patches_on(sheet), pattern.name);
    for (const auto turn : {cv::ROTATE_90_CLOCKWISE, cv::ROTATE_180, cv::ROTATE_90_COUNTERCLOCKWISE}) {
      cv::Mat turned;
      cv::rotate(sheet, turned, turn);
      EXPECT_EQ(patches_on(turned), pattern.name) << turn;
    }
  }
}

TEST(Patch, IsFoundTilted) {
  cv::Mat sheet = empty_sheet();
  paint_patch(sheet, "NWNW", 30);
  for (const double degrees : {-15.0, -8.0, -2.0, 1.0, 6.0, 15.0})
    EXPECT_EQ(patches_on(tilted(sheet, degrees)), "T") << degrees;
}

TEST(Patch, IsFoundWornAndFaxed) {
  cv::Mat sheet = empty_sheet();
  const cv::Rect place = paint_patch(sheet, "WNNW");
  for (int x = place.x; x < place.br().x; x += 37)  // streaks of a dirty roller, crossing the bars
    sheet(cv::Rect(x, place.y, 6, place.height)).setTo(255);
  EXPECT_EQ(patches_on(sheet), "2");
  EXPECT_EQ(patches_on(painted::speckled(sheet, 0.05)), "2");
  EXPECT_EQ(patches_on(painted::grainy(sheet, 50)), "2");
  cv::Mat blurred;
  cv::GaussianBlur(sheet, blurred, {}, 3);
  EXPECT_EQ(patches_on(blurred), "2");
  cv::Mat bolder;
  cv::erode(sheet, bolder, cv::Mat::ones(5, 5, CV_8U));  // ink that has spread
  EXPECT_EQ(patches_on(bolder), "2");
}

TEST(Patch, IsFoundAtOtherScalesAndResolutions) {
  for (const double scale : {0.6, 0.95, 1.2}) {
    cv::Mat sheet = empty_sheet();
    paint_patch(sheet, "WNWN", 12, 200, scale);
    EXPECT_EQ(patches_on(sheet), "3") << scale;
  }
  for (const int dpi : {100, 150, 300, 600}) {
    cv::Mat sheet = empty_sheet(dpi);
    paint_patch(sheet, "NWNW", 12, dpi);
    EXPECT_EQ(patches_on(sheet, dpi), "T") << dpi;
  }
}

TEST(Patch, IsNoneWithOtherPrintBesideOrOtherWidths) {
  cv::Mat five = empty_sheet();
  const cv::Rect place = paint_patch(five, "NWNW");
  cv::rectangle(five, {place.x, place.br().y + 16, place.width, 16}, 0, cv::FILLED);
  EXPECT_EQ(patches_on(five), "");
  for (const char* bars : {"WWWN", "NNNW", "WWWW", "NNNN", "WNW"}) {
    cv::Mat sheet = empty_sheet();
    paint_patch(sheet, bars);
    EXPECT_EQ(patches_on(sheet), "") << bars;
  }
  cv::Mat linear = empty_sheet();
  painted::paint_code(linear, Symbology::code39, "ASN00123", {60, 300}, 7,
                      900);  // bars as broad as a patch's
  EXPECT_EQ(patches_on(linear), "");
}

}  // namespace
}  // namespace eakte::ocr
