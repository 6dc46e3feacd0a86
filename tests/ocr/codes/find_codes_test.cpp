#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ocr/codes.h"
#include "ocr/codes/code32.h"
#include "ocr/codes/matrix.h"
#include "tests/ocr/codes/painted_codes.h"
#include "tests/support/page_painter.h"

namespace eakte::ocr {
namespace {

using painted::empty_sheet;
using painted::grainy;
using painted::paint_code;
using painted::speckled;
using painted::tilted;

struct Sample {
  Symbology symbology;
  const char* text;
  int module;
};
constexpr Sample samples[] = {{Symbology::code39, "ASN00123", 2},
                              {Symbology::code93, "AKTE 4711", 2},
                              {Symbology::code128, "PATCHT", 2},
                              {Symbology::itf, "30712345000010", 3},
                              {Symbology::ean, "4006381333931", 3},
                              {Symbology::qr, "ASN00123", 3},
                              {Symbology::data_matrix, "Grabstelle 12/7", 4},
                              {Symbology::pdf417, "Gewerbeanmeldung 2026", 3},
                              {Symbology::aztec, "Platzkarte 17", 4}};

bool lies_in(const Box& inner, const cv::Rect& outer, int slack) {
  return inner.left >= outer.x - slack && inner.top >= outer.y - slack &&
         inner.left + inner.width <= outer.br().x + slack && inner.top + inner.height <= outer.br().y + slack;
}

class Codes : public ::testing::TestWithParam<Sample> {};
INSTANTIATE_TEST_SUITE_P(OfEachSymbology, Codes, ::testing::ValuesIn(samples),
                         [](const auto& sample) { return std::string(name_of(sample.param.symbology)); });

TEST_P(Codes, AreFoundWhereTheyStandBesideText) {
  const Sample& sample = GetParam();
  cv::Mat sheet = empty_sheet();
  const cv::Rect place = paint_code(sheet, sample.symbology, sample.text, {260, 1500}, sample.module);
  for (int i = 0; i < 12; ++i)
    cv::putText(sheet, "Sehr geehrte Damen und Herren, hiermit", {150, 300 + 60 * i},
                cv::FONT_HERSHEY_SIMPLEX, 1.2, 0, 2);
  const auto codes = find_codes({sheet, 200});
  ASSERT_EQ(codes.size(), 1U);
  EXPECT_EQ(codes[0].symbology, sample.symbology);
  EXPECT_EQ(codes[0].text, sample.text);
  EXPECT_TRUE(lies_in(codes[0].box, place, 30)) << codes[0].box.left << ' ' << codes[0].box.top;
}

TEST_P(Codes, AreFoundTurnedAndTilted) {
  const Sample& sample = GetParam();
  cv::Mat sheet = empty_sheet();
  paint_code(sheet, sample.symbology, sample.text, {420, 900}, sample.module);
  for (int turns = 1; turns < 4; ++turns) {
    cv::Mat turned;
    cv::rotate(sheet, turned,
               turns == 1   ? cv::ROTATE_90_CLOCKWISE
               : turns == 2 ? cv::ROTATE_180
                            : cv::ROTATE_90_COUNTERCLOCKWISE);
    const auto codes = find_codes({turned, 200});
    ASSERT_EQ(codes.size(), 1U) << turns << " quarter turns";
    EXPECT_EQ(codes[0].text, sample.text);
  }
  for (const double degrees : {-12.0, -3.0, 5.0, 30.0}) {
    const auto codes = find_codes({tilted(sheet, degrees), 200});
    ASSERT_EQ(codes.size(), 1U) << degrees << " degrees";
    EXPECT_EQ(codes[0].text, sample.text);
  }
}

TEST_P(Codes, AreReadFadedAndGrainy) {
  const Sample& sample = GetParam();
  cv::Mat sheet = empty_sheet();
  paint_code(sheet, sample.symbology, sample.text, {420, 900}, sample.module + 1);
  cv::Mat faded;
  sheet.convertTo(faded, CV_8U, 0.35, 150);  // ink 150 on paper 239
  // ITF has no check digit and starts with four thin bars; the rules for it give up earlier.
  const double grain = sample.symbology == Symbology::itf ? 12 : 25;
  for (const cv::Mat& page : {faded, grainy(sheet, grain), speckled(sheet, 0.01)}) {
    const auto codes = find_codes({page, 200});
    ASSERT_EQ(codes.size(), 1U);
    EXPECT_EQ(codes[0].text, sample.text);
  }
}

TEST_P(Codes, GiveNothingWrongWhenHalfOfThemIsGone) {
  const Sample& sample = GetParam();
  for (const double from : {0.35, 0.6}) {
    cv::Mat sheet = empty_sheet();
    const cv::Rect place = paint_code(sheet, sample.symbology, sample.text, {420, 900}, sample.module);
    sheet(cv::Rect(place.x + cvRound(place.width * from), place.y, place.width, place.height)).setTo(255);
    for (const Code& code : find_codes({sheet, 200})) EXPECT_EQ(code.text, sample.text);
  }
}

TEST(FindCodes, FindsAllOfSeveral) {
  cv::Mat sheet = empty_sheet();
  paint_code(sheet, Symbology::code128, "PATCHT", {200, 200}, 3);
  paint_code(sheet, Symbology::code128, "PATCHT", {200, 1400}, 3);
  paint_code(sheet, Symbology::qr, "ASN00077", {800, 1000}, 4);
  const auto codes = find_codes({sheet, 200});
  ASSERT_EQ(codes.size(), 3U);
  EXPECT_EQ(codes[0].text, "PATCHT");
  EXPECT_EQ(codes[1].text, "ASN00077");
  EXPECT_EQ(codes[2].text, "PATCHT");
}

TEST(FindCodes, FindsNothingOnTextRulingsAndEmptyPages) {
  EXPECT_TRUE(find_codes({empty_sheet(), 200}).empty());
  EXPECT_TRUE(find_codes({grainy(empty_sheet(), 40), 200}).empty());
  EXPECT_TRUE(
      find_codes(eakte::testing::painted_page({"Hundesteuer 2026", "Betrag 96,00 EUR", "||||| llll IIII"}))
          .empty());
  cv::Mat table = empty_sheet();
  for (int x = 100; x < 1500; x += 25) cv::line(table, {x, 200}, {x, 1200}, 0, 3);
  for (int y = 200; y < 1200; y += 40) cv::line(table, {100, y}, {1500, y}, 0, 2);
  EXPECT_TRUE(find_codes({table, 200}).empty());
}

TEST(FindCodes, ReadsAPictureThatIsHardlyMoreThanTheCode) {
  cv::Mat sheet(60, 260, CV_8UC1, cv::Scalar(255));
  paint_code(sheet, Symbology::code128, "168901", {12, 5}, 2, 50);
  const auto codes = find_codes({sheet, 70});
  ASSERT_EQ(codes.size(), 1U);
  EXPECT_EQ(codes[0].text, "168901");
}

/// The sheet as it lies in folds and is seen at a slant: no plane grid fits it.
cv::Mat crumpled(const cv::Mat& sheet, double fold) {
  cv::Mat map(sheet.size(), CV_32FC2);
  for (int y = 0; y < map.rows; ++y) {
    for (int x = 0; x < map.cols; ++x) {
      const double down = fold * std::sin(x / 38.0) + 0.04 * x;
      const double across = 0.7 * fold * std::sin(y / 47.0 + 1) - 0.03 * y;
      map.at<cv::Point2f>(y, x) = {static_cast<float>(x + across), static_cast<float>(y + down)};
    }
  }
  cv::Mat bent;
  cv::remap(sheet, bent, map, {}, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255));
  return bent;
}

TEST(FindCodes, ReadsAQrCodeOnPaperThatIsNotFlat) {
  const std::string text = "Grünfläche 7, Ulmenweg, Schacht 118 b, Bauabschnitt 3";
  cv::Mat sheet = empty_sheet();
  paint_code(sheet, Symbology::qr, text, {420, 900}, 7);
  const cv::Mat bent = crumpled(sheet, 3.5);
  EXPECT_FALSE(codes::read_matrix(bent, codes::MatrixKind::square)) << "flat enough for the decoder itself";
  const auto found = find_codes({bent, 200});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].text, text);
  EXPECT_TRUE(lies_in(found[0].box, {400, 860, 300, 330}, 40))
      << found[0].box.left << ' ' << found[0].box.top;
}

