#include "ingest/formats/pictures.h"

#include <gtest/gtest.h>
#include <png.h>

#include <opencv2/imgproc.hpp>

#include "ingest/formats/coded_picture.h"
#include "tests/ingest/formats/sample_bytes.h"

namespace eakte::ingest {
namespace {

using testing::OpenBytes;

ReceivedPage read_picture(const std::string& bytes, Format format) {
  const OpenBytes file(bytes);
  ReceivedPage page = open_picture(file, format, {})->read(1);
  if (page.must_be_coded) page.picture = encode_lossless(page.image);
  return page;
}

std::string code_of(const std::string& bytes, Format format) {
  const OpenBytes file(bytes);
  try {
    open_picture(file, format, {})->read(1);
  } catch (const Refused& refused) {
    return refused.code;
  }
  return "taken";
}

bool same(const cv::Mat& one, const cv::Mat& other) {
  return one.size() == other.size() && one.type() == other.type() && cv::norm(one, other, cv::NORM_INF) == 0;
}

std::string rows_of(const cv::Mat& pixels) {
  std::string rows;
  for (int y = 0; y < pixels.rows; ++y) {
    rows.append(reinterpret_cast<const char*>(pixels.ptr(y)),
                static_cast<std::size_t>(pixels.cols) * pixels.elemSize());
  }
  return rows;
}

cv::Mat rgb(const cv::Mat& bgr) {
  cv::Mat result;
  cv::cvtColor(bgr, result, cv::COLOR_BGR2RGB);
  return result;
}

TEST(Png, IsReadInEveryDepthAndColourType) {
  const cv::Mat grey = testing::grey_pattern(33, 21);
  const cv::Mat colours = testing::colour_pattern(33, 21);
  EXPECT_TRUE(
      same(read_picture(testing::png_bytes(33, 21, 8, PNG_COLOR_TYPE_GRAY, rows_of(grey)), Format::png)
               .image.pixels,
           grey));
  for (const bool interlaced : {false, true}) {
    const std::string bytes =
        testing::png_bytes(33, 21, 8, PNG_COLOR_TYPE_RGB, rows_of(rgb(colours)), interlaced);
    EXPECT_TRUE(same(read_picture(bytes, Format::png).image.pixels, colours)) << interlaced;
  }
  std::string deep;  // 16 bit: each sample twice is that sample times 257
  for (const char sample : rows_of(rgb(colours))) deep += std::string(2, sample);
  EXPECT_TRUE(
      same(read_picture(testing::png_bytes(33, 21, 16, PNG_COLOR_TYPE_RGB, deep), Format::png).image.pixels,
           colours));
}

TEST(Png, OfFewBitsIsSpread) {
  // One row of pixels 0, 1, 2, ... in each depth.
  const auto row = [](int bits, const std::string& bytes, int type) {
    return read_picture(testing::png_bytes(8 / bits, 1, bits, type, bytes), Format::png).image.pixels;
  };
  const cv::Mat one = row(1, "\x2D", PNG_COLOR_TYPE_GRAY);  // 00101101
  EXPECT_TRUE(same(one, cv::Mat_<std::uint8_t>({1, 8}, {0, 0, 255, 0, 255, 255, 0, 255})));
  EXPECT_TRUE(same(row(2, "\x1B", PNG_COLOR_TYPE_GRAY), cv::Mat_<std::uint8_t>({1, 4}, {0, 85, 170, 255})));
  EXPECT_TRUE(same(row(4, "\x0F", PNG_COLOR_TYPE_GRAY), cv::Mat_<std::uint8_t>({1, 2}, {0, 255})));
  const cv::Mat palette = row(2, "\x1B", PNG_COLOR_TYPE_PALETTE);
  EXPECT_EQ(palette.at<cv::Vec3b>(0, 0), cv::Vec3b(10, 127, 255));
  EXPECT_EQ(palette.at<cv::Vec3b>(0, 3), cv::Vec3b(10, 0, 0));
}

TEST(Png, IsLaidOnWhiteWhereTransparent) {
  const std::string row =
      std::string("\x00\x00\x00\x00\x00\x00\x00\xFF", 8) + std::string("\xFF\x00\x00\x80", 4);
  const cv::Mat pixels =
      read_picture(testing::png_bytes(3, 1, 8, PNG_COLOR_TYPE_RGBA, row), Format::png).image.pixels;
  EXPECT_EQ(pixels.at<cv::Vec3b>(0, 0), cv::Vec3b(255, 255, 255));
  EXPECT_EQ(pixels.at<cv::Vec3b>(0, 1), cv::Vec3b(0, 0, 0));
  EXPECT_LE(cv::norm(pixels.at<cv::Vec3b>(0, 2), cv::Vec3b(127, 127, 255)), 2);
  const std::string greys("\x00\x00\x00\xFF\x40\x80", 6);
  const cv::Mat grey =
      read_picture(testing::png_bytes(3, 1, 8, PNG_COLOR_TYPE_GRAY_ALPHA, greys), Format::png).image.pixels;
  EXPECT_EQ(grey.at<std::uint8_t>(0, 0), 255);
  EXPECT_EQ(grey.at<std::uint8_t>(0, 1), 0);
  EXPECT_NEAR(grey.at<std::uint8_t>(0, 2), 159, 1);
  const std::string deep = std::string(8, '\0') + std::string("\0\0\0\0\0\0\xFF\xFF", 8);
  const cv::Mat black =
      read_picture(testing::png_bytes(2, 1, 16, PNG_COLOR_TYPE_RGBA, deep), Format::png).image.pixels;
  EXPECT_EQ(cv::sum(black)[0], 255);
}

TEST(Png, WhichIsGreyInColourCodesBecomesGrey) {
  cv::Mat colours;
  cv::cvtColor(testing::bilevel_pattern(40, 40), colours, cv::COLOR_GRAY2BGR);
  const ReceivedPage page =
      read_picture(testing::png_bytes(40, 40, 8, PNG_COLOR_TYPE_RGB, rows_of(colours)), Format::png);
  EXPECT_EQ(page.image.pixels.channels(), 1);
  EXPECT_EQ(page.picture.coding, archive::PictureCoding::ccitt_g4);
}

TEST(Png, CutShortOrDamagedIsRefused) {
  const std::string bytes =
      testing::png_bytes(200, 200, 8, PNG_COLOR_TYPE_RGB, rows_of(testing::colour_pattern(200, 200)));
  EXPECT_EQ(code_of(bytes, Format::png), "taken");
  EXPECT_EQ(code_of(bytes.substr(0, bytes.size() / 2), Format::png), "truncated_file");
  EXPECT_EQ(code_of(bytes.substr(0, 20), Format::png), "truncated_file");
  std::string damaged = bytes;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
  EXPECT_EQ(code_of(damaged, Format::png), "damaged_file");
}

TEST(Png, OfSixtyThousandSquaredIsTooLarge) {
  EXPECT_EQ(code_of(testing::png_header(60000, 60000), Format::png), "picture_too_large");
}

TEST(Jpeg2000, IsReadInABoxAndBare) {
  for (const cv::Mat& pattern : {testing::colour_pattern(70, 50), testing::grey_pattern(70, 50)}) {
    for (const bool codestream : {false, true}) {
      const std::string bytes = testing::jpeg2000_bytes(pattern, codestream);
      EXPECT_TRUE(same(read_picture(bytes, Format::jpeg2000).image.pixels, pattern)) << codestream;
      EXPECT_NE(code_of(bytes.substr(0, bytes.size() * 2 / 3), Format::jpeg2000), "taken");
      EXPECT_NE(code_of(bytes.substr(0, 60), Format::jpeg2000), "taken");
    }
  }
}

TEST(WebP, IsReadAndLaidOnWhite) {
  const cv::Mat colours = testing::colour_pattern(50, 40);
  const std::string bytes = testing::webp_bytes(colours);
  EXPECT_TRUE(same(read_picture(bytes, Format::webp).image.pixels, colours));
  EXPECT_EQ(code_of(bytes.substr(0, bytes.size() / 2), Format::webp), "truncated_file");
  cv::Mat glass(8, 8, CV_8UC4, cv::Scalar(0, 0, 255, 0));
  glass.row(0).setTo(cv::Scalar(0, 0, 255, 255));
  const cv::Mat laid = read_picture(testing::webp_bytes(glass), Format::webp).image.pixels;
  EXPECT_EQ(laid.at<cv::Vec3b>(0, 3), cv::Vec3b(0, 0, 255));
  EXPECT_EQ(laid.at<cv::Vec3b>(5, 3), cv::Vec3b(255, 255, 255));
}

TEST(Bmp, IsReadFromEitherEnd) {
  const cv::Mat colours = testing::colour_pattern(51, 40);
  const std::string bytes = testing::bmp_bytes(colours);
  const ReceivedPage page = read_picture(bytes, Format::bmp);
  EXPECT_TRUE(same(page.image.pixels, colours));
  EXPECT_TRUE(same(read_picture(testing::bmp_bytes(colours, true), Format::bmp).image.pixels, colours));
  EXPECT_EQ(code_of(bytes.substr(0, bytes.size() - 100), Format::bmp), "truncated_file");
  EXPECT_EQ(code_of(bytes.substr(0, 30), Format::bmp), "truncated_file");
}

TEST(Lossless, CodingGivesBackEveryPixel) {
  for (const cv::Mat& pattern : {testing::colour_pattern(123, 45), testing::grey_pattern(123, 45),
                                 testing::bilevel_pattern(123, 45)}) {
    const archive::PagePicture picture = encode_lossless({pattern, 240});
    EXPECT_EQ(picture.width, 123);
    EXPECT_EQ(picture.height, 45);
    EXPECT_EQ(picture.dpi, 240);
    EXPECT_EQ(picture.components, pattern.channels());
    const auto decoded = decode_coded(picture, {});
    ASSERT_TRUE(decoded);
    EXPECT_TRUE(same(*decoded, pattern)) << pattern.channels();
  }
  EXPECT_EQ(encode_lossless({testing::bilevel_pattern(100, 100), 300}).coding,
            archive::PictureCoding::ccitt_g4);
  EXPECT_EQ(encode_lossless({testing::grey_pattern(100, 100), 300}).coding, archive::PictureCoding::flate);
}

TEST(Lossless, TakesWhiteAndBlackPages) {
  for (const int value : {0, 255}) {
    const cv::Mat page(3508, 2480, CV_8UC1, cv::Scalar(value));
    const archive::PagePicture picture = encode_lossless({page, 300});
    EXPECT_LT(picture.bytes.size(), 20'000U);
    const auto decoded = decode_coded(picture, {});
    ASSERT_TRUE(decoded);
    EXPECT_TRUE(same(*decoded, page));
  }
}

TEST(Coded, PicturesThatLieAreNotDecoded) {
  archive::PagePicture picture = encode_lossless({testing::grey_pattern(20, 20), 300});
  picture.height = 21;
  EXPECT_FALSE(decode_coded(picture, {}));
  picture = encode_lossless({testing::bilevel_pattern(200, 200), 300});
  picture.bytes.resize(picture.bytes.size() / 2);
  EXPECT_FALSE(decode_coded(picture, {}));
  picture.coding = archive::PictureCoding::jpeg;
  EXPECT_FALSE(decode_coded(picture, {}));
}

}  // namespace
}  // namespace eakte::ingest
