#include "ingest/page_reader.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ingest/reasons.h"
#include "tests/ingest/formats/sample_bytes.h"
#include "tests/support/page_painter.h"

namespace eakte::ingest {
namespace {

using testing::OpenBytes;

TEST(PageReader, OpensEveryFormatItDetects) {
  const ocr::PageImage page = testing::painted_page({"Bescheid"}, 620, 877, 75);
  testing::TiffShape shape;
  const std::vector<std::pair<std::string, std::string>> files = {
      {"image/tiff", testing::tiff_bytes(shape, page.pixels)},
      {"image/jpeg", encode_jpeg(page, 90)},
      {"image/jp2", testing::jpeg2000_bytes(page.pixels, false)},
      {"image/webp", testing::webp_bytes(testing::colour_pattern(620, 877))},
      {"image/bmp", testing::bmp_bytes(testing::colour_pattern(620, 877))},
      {"application/pdf", testing::pdf_of_pages({"0 g 10 10 100 100 re f"})},
  };
  for (const auto& [media_type, bytes] : files) {
    const OpenBytes file(bytes);
    const Format format = detect_format(file);
    EXPECT_EQ(media_type_of(format), media_type);
    const auto reader = open_pages(file, format);
    EXPECT_EQ(reader->page_count(), 1) << media_type;
    const ReceivedPage received = reader->read(1);
    EXPECT_FALSE(received.image.pixels.empty()) << media_type;
    EXPECT_GE(received.image.dpi, 70) << media_type;
    EXPECT_EQ(reader->render(1, 72).pixels.depth(), CV_8U) << media_type;
  }
}

TEST(PageReader, RefusesWithAKnownReason) {
  for (const auto& [bytes, code] : std::vector<std::pair<std::string, std::string>>{
           {"", "empty_file"},
           {"nur Text", "unknown_type"},
           {testing::packed(testing::Packing::zip, {{"a", "b"}}), "unknown_type"}}) {
    const OpenBytes file(bytes);
    try {
      open_pages(file, detect_format(file));
      ADD_FAILURE() << code;
    } catch (const Refused& refused) {
      EXPECT_EQ(refused.code, code);
      EXPECT_NE(std::ranges::find(all_reasons(), refused.code, &Reason::code), all_reasons().end());
    }
  }
}

}  // namespace
}  // namespace eakte::ingest