TEST(FindCodes, ReadsNothingWhereFinderPatternsStandAroundNoise) {
  cv::Mat sheet = empty_sheet();
  const cv::Rect place = paint_code(sheet, Symbology::qr, "Schachtdeckel 118", {420, 900}, 7);
  cv::Mat inside = sheet(cv::Rect(place.x + 56, place.y + 56, place.width - 56, place.height - 56));
  cv::Mat noise(inside.rows / 7, inside.cols / 7, CV_8UC1);
  cv::RNG(7).fill(noise, cv::RNG::UNIFORM, 0, 2);
  cv::resize(noise * 255, inside, inside.size(), 0, 0, cv::INTER_NEAREST);
  EXPECT_TRUE(find_codes({crumpled(sheet, 3.5), 200}).empty());
}

TEST(FindCodes, TellsWhatACode39MeansAsCode32BesideWhatItSays) {
  cv::Mat sheet = empty_sheet();
  paint_code(sheet, Symbology::code39, "3PRM8N", {260, 1500}, 2);
  const auto found = find_codes({sheet, 200});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].text, "3PRM8N");
  EXPECT_EQ(found[1].text, "A123456788");
  EXPECT_EQ(found[0].box, found[1].box);
}

TEST(Code32, IsReadOnlyFromWhatCanBeOne) {
  EXPECT_EQ(codes::code32_from("3PRM8N"), "A123456788");
  EXPECT_EQ(codes::code32_from("0CTP11"), "A012375073");  // of a small number, with its zeros
  for (const char* other : {"3PRM8P" /* check digit */, "165627" /* digits */, "3PRM8", "3PRM8NN",
                            "3PRA8N" /* a vowel */, "ZZZZZZ" /* too large */, "3prm8n", ""})
    EXPECT_FALSE(codes::code32_from(other)) << other;
}

TEST(FindCodes, TakesPicturesOfAnySize) {
  for (const cv::Size size : {cv::Size(1, 1), cv::Size(3, 900), cv::Size(700, 2), cv::Size(9, 9)}) {
    EXPECT_TRUE(find_codes({cv::Mat(size, CV_8UC3, cv::Scalar(200, 200, 200)), 300}).empty());
  }
}

TEST(FindCodes, KnowsItsSymbologiesByName) {
  for (const Sample& sample : samples) EXPECT_EQ(symbology_from(name_of(sample.symbology)), sample.symbology);
  EXPECT_FALSE(symbology_from("codabar"));
}

}  // namespace
}  // namespace eakte::ocr
