#include <gtest/gtest.h>

#include "ingest/page_reader.h"
#include "tests/ingest/formats/sample_bytes.h"

namespace eakte::ingest {
namespace {

using namespace std::string_literals;
using testing::OpenBytes;
using testing::packed;
using testing::Packing;

const std::vector<std::pair<std::string, std::string>> two_files = {{"eins.txt", "erste Datei"},
                                                                    {"zwei.txt", "zweite Datei"}};

struct Case {
  std::string name;
  std::string bytes;
  Format format;
};

TEST(DetectFormat, GoesByContent) {
  const cv::Mat colours = testing::colour_pattern(40, 30);
  testing::TiffShape big;
  big.big = true;
  const std::vector<Case> cases = {
      {"nothing", "", Format::empty},
      {"TIFF", testing::tiff_bytes(testing::TiffShape(), testing::grey_pattern(20, 20)), Format::tiff},
      {"BigTIFF", testing::tiff_bytes(big, testing::grey_pattern(20, 20)), Format::tiff},
      {"TIFF of Motorola order", "MM\0*\0\0\0\x08"s, Format::tiff},
      {"JPEG", encode_jpeg({colours, 300}, 80), Format::jpeg},
      {"PNG", testing::png_header(10, 10), Format::png},
      {"JP2", testing::jpeg2000_bytes(colours, false), Format::jpeg2000},
      {"JPEG 2000 codestream", testing::jpeg2000_bytes(colours, true), Format::jpeg2000},
      {"WebP", testing::webp_bytes(colours), Format::webp},
      {"BMP", testing::bmp_bytes(colours), Format::bmp},
      {"words that begin like a BMP", "BMW ist ein Hersteller von Kraftfahrzeugen in Bayern",
       Format::unknown},
      {"PDF", testing::pdf_of_pages({""}), Format::pdf},
      {"PDF behind other bytes", std::string(900, '\n') + "%PDF-1.4\n", Format::pdf},
      {"PDF too far behind", std::string(1100, '\n') + "%PDF-1.4\n", Format::unknown},
      {"text", "Dies ist nur Text, heißt aber Bescheid.pdf.", Format::unknown},
      {"one byte", "I", Format::unknown},
      {"ZIP", packed(Packing::zip, two_files), Format::archive},
      {"TAR", packed(Packing::tar, two_files), Format::archive},
      {"TAR before POSIX", packed(Packing::old_tar, two_files), Format::archive},
      {"TAR in gzip", packed(Packing::tar_gz, two_files), Format::archive},
      {"TAR in bzip2", packed(Packing::tar_bz2, two_files), Format::archive},
      {"TAR in xz", packed(Packing::tar_xz, two_files), Format::archive},
      {"7z", packed(Packing::seven_zip, two_files), Format::archive},
      {"a single file in gzip", packed(Packing::gz_only, {{"brief", std::string(3000, 'x')}}),
       Format::unknown},
      {"e-book",
       packed(Packing::zip, {{"mimetype", "application/epub+zip"}, {"META-INF/container.xml", "<x/>"}}),
       Format::unknown},
      {"RTF", "{\\rtf1\\ansi Bescheid}", Format::rtf},
      {"zeros", std::string(2048, '\0'), Format::unknown},
  };
  for (const Case& sample : cases) {
    EXPECT_EQ(static_cast<int>(detect_format(OpenBytes(sample.bytes))), static_cast<int>(sample.format))
        << sample.name;
  }
}

TEST(DetectFormat, DoesNotRelyOnTheOffset) {
  const OpenBytes file(encode_jpeg({testing::grey_pattern(16, 16), 300}, 80));
  EXPECT_EQ(detect_format(file), Format::jpeg);
  EXPECT_EQ(detect_format(file), Format::jpeg);
}

}  // namespace
}  // namespace eakte::ingest
