#include "ingest/formats/pdf.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "tests/ingest/formats/sample_bytes.h"

#if defined(__SANITIZE_ADDRESS__)
// fontconfig keeps its patterns until the end of the process.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig";
}  // NOLINT: the name is LSan's
#endif

namespace eakte::ingest {
namespace {

using testing::OpenBytes;
using testing::pdf_of_pages;

const std::string letter =
    "BT /F1 12 Tf 72 770 Td (Stadt Musterstadt, Bauamt) Tj 0 -40 Td (Sehr geehrte Damen und Herren,) Tj "
    "0 -16 Td (hiermit erhalten Sie den Bescheid vom 12. M\\344rz 2026.) Tj ET";

std::string picture_object(const std::string& jpeg, int width, int height, int components) {
  return fmt::format(
      "<</Type/XObject/Subtype/Image/Width {}/Height {}/BitsPerComponent "
      "8/ColorSpace/{}/Filter/DCTDecode/Length {}>>stream\n{}\nendstream",
      width, height, components == 1 ? "DeviceGray" : "DeviceRGB", jpeg.size(), jpeg);
}

// A grey page of 100 dpi with blocks instead of letters.
cv::Mat scan() {
  cv::Mat page(1169, 827, CV_8UC1, cv::Scalar(245));
  page(cv::Rect(100, 100, 500, 60)).setTo(20);
  page(cv::Rect(100, 300, 300, 500)).setTo(60);
  return page;
}

const std::string whole_page_picture = "q 595 0 0 842 0 0 cm /P1 Do Q ";
const std::string invisible_text =
    "BT 3 Tr /F1 12 Tf 72 770 Td (alte unsichtbare Erkennung mit vielen falschen Woertern) Tj ET ";

TEST(Pdf, BornDigitalPagesKeepTheirWords) {
  const OpenBytes file(pdf_of_pages({letter, letter}));
  const auto reader = open_pdf(file, {});
  ASSERT_EQ(reader->page_count(), 2);
  const ReceivedPage page = reader->read(2);
  ASSERT_TRUE(page.text);
  EXPECT_TRUE(page.image.pixels.empty());
  EXPECT_TRUE(page.picture.bytes.empty());
  EXPECT_EQ(page.text->width, 1240);
  EXPECT_EQ(page.text->height, 1754);
  EXPECT_EQ(page.picture.width, 1240);
  ASSERT_EQ(page.text->words.size(), 17U);
  EXPECT_EQ(page.text->words[0].text, "Stadt");
  EXPECT_EQ(page.text->words[15].text, "März");
  EXPECT_NEAR(page.text->words[0].box.left, 150, 3);  // 72 pt
  EXPECT_NEAR(page.text->words[0].box.top, 130, 8);   // 72 pt from the top is the base line
  EXPECT_EQ(page.text->words[3].line, 1);
  EXPECT_EQ(page.text->words[3].block, 1);
  EXPECT_EQ(page.text->words[8].line, 2);
  EXPECT_EQ(page.text->words[8].block, 1);
}

TEST(Pdf, WordsStandWhereThePageShowsThem) {
  for (const int turn : {0, 90, 180, 270}) {
    const OpenBytes file(pdf_of_pages({letter}, "", fmt::format("/Rotate {}", turn)));
    const auto reader = open_pdf(file, {});
    const ReceivedPage page = reader->read(1);
    ASSERT_TRUE(page.text) << turn;
    EXPECT_EQ(page.text->width, turn % 180 == 0 ? 1240 : 1754) << turn;
    ASSERT_FALSE(page.text->words.empty());
    // There must be ink in the box of every word on the page as rendered, and white beside it.
    const ocr::PageImage shown = reader->render(1, 150);
    ASSERT_EQ(shown.pixels.size(), cv::Size(page.text->width, page.text->height)) << turn;
    cv::Mat ink = shown.pixels < 128;
    for (const ocr::Word& word : page.text->words) {
      const cv::Rect box(word.box.left, word.box.top, word.box.width, word.box.height);
      EXPECT_GT(cv::countNonZero(ink(box)), 10) << turn << " " << word.text;
    }
    for (const ocr::Word& word : page.text->words) {
      ink(cv::Rect(word.box.left, word.box.top, word.box.width, word.box.height)).setTo(0);
    }
    // A substituted font may stand out of its box a little.
    EXPECT_LT(cv::countNonZero(ink), 150) << turn;
  }
}

TEST(Pdf, OfAScanGivesThePictureItself) {
  const std::string jpeg = encode_jpeg({scan(), 100}, 90);
  for (const std::string& content : {whole_page_picture, invisible_text + whole_page_picture}) {
    const OpenBytes file(pdf_of_pages({content}, picture_object(jpeg, 827, 1169, 1)));
    const ReceivedPage page = open_pdf(file, {})->read(1);
    EXPECT_FALSE(page.text);
    EXPECT_EQ(page.picture.bytes, jpeg);
    EXPECT_NEAR(page.picture.dpi, 100, 1);
    EXPECT_EQ(page.image.pixels.size(), cv::Size(827, 1169));
    EXPECT_LE(cv::norm(page.image.pixels, scan(), cv::NORM_INF), 40);
  }
}

TEST(Pdf, OfATurnedScanIsReadAsShown) {
  const std::string jpeg = encode_jpeg({scan(), 100}, 90);
  const OpenBytes file(pdf_of_pages({whole_page_picture}, picture_object(jpeg, 827, 1169, 1), "/Rotate 90"));
  const ReceivedPage page = open_pdf(file, {})->read(1);
  EXPECT_EQ(page.picture.quarter_turns, 1);
  EXPECT_EQ(page.image.pixels.size(), cv::Size(1169, 827));
  cv::Mat wanted;
  cv::rotate(scan(), wanted, cv::ROTATE_90_CLOCKWISE);
  EXPECT_LE(cv::norm(page.image.pixels, wanted, cv::NORM_INF), 40);
}

TEST(Pdf, OfAScanWithAStampIsRenderedForRecognition) {
  const std::string jpeg = encode_jpeg({scan(), 100}, 90);
  const std::string stamp = "BT /F1 10 Tf 400 810 Td (Eingang 12.03.2026) Tj ET";
  const OpenBytes file(pdf_of_pages({whole_page_picture + stamp}, picture_object(jpeg, 827, 1169, 1)));
  const ReceivedPage page = open_pdf(file, {})->read(1);
  EXPECT_FALSE(page.text);
  EXPECT_TRUE(page.picture.bytes.empty());
  EXPECT_EQ(page.image.dpi, 300);
  EXPECT_EQ(page.picture.width, page.image.pixels.cols);
  EXPECT_NEAR(page.image.pixels.cols, 2480, 2);
}

TEST(Pdf, WithDrawingOnlyIsRendered) {
  const OpenBytes file(pdf_of_pages({"1 0 0 rg 100 100 300 500 re f"}));
  const ReceivedPage page = open_pdf(file, {})->read(1);
  EXPECT_FALSE(page.text);
  ASSERT_EQ(page.image.pixels.channels(), 3);
  const int row = page.image.pixels.rows / 2;
  EXPECT_EQ(page.image.pixels.at<cv::Vec3b>(row, page.image.pixels.cols / 2), cv::Vec3b(0, 0, 255));
}

TEST(Pdf, WithoutColoursIsRenderedGrey) {
  const OpenBytes file(pdf_of_pages({"0.5 g 100 100 300 500 re f"}));
  EXPECT_EQ(open_pdf(file, {})->read(1).image.pixels.channels(), 1);
}

TEST(Pdf, WhoseFontSaysNoLettersIsRendered) {
  // ToUnicode leads every code to the private use area.
  const std::string map =
      "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange "
      "<00> <FF> "
      "endcodespacerange 1 beginbfrange <00> <FF> <E000> endbfrange endcmap end end";
  const std::string content = letter;
  const OpenBytes file(testing::pdf_bytes(
      {"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[4 0 R]>>",
       "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
       "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
       fmt::format("<</Length {}>>stream\n{}\nendstream", content.size(), content),
       fmt::format("<</Length {}>>stream\n{}\nendstream", map.size(), map)}));
  const ReceivedPage page = open_pdf(file, {})->read(1);
  EXPECT_FALSE(page.text);
  EXPECT_FALSE(page.image.pixels.empty());
}

TEST(Pdf, OfEnormousPagesIsRenderedWithinTheLimit) {
  ReadLimits limits;
  limits.pixels_per_page = 1'000'000;
  const OpenBytes file(pdf_of_pages({"0 g 100 100 300 500 re f"}));
  const ReceivedPage page = open_pdf(file, limits)->read(1);
  EXPECT_LE(page.image.pixels.total(), 1'010'000U);
  EXPECT_LT(page.image.dpi, 130);
}

std::string code_of(const std::string& bytes, const ReadLimits& limits = {}) {
  const OpenBytes file(bytes);
  try {
    const auto reader = open_pdf(file, limits);
    for (int number = 1; number <= reader->page_count(); ++number) reader->read(number);
  } catch (const Refused& refused) {
    return refused.code;
  }
  return "taken";
}

TEST(Pdf, ThatCannotBeTakenSaysWhy) {
  EXPECT_EQ(code_of("%PDF-1.7\nnichts weiter"), "damaged_file");
  EXPECT_EQ(code_of(testing::pdf_bytes({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>"})),
            "no_pages");
  ReadLimits limits;
  limits.pages = 2;
  EXPECT_EQ(code_of(pdf_of_pages({"", ""}), limits), "taken");
  EXPECT_EQ(code_of(pdf_of_pages({"", "", ""}), limits), "too_many_pages");
}

}  // namespace
}  // namespace eakte::ingest
