#include "ingest/formats/tiff.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ingest/formats/coded_picture.h"
#include "tests/ingest/formats/sample_bytes.h"

namespace eakte::ingest {
namespace {

using testing::OpenBytes;
using testing::tiff_bytes;
using testing::TiffShape;

double difference(const cv::Mat& one, const cv::Mat& other) {
  if (one.size() != other.size() || one.type() != other.type()) return 1000;
  return cv::norm(one, other, cv::NORM_INF);
}

ReceivedPage read_tiff(const std::string& bytes, int number = 1) {
  const OpenBytes file(bytes);
  ReceivedPage page = open_tiff(file, {})->read(number);
  if (page.must_be_coded) page.picture = encode_lossless(page.image);
  return page;
}

std::string code_of(const std::string& bytes, const ReadLimits& limits = {}) {
  const OpenBytes file(bytes);
  try {
    const auto reader = open_tiff(file, limits);
    for (int number = 1; number <= reader->page_count(); ++number) reader->read(number);
  } catch (const Refused& refused) {
    return refused.code;
  }
  return "taken";
}

enum class Kind { bilevel, grey, colour };

struct Case {
  std::string name;
  TiffShape shape;
  Kind kind;
  double tolerance = 0;
};

TiffShape shaped(std::uint16_t bits, std::uint16_t samples, std::uint16_t photometric) {
  TiffShape shape;
  shape.bits = bits;
  shape.samples = samples;
  shape.photometric = photometric;
  return shape;
}

std::vector<Case> depths() {
  return {
      {"1 bit, black is zero", shaped(1, 1, PHOTOMETRIC_MINISBLACK), Kind::bilevel},
      {"1 bit, white is zero", shaped(1, 1, PHOTOMETRIC_MINISWHITE), Kind::bilevel},
      {"4 bit grey", shaped(4, 1, PHOTOMETRIC_MINISBLACK), Kind::grey, 16},
      {"8 bit grey", shaped(8, 1, PHOTOMETRIC_MINISBLACK), Kind::grey},
      {"8 bit grey, white is zero", shaped(8, 1, PHOTOMETRIC_MINISWHITE), Kind::grey},
      {"16 bit grey", shaped(16, 1, PHOTOMETRIC_MINISBLACK), Kind::grey, 1},
      {"24 bit", shaped(8, 3, PHOTOMETRIC_RGB), Kind::colour},
      {"48 bit", shaped(16, 3, PHOTOMETRIC_RGB), Kind::colour, 1},
      {"CMYK", shaped(8, 4, PHOTOMETRIC_SEPARATED), Kind::colour, 1},
  };
}

cv::Mat pattern_of(Kind kind) {
  if (kind == Kind::bilevel) return testing::bilevel_pattern(75, 53);
  return kind == Kind::grey ? testing::grey_pattern(75, 53) : testing::colour_pattern(75, 53);
}

void expect_read(const Case& sample) {
  const cv::Mat pattern = pattern_of(sample.kind);
  const ReceivedPage page = read_tiff(tiff_bytes(sample.shape, pattern));
  EXPECT_LE(difference(page.image.pixels, pattern), sample.tolerance) << sample.name;
  const auto stored = decode_coded(page.picture, {});
  ASSERT_TRUE(stored) << sample.name;
  EXPECT_EQ(difference(*stored, page.image.pixels), 0) << sample.name;
  EXPECT_EQ(page.picture.coding == archive::PictureCoding::ccitt_g4, sample.kind == Kind::bilevel)
      << sample.name;
}

TEST(Tiff, IsReadInEveryDepthInStripsAndTiles) {
  for (Case sample : depths()) {
    expect_read(sample);
    sample.shape.tiled = true;
    sample.name += ", tiled";
    SCOPED_TRACE(sample.name);
    expect_read(sample);
  }
}

TEST(Tiff, IsReadWithPlanesApart) {
  for (Case sample : depths()) {
    if (sample.shape.samples == 1) continue;
    sample.shape.planar = PLANARCONFIG_SEPARATE;
    sample.name += ", planes apart";
    expect_read(sample);
    sample.shape.tiled = true;
    expect_read(sample);
  }
}

TEST(Tiff, IsReadInEveryCoding) {
  struct Coding {
    const char* name;
    std::uint16_t tag;
    bool bilevel_only;
  };
  const std::vector<Coding> codings = {
      {"LZW", COMPRESSION_LZW, false},
      {"deflate", COMPRESSION_ADOBE_DEFLATE, false},
      {"old deflate", COMPRESSION_DEFLATE, false},
      {"packbits", COMPRESSION_PACKBITS, false},
      {"Group 3", COMPRESSION_CCITTFAX3, true},
      {"Group 4", COMPRESSION_CCITTFAX4, true},
      {"modified Huffman", COMPRESSION_CCITTRLE, true},
  };
  for (const Coding& coding : codings) {
    for (Case sample : depths()) {
      if (coding.bilevel_only && sample.kind != Kind::bilevel) continue;
      for (const std::uint16_t fill : {std::uint16_t{FILLORDER_MSB2LSB}, std::uint16_t{FILLORDER_LSB2MSB}}) {
        sample.shape.fill_order = fill;
        sample.shape.compression = coding.tag;
        expect_read({sample.name + " in " + coding.name, sample.shape, sample.kind, sample.tolerance});
      }
    }
  }
}

TEST(Tiff, CodedAsJpegKeepsTheJpegWhenItIsOneStrip) {
  for (const auto& [photometric, samples, kind] :
       {std::tuple<std::uint16_t, std::uint16_t, Kind>{PHOTOMETRIC_MINISBLACK, 1, Kind::grey},
        {PHOTOMETRIC_YCBCR, 3, Kind::colour},
        {PHOTOMETRIC_RGB, 3, Kind::colour}}) {
    for (const int rows : {16, 64}) {
      TiffShape shape = shaped(8, samples, photometric);
      shape.compression = COMPRESSION_JPEG;
      shape.rows_per_strip = rows;
      const cv::Mat pattern = pattern_of(kind);
      const ReceivedPage page = read_tiff(tiff_bytes(shape, pattern));
      EXPECT_LE(difference(page.image.pixels, pattern), 14) << photometric << " " << rows;
      const bool copied = rows == 64 && photometric != PHOTOMETRIC_RGB;
      EXPECT_EQ(page.picture.coding == archive::PictureCoding::jpeg, copied) << photometric << " " << rows;
      const auto stored = decode_coded(page.picture, {});
      ASSERT_TRUE(stored);
      EXPECT_LE(difference(*stored, pattern), 14);
    }
  }
}

TEST(Tiff, OfPaletteColoursIsLookedUp) {
  for (const std::uint16_t bits : {std::uint16_t{1}, std::uint16_t{4}, std::uint16_t{8}}) {
    const cv::Mat pattern = bits == 1 ? testing::bilevel_pattern(75, 53) : testing::grey_pattern(75, 53);
    const ReceivedPage page = read_tiff(tiff_bytes(shaped(bits, 1, PHOTOMETRIC_PALETTE), pattern));
    EXPECT_LE(difference(page.image.pixels, 255 - pattern), bits == 4 ? 18 : 1) << bits;
  }
}

TEST(Tiff, IsLaidOnWhiteWhereTransparent) {
  const cv::Mat pattern(20, 20, CV_8UC3, cv::Scalar(0, 100, 200));
  const ReceivedPage page = read_tiff(tiff_bytes(shaped(8, 4, PHOTOMETRIC_RGB), pattern));
  // The shape writes every pixel half transparent.
  EXPECT_LE(cv::norm(page.image.pixels.at<cv::Vec3b>(10, 10), cv::Vec3b(127, 177, 227)), 3);
}

TEST(Tiff, IsTurnedByItsOrientation) {
  const cv::Mat page = testing::bilevel_pattern(64, 48);
  for (const int orientation : {3, 6, 8}) {
    TiffShape shape = shaped(1, 1, PHOTOMETRIC_MINISWHITE);
    shape.orientation = static_cast<std::uint16_t>(orientation);
    const cv::Mat as_stored = turned(page, 4 - quarter_turns_of(orientation));
    const ReceivedPage received = read_tiff(tiff_bytes(shape, as_stored));
    EXPECT_EQ(difference(received.image.pixels, page), 0) << orientation;
    EXPECT_EQ(difference(turned(*decode_coded(received.picture, {}), received.picture.quarter_turns), page),
              0)
        << orientation;
  }
  TiffShape mirrored = shaped(8, 3, PHOTOMETRIC_RGB);
  mirrored.orientation = ORIENTATION_TOPRIGHT;
  cv::Mat flipped;
  cv::flip(testing::colour_pattern(64, 48), flipped, 1);
  EXPECT_EQ(
      difference(read_tiff(tiff_bytes(mirrored, flipped)).image.pixels, testing::colour_pattern(64, 48)), 0);
}

TEST(Tiff, SaysItsResolutionInInchesOrCentimetres) {
  TiffShape shape = shaped(1, 1, PHOTOMETRIC_MINISWHITE);
  shape.compression = COMPRESSION_CCITTFAX4;
  const cv::Mat sheet = testing::bilevel_pattern(1654, 2339);
  struct Resolution {
    float x, y;
    std::uint16_t unit;
    int dpi, height;
  };
  for (const Resolution& said :
       {Resolution{200, 200, RESUNIT_INCH, 200, 2339},
        Resolution{78.74F, 78.74F, RESUNIT_CENTIMETER, 200, 2339}, Resolution{0, 0, RESUNIT_INCH, 200, 2339},
        Resolution{72, 72, RESUNIT_INCH, 200, 2339}, Resolution{200, 100, RESUNIT_INCH, 200, 4678}}) {
    shape.x_resolution = said.x;
    shape.y_resolution = said.y;
    shape.resolution_unit = said.unit;
    const ReceivedPage page = read_tiff(tiff_bytes(shape, sheet));
    EXPECT_EQ(page.image.dpi, said.dpi) << said.x << " x " << said.y;
    EXPECT_EQ(page.image.pixels.rows, said.height) << said.x << " x " << said.y;
  }
}

TEST(Tiff, HasItsPagesInAnyOrderWithoutThumbnails) {
  TiffShape thumbnail = shaped(8, 1, PHOTOMETRIC_MINISBLACK);
  thumbnail.subfile = FILETYPE_REDUCEDIMAGE;
  const TiffShape grey = shaped(8, 1, PHOTOMETRIC_MINISBLACK);
  for (const bool big : {false, true}) {
    TiffShape first = shaped(1, 1, PHOTOMETRIC_MINISWHITE);
    first.big = big;
    const OpenBytes file(tiff_bytes({{first, testing::bilevel_pattern(40, 30)},
                                     {thumbnail, testing::grey_pattern(10, 10)},
                                     {grey, testing::grey_pattern(41, 30)},
                                     {shaped(8, 3, PHOTOMETRIC_RGB), testing::colour_pattern(42, 30)}}));
    const auto reader = open_tiff(file, {});
    ASSERT_EQ(reader->page_count(), 3);
    for (const int number : {3, 1, 2, 2}) EXPECT_EQ(reader->read(number).image.pixels.cols, 39 + number);
  }
}

TEST(Tiff, OfTooManyPagesIsRefused) {
  const TiffShape grey = shaped(8, 1, PHOTOMETRIC_MINISBLACK);
  ReadLimits limits;
  limits.pages = 2;
  const std::pair<TiffShape, cv::Mat> page = {grey, testing::grey_pattern(10, 10)};
  EXPECT_EQ(code_of(tiff_bytes({page, page}), limits), "taken");
  EXPECT_EQ(code_of(tiff_bytes({page, page, page}), limits), "too_many_pages");
}

TEST(Tiff, CutShortIsRefusedWhereverItIsCut) {
  for (const auto compression : {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_CCITTFAX4}) {
    TiffShape shape = shaped(1, 1, PHOTOMETRIC_MINISWHITE);
    shape.compression = static_cast<std::uint16_t>(compression);
    const std::string bytes = tiff_bytes(shape, testing::bilevel_pattern(400, 300));
    for (const std::size_t part : {5U, 30U, 50U, 70U, 95U}) {
      EXPECT_EQ(code_of(bytes.substr(0, bytes.size() * part / 100)), "truncated_file")
          << compression << " " << part;
    }
  }
}

TEST(Tiff, WhoseGroup4BreaksOffIsRefused) {
  TiffShape shape = shaped(1, 1, PHOTOMETRIC_MINISWHITE);
  shape.compression = COMPRESSION_CCITTFAX4;
  shape.rows_per_strip = 400;
  cv::Mat noise(400, 400, CV_8UC1);
  cv::randu(noise, 0, 2);
  std::string bytes = tiff_bytes(shape, noise * 255);
  // The strip stands first, behind the eight bytes of the header.
  bytes.replace(2000, 400, std::string(400, '\0'));
  EXPECT_EQ(code_of(bytes), "damaged_file");
}

TEST(Tiff, WhoseDirectoriesRunInACircleIsRefused) {
  const TiffShape grey = shaped(8, 1, PHOTOMETRIC_MINISBLACK);
  std::string bytes = tiff_bytes(grey, testing::grey_pattern(10, 10));
  const auto byte = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at]));
  };
  const std::size_t directory = byte(4) | byte(5) << 8 | byte(6) << 16;
  const std::size_t next = directory + 2 + 12 * (byte(directory) | byte(directory + 1) << 8);
  bytes.replace(next, 4, bytes, 4, 4);
  EXPECT_EQ(code_of(bytes), "damaged_file");
}

TEST(Tiff, LargerThanTheLimitIsRefusedBeforeDecoding) {
  ReadLimits limits;
  limits.pixels_per_page = 1000;
  EXPECT_EQ(code_of(tiff_bytes(shaped(8, 1, PHOTOMETRIC_MINISBLACK), testing::grey_pattern(40, 40)), limits),
            "picture_too_large");
}

}  // namespace
}  // namespace eakte::ingest
