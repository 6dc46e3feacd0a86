#include "ingest/formats/raster.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "tests/ingest/formats/sample_bytes.h"

namespace eakte::ingest {
namespace {

bool same(const cv::Mat& one, const cv::Mat& other) {
  return one.size() == other.size() && one.type() == other.type() && cv::norm(one, other, cv::NORM_INF) == 0;
}

TEST(Resolution, IsMadePlausible) {
  struct Case {
    const char* what;
    Density declared;
    int width, height, dpi;
  };
  const std::vector<Case> cases = {
      {"A4 as scanned", {300, 300}, 2480, 3508, 300},
      {"A4 at 72, truly", {72, 72}, 595, 842, 72},
      {"nothing said, A4 of 300", {}, 2480, 3508, 300},
      {"nothing said, A4 of 200 lying", {}, 2339, 1654, 200},
      {"nothing said, A4 trimmed to 2450 x 3460", {}, 2450, 3460, 300},
      {"72 from software that does not know", {72, 72}, 2480, 3508, 300},
      {"96 likewise", {96, 96}, 1654, 2339, 200},
      {"1 from software that does not know", {1, 1}, 2480, 3508, 300},
      {"dots per cm called dots per inch", {118, 118}, 2480, 3508, 300},
      {"dots per inch called dots per cm", {762, 762}, 2480, 3508, 300},
      {"Letter of 300", {}, 2550, 3300, 300},
      {"A5 of 240 is not A4 of 170", {}, 1397, 1985, 240},
      {"a fax", {204, 196}, 1728, 2287, 200},
      {"A0 at 300", {300, 300}, 9933, 14043, 300},
      {"a till roll", {}, 620, 2400, 200},
      {"a photograph of a page", {72, 72}, 3024, 4032, 345},
      {"a tiny picture", {}, 60, 80, 70},
      {"a huge scan of a slip", {9600, 9600}, 9600, 14000, 1200},
      {"infinite", {INFINITY, INFINITY}, 2480, 3508, 300},
      {"negative", {-300, -300}, 2480, 3508, 300},
      {"one side only", {300, 0}, 2480, 3508, 300},
      {"an identity card", {300, 300}, 1011, 638, 300},
  };
  for (const Case& sample : cases) {
    EXPECT_EQ(plausible_dpi(sample.declared, sample.width, sample.height), sample.dpi) << sample.what;
  }
}

TEST(Orientation, BringsEveryOneOfTheEightUpright) {
  // How a camera or scanner would store the same page: the inverse of what a viewer does.
  const cv::Mat page = testing::grey_pattern(7, 5);
  cv::Mat stored[9];
  stored[1] = page;
  cv::flip(page, stored[2], 1);
  cv::rotate(page, stored[3], cv::ROTATE_180);
  cv::flip(page, stored[4], 0);
  cv::transpose(page, stored[5]);
  cv::rotate(page, stored[6], cv::ROTATE_90_COUNTERCLOCKWISE);
  cv::transpose(page, stored[7]);
  cv::rotate(stored[7], stored[7], cv::ROTATE_180);
  cv::rotate(page, stored[8], cv::ROTATE_90_CLOCKWISE);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    EXPECT_TRUE(same(upright(stored[orientation], orientation), page)) << orientation;
    if (!is_mirrored(orientation)) {
      EXPECT_TRUE(same(turned(stored[orientation], quarter_turns_of(orientation)), page)) << orientation;
    }
  }
}

TEST(Raster, MakesOblongPixelsSquareWithoutNewValues) {
  Raster fax;
  fax.pixels = testing::bilevel_pattern(100, 60);
  fax.density = {204, 98};
  const Raster square = with_square_pixels(fax);
  EXPECT_EQ(square.pixels.size(), cv::Size(100, 125));
  EXPECT_EQ(cv::countNonZero(square.pixels == 0) + cv::countNonZero(square.pixels == 255), 100 * 125);
  EXPECT_FALSE(has_oblong_pixels({204, 196}));
}

TEST(Raster, RefusesByDeclaredSize) {
  ReadLimits limits;
  limits.pixels_per_page = 1000;
  EXPECT_NO_THROW(check_picture_size(40, 25, limits));
  for (const auto& [width, height, code] :
       {std::tuple<std::int64_t, std::int64_t, const char*>{41, 25, "picture_too_large"},
        {INT64_MAX, INT64_MAX, "picture_too_large"},
        {0, 10, "damaged_file"},
        {10, -1, "damaged_file"}}) {
    try {
      check_picture_size(width, height, limits);
      ADD_FAILURE() << width << " x " << height;
    } catch (const Refused& refused) {
      EXPECT_EQ(refused.code, code);
    }
  }
}

TEST(Raster, ScalesWithinTheLimit) {
  ReadLimits limits;
  limits.pixels_per_page = 10'000;
  const ocr::PageImage page = {testing::grey_pattern(200, 100), 200};
  EXPECT_EQ(scaled_to(page, 100, limits).pixels.size(), cv::Size(100, 50));
  EXPECT_LE(scaled_to(page, 600, limits).pixels.total(), 10'000U);
}

}  // namespace
}  // namespace eakte::ingest
