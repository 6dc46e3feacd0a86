#include "ingest/formats/jpeg.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "tests/ingest/formats/sample_bytes.h"

namespace eakte::ingest {
namespace {

using testing::OpenBytes;

double difference(const cv::Mat& one, const cv::Mat& other) {
  if (one.size() != other.size() || one.type() != other.type()) return 1000;
  return cv::norm(one, other, cv::NORM_INF);
}

ReceivedPage read_jpeg(const std::string& bytes) {
  const OpenBytes file(bytes);
  ReceivedPage page = open_jpeg(file, {})->read(1);
  if (page.must_be_coded) page.picture = encode_lossless(page.image);
  return page;
}

std::string code_of(const std::string& bytes, const ReadLimits& limits = {}) {
  const OpenBytes file(bytes);
  try {
    open_jpeg(file, limits)->read(1);
  } catch (const Refused& refused) {
    return refused.code;
  }
  return "taken";
}

TEST(Jpeg, IsCopiedByteForByte) {
  for (const cv::Mat& pattern : {testing::colour_pattern(64, 48), testing::grey_pattern(64, 48)}) {
    const std::string bytes = encode_jpeg({pattern, 200}, 95);
    const ReceivedPage page = read_jpeg(bytes);
    EXPECT_EQ(page.picture.bytes, bytes);
    EXPECT_EQ(page.picture.coding, archive::PictureCoding::jpeg);
    EXPECT_EQ(page.picture.components, pattern.channels());
    EXPECT_EQ(page.picture.width, 64);
    EXPECT_EQ(page.picture.height, 48);
    EXPECT_LE(difference(page.image.pixels, pattern), 8);
  }
}

TEST(Jpeg, IsTurnedByItsExifOrientation) {
  const cv::Mat page = testing::grey_pattern(48, 32);
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
  const int turns[] = {0, 0, 0, 2, 0, 0, 1, 0, 3};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    for (const bool intel : {true, false}) {
      const std::string bytes =
          testing::with_exif_orientation(encode_jpeg({stored[orientation], 200}, 100), orientation, intel);
      const ReceivedPage received = read_jpeg(bytes);
      EXPECT_LE(difference(received.image.pixels, page), 4) << orientation;
      EXPECT_EQ(received.picture.quarter_turns, turns[orientation]) << orientation;
      const bool mirrored = is_mirrored(orientation);
      EXPECT_EQ(received.picture.coding == archive::PictureCoding::jpeg, !mirrored) << orientation;
      EXPECT_EQ(received.picture.bytes == bytes, !mirrored) << orientation;
      EXPECT_EQ(received.picture.width, orientation >= 6 && !mirrored ? page.rows : page.cols) << orientation;
    }
  }
}

TEST(Jpeg, MayLackItsEndMarkerButNoRows) {
  const std::string bytes = encode_jpeg({testing::colour_pattern(320, 240), 200}, 90);
  EXPECT_EQ(code_of(bytes), "taken");
  EXPECT_EQ(code_of(bytes.substr(0, bytes.size() - 2)), "taken");
  EXPECT_EQ(code_of(bytes.substr(0, bytes.size() * 3 / 4)), "truncated_file");
  EXPECT_EQ(code_of(bytes.substr(0, bytes.size() / 2)), "truncated_file");
  EXPECT_EQ(code_of(bytes.substr(0, 20)), "truncated_file");
  EXPECT_EQ(code_of(bytes + std::string(1000, '\0')), "taken");
}

TEST(Jpeg, WithCorruptCodesIsRefused) {
  std::string bytes = encode_jpeg({testing::colour_pattern(320, 240), 200}, 90);
  // An end marker in the midst of the coded data.
  bytes.replace(bytes.size() / 2, 2, "\xFF\xD9");
  EXPECT_EQ(code_of(bytes), "damaged_file");
}

TEST(Jpeg, OfFourInksBecomesColours) {
  cv::Mat inks(32, 32, CV_8UC4, cv::Scalar(0, 0, 0, 0));
  inks(cv::Rect(0, 0, 16, 16)).setTo(cv::Scalar(255, 0, 0, 0));     // cyan
  inks(cv::Rect(16, 0, 16, 16)).setTo(cv::Scalar(0, 255, 255, 0));  // red
  inks(cv::Rect(0, 16, 16, 16)).setTo(cv::Scalar(0, 0, 0, 255));    // black
  for (const bool adobe : {true, false}) {
    const ReceivedPage page = read_jpeg(testing::cmyk_jpeg_bytes(inks, adobe));
    const cv::Mat& pixels = page.image.pixels;
    EXPECT_LE(cv::norm(pixels.at<cv::Vec3b>(4, 4), cv::Vec3b(255, 255, 0)), 12) << adobe;
    EXPECT_LE(cv::norm(pixels.at<cv::Vec3b>(4, 28), cv::Vec3b(0, 0, 255)), 12) << adobe;
    EXPECT_LE(cv::norm(pixels.at<cv::Vec3b>(28, 4), cv::Vec3b(0, 0, 0)), 12) << adobe;
    EXPECT_LE(cv::norm(pixels.at<cv::Vec3b>(28, 28), cv::Vec3b(255, 255, 255)), 12) << adobe;
    EXPECT_EQ(page.picture.components, 3);
    EXPECT_EQ(page.picture.coding, archive::PictureCoding::jpeg);
  }
}

TEST(Jpeg, LargerThanTheLimitIsRefusedBeforeDecoding) {
  std::string bytes = encode_jpeg({testing::grey_pattern(64, 64), 200}, 90);
  const std::size_t frame = bytes.find(std::string("\xFF\xC0"));
  ASSERT_NE(frame, std::string::npos);
  bytes.replace(frame + 5, 4, "\xF0\x00\xF0\x00", 4);  // 61440 x 61440
  EXPECT_EQ(code_of(bytes), "picture_too_large");
}

TEST(Jpeg, IsRenderedAtTheDpiAskedFor) {
  const OpenBytes file(encode_jpeg({testing::colour_pattern(1240, 1754), 150}, 90));
  const ocr::PageImage screen = open_jpeg(file, {})->render(1, 75);
  EXPECT_EQ(screen.pixels.size(), cv::Size(620, 877));
  EXPECT_EQ(screen.dpi, 75);
}

}  // namespace
}  // namespace eakte::ingest
