#include "ingest/layers/archive_picture.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ingest/formats/coded_picture.h"
#include "ingest/formats/encode.h"
#include "ingest/formats/jpeg.h"

namespace eakte::ingest {
namespace {

using archive::PictureChoice;
using archive::PictureCoding;

/// A page with lines of strokes for words, the second line in red, on paper with grain.
struct Sample {
  cv::Mat pixels;
  ocr::PageText text;
};

constexpr int width = 1240;
constexpr int height = 1000;

Sample letter_page() {
  Sample sample;
  sample.pixels.create(height, width, CV_8UC3);
  cv::RNG random(7);
  random.fill(sample.pixels, cv::RNG::NORMAL, cv::Scalar(222, 230, 236), cv::Scalar::all(4));
  cv::GaussianBlur(sample.pixels, sample.pixels, {3, 3}, 0);
  sample.text = {.width = width, .height = height, .dpi = 300, .words = {}, .confidence = 0.9F};
  for (int line = 0; line < 6; ++line) {
    for (int word = 0; word < 4; ++word) {
      const cv::Point at(100 + 260 * word, 120 + 60 * line);
      const cv::Scalar ink = line == 1 ? cv::Scalar(40, 30, 190) : cv::Scalar(35, 35, 35);
      cv::putText(sample.pixels, "Bescheid", at, cv::FONT_HERSHEY_SIMPLEX, 1.2, ink, 3, cv::LINE_AA);
      sample.text.words.push_back({.text = "Bescheid",
                                   .box = {at.x, at.y - 28, 180, 34},
                                   .confidence = 0.9F,
                                   .block = 0,
                                   .line = line});
    }
  }
  return sample;
}

/// A photograph as a recogniser sees it: tones and detail everywhere.
void paint_photo(cv::Mat& pixels) {
  cv::RNG random(11);
  cv::Mat grey(pixels.size(), CV_8UC1);
  random.fill(grey, cv::RNG::UNIFORM, 0, 256);
  cv::GaussianBlur(grey, grey, {3, 3}, 0);
  grey.convertTo(grey, -1, 2, -128);
  cv::merge(std::vector<cv::Mat>{grey * 0.7, grey * 0.85, grey}, grey);
  grey.copyTo(pixels);
}

ReceivedPage decoded(const cv::Mat& pixels, int dpi = 300) {
  ReceivedPage page;
  page.image = {pixels, dpi};
  page.must_be_coded = true;
  return page;
}

ReceivedPage as_jpeg(const cv::Mat& pixels, int quality) {
  ReceivedPage page;
  page.image = {pixels, 300};
  page.picture.width = pixels.cols;
  page.picture.height = pixels.rows;
  page.picture.components = pixels.channels();
  page.picture.bytes = encode_jpeg(page.image, quality);
  return page;
}

cv::Mat decoded_jpeg(const std::string& bytes) {
  return decode_jpeg({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, {}).raster.pixels;
}

/// The page as a viewer puts it together.
cv::Mat shown(const archive::PagePicture& picture) {
  cv::Mat background = decoded_jpeg(picture.bytes);
  if (background.channels() == 1) cv::cvtColor(background, background, cv::COLOR_GRAY2BGR);
  cv::Mat page;
  cv::resize(background, page, {}, picture.reduction, picture.reduction, cv::INTER_LINEAR);
  page = page(cv::Rect(0, 0, picture.width, picture.height)).clone();
  for (const archive::PictureLayer& layer : picture.layers) {
    const cv::Rect place(layer.place.left, layer.place.top, layer.place.width, layer.place.height);
    cv::Mat target = page(place);
    if (layer.is_stencil) {
      archive::PagePicture bits;
      bits.coding = PictureCoding::ccitt_g4;
      bits.width = place.width;
      bits.height = place.height;
      bits.bytes = layer.bytes;
      target.setTo(cv::Scalar(layer.colour[2], layer.colour[1], layer.colour[0]),
                   decode_coded(bits, {}).value() == 0);
    } else {
      cv::Mat piece = decoded_jpeg(layer.bytes);
      if (piece.channels() == 1) cv::cvtColor(piece, piece, cv::COLOR_GRAY2BGR);
      piece.copyTo(target);
    }
  }
  return page;
}

std::size_t stencils_of(const archive::PagePicture& picture) {
  return static_cast<std::size_t>(std::ranges::count_if(picture.layers, &archive::PictureLayer::is_stencil));
}

TEST(ArchivePicture, LaysALetterOutInFlatInksOverASmallBackground) {
  const Sample letter = letter_page();
  const ArchivePicture made =
      archive_picture(decoded(letter.pixels), 0, letter.text, PictureChoice::faithful);
  EXPECT_EQ(made.picture.reduction, 2);
  ASSERT_EQ(stencils_of(made.picture), 2U);
  const auto is_red = [](const archive::PictureLayer& layer) {
    return layer.is_stencil && layer.colour[0] > 150 && layer.colour[1] < 80 && layer.colour[2] < 90;
  };
  EXPECT_EQ(std::ranges::count_if(made.picture.layers, is_red), 1);
  EXPECT_TRUE(made.step.applied);
  EXPECT_LT(cv::norm(shown(made.picture), letter.pixels, cv::NORM_L1) /
                static_cast<double>(letter.pixels.total() * 3),
            6);
  // The background holds nothing of the words.
  cv::Mat background = decoded_jpeg(made.picture.bytes);
  cv::cvtColor(background, background, cv::COLOR_BGR2GRAY);
  double darkest = 0;
  cv::minMaxLoc(background, &darkest);
  EXPECT_GT(darkest, 190);
}

TEST(ArchivePicture, KeepsAPhotographBesideTextInFullResolution) {
  Sample letter = letter_page();
  const cv::Rect place(200, 560, 480, 320);
  cv::Mat photo = letter.pixels(place);
  paint_photo(photo);
  // The recogniser takes a part of it for words.
  letter.text.words.push_back(
      {.text = "Nw", .box = {260, 600, 200, 50}, .confidence = 0.4F, .block = 1, .line = 9});
  const ArchivePicture made =
      archive_picture(decoded(letter.pixels), 0, letter.text, PictureChoice::faithful);
  ASSERT_GT(made.picture.layers.size(), stencils_of(made.picture)) << "no piece of the scan";
  EXPECT_GE(cv::PSNR(shown(made.picture)(place), letter.pixels(place)), 25);
  EXPECT_GE(stencils_of(made.picture), 1U);
}

TEST(ArchivePicture, PaintsNoRulingOverTheFeetOfLetters) {
  Sample letter = letter_page();
  const cv::Scalar grey(140, 140, 140);
  for (int line = 0; line < 6; ++line)  // right below the words, in the tiles they stand in
    cv::line(letter.pixels, {80, 128 + 60 * line}, {width - 80, 128 + 60 * line}, grey, 3);
  const ArchivePicture made =
      archive_picture(decoded(letter.pixels), 0, letter.text, PictureChoice::faithful);
  ASSERT_GE(stencils_of(made.picture), 2U);
  const cv::Mat after = shown(made.picture);
  for (const ocr::Word& word : letter.text.words) {
    if (word.line == 1) continue;  // the red ones
    const cv::Rect feet(word.box.left, word.box.top + 14, word.box.width, 14);
    cv::Mat before_ink;
    cv::Mat after_ink;
    cv::inRange(letter.pixels(feet), cv::Scalar::all(0), cv::Scalar::all(70), before_ink);
    cv::inRange(after(feet), cv::Scalar::all(0), cv::Scalar::all(70), after_ink);
    cv::Mat lost = before_ink & ~after_ink;
    EXPECT_LT(cv::countNonZero(lost), cv::countNonZero(before_ink) / 20)
        << word.box.left << ' ' << word.box.top;
  }
}

TEST(ArchivePicture, TakesUnsharpFatPrintNotApart) {
  Sample letter = letter_page();
  for (int line = 0; line < 6; ++line) {
    for (int word = 0; word < 4; ++word)
      cv::putText(letter.pixels, "Bescheid", {100 + 260 * word, 120 + 60 * line}, cv::FONT_HERSHEY_SIMPLEX,
                  1.2, cv::Scalar(35, 35, 35), 8, cv::LINE_AA);
  }
  ASSERT_GE(
      stencils_of(archive_picture(decoded(letter.pixels), 0, letter.text, PictureChoice::faithful).picture),
      1U);
  cv::GaussianBlur(letter.pixels, letter.pixels, {}, 5);
  EXPECT_EQ(
      stencils_of(archive_picture(decoded(letter.pixels), 0, letter.text, PictureChoice::faithful).picture),
      0U);
}

TEST(ArchivePicture, KeepsThePieceOfATintedPageInItsTint) {
  Sample letter = letter_page();
  const cv::Rect place(200, 560, 480, 320);
  cv::Mat picture = letter.pixels(place);
  paint_photo(picture);
  cv::cvtColor(picture, picture, cv::COLOR_BGR2GRAY);
  cv::cvtColor(picture, picture, cv::COLOR_GRAY2BGR);
  picture -= cv::Scalar(0, 0, 12);
  picture.copyTo(letter.pixels(place));
  const ArchivePicture made =
      archive_picture(decoded(letter.pixels), 0, letter.text, PictureChoice::faithful);
  const auto piece = std::ranges::find(made.picture.layers, false, &archive::PictureLayer::is_stencil);
  ASSERT_NE(piece, made.picture.layers.end());
  EXPECT_EQ(piece->components, 3);
}

TEST(ArchivePicture, IsWithoutLossWhereThatIsSmaller) {
  cv::Mat form(1000, 760, CV_8UC1, cv::Scalar(255));  // clean print of few greys, too coarse for layers
  for (int line = 0; line < 12; ++line)
    cv::putText(form, "Antrag auf Erlaubnis", {60, 80 + 70 * line}, cv::FONT_HERSHEY_SIMPLEX, 0.7, 0, 1,
                cv::LINE_AA);
  const ArchivePicture clean = archive_picture(decoded(form, 100), 0, {}, PictureChoice::faithful);
  EXPECT_EQ(clean.picture.coding, PictureCoding::flate);
  EXPECT_LT(clean.picture.bytes.size(), encode_jpeg({form, 100}, 75).size());
  cv::Mat grain(form.size(), CV_8UC1);
  cv::RNG(3).fill(grain, cv::RNG::NORMAL, 200, 12);
  const ArchivePicture scanned = archive_picture(decoded(grain, 100), 0, {}, PictureChoice::faithful);
  EXPECT_EQ(scanned.picture.coding, PictureCoding::jpeg);
}

TEST(ArchivePicture, GivesUpLayersWhenThePageIsAPicture) {
  Sample letter = letter_page();
  paint_photo(letter.pixels);
  const ArchivePicture made =
      archive_picture(decoded(letter.pixels), 0, letter.text, PictureChoice::faithful);
  EXPECT_TRUE(made.picture.layers.empty());
  EXPECT_EQ(made.picture.reduction, 1);
  EXPECT_EQ(made.picture.coding, PictureCoding::jpeg);
  const ReceivedPage jpeg = as_jpeg(letter.pixels, 90);
  EXPECT_TRUE(archive_picture(jpeg, 0, letter.text, PictureChoice::faithful).picture.bytes ==
              jpeg.picture.bytes);
}

TEST(ArchivePicture, CopiesAJpegThatIsSmallAlready) {
  const Sample letter = letter_page();
  const ReceivedPage small = as_jpeg(letter.pixels, 5);
  const ArchivePicture made = archive_picture(small, 1, letter.text, PictureChoice::faithful);
  EXPECT_EQ(made.picture.bytes, small.picture.bytes);
  EXPECT_EQ(made.picture.quarter_turns, 1);
  EXPECT_FALSE(made.step.applied);
}

TEST(ArchivePicture, LaysOutALargeJpegOnlyWhenThatHalvesIt) {
  const Sample letter = letter_page();
  const ReceivedPage large = as_jpeg(letter.pixels, 95);
  const ArchivePicture made = archive_picture(large, 0, letter.text, PictureChoice::faithful);
  EXPECT_EQ(stencils_of(made.picture), 2U);
  std::size_t bytes = made.picture.bytes.size();
  for (const archive::PictureLayer& layer : made.picture.layers) bytes += layer.bytes.size();
  EXPECT_LE(2 * bytes, large.picture.bytes.size());
}

TEST(ArchivePicture, IsWithoutLossWhenThatIsAsked) {
  const Sample letter = letter_page();
  const ReceivedPage jpeg = as_jpeg(letter.pixels, 95);
  EXPECT_EQ(archive_picture(jpeg, 0, letter.text, PictureChoice::lossless).picture.bytes, jpeg.picture.bytes);
  const archive::PagePicture coded =
      archive_picture(decoded(letter.pixels), 0, letter.text, PictureChoice::lossless).picture;
  EXPECT_EQ(coded.coding, PictureCoding::flate);
  EXPECT_EQ(cv::norm(decode_coded(coded, {}).value(), letter.pixels, cv::NORM_INF), 0);
}

TEST(ArchivePicture, KeepsBlackAndWhiteAsGroup4WhateverIsAsked) {
  cv::Mat pixels;
  cv::cvtColor(letter_page().pixels, pixels, cv::COLOR_BGR2GRAY);
  pixels = pixels > 128;
  for (const PictureChoice choice :
       {PictureChoice::lossless, PictureChoice::faithful, PictureChoice::compact}) {
    const archive::PagePicture coded = archive_picture(decoded(pixels), 0, {}, choice).picture;
    EXPECT_EQ(coded.coding, PictureCoding::ccitt_g4);
    EXPECT_EQ(cv::norm(decode_coded(coded, {}).value(), pixels, cv::NORM_INF), 0);
  }
}

TEST(ArchivePicture, TurnsThePageBeforeItIsTakenApart) {
  const Sample letter = letter_page();
  cv::Mat lying;
  cv::rotate(letter.pixels, lying, cv::ROTATE_90_COUNTERCLOCKWISE);
  const ArchivePicture made = archive_picture(decoded(lying), 1, letter.text, PictureChoice::faithful);
  EXPECT_EQ(made.picture.width, width);
  EXPECT_EQ(made.picture.quarter_turns, 0);
  EXPECT_EQ(stencils_of(made.picture), 2U);
}

TEST(ArchivePicture, IsSmallerStillWhenCompact) {
  const Sample letter = letter_page();
  const auto size = [&](PictureChoice choice) {
    return archive_picture(decoded(letter.pixels), 0, letter.text, choice).picture.bytes.size();
  };
  EXPECT_LT(size(PictureChoice::compact), size(PictureChoice::faithful));
}

TEST(Bits, ArePackedHoweverWideARowIs) {
  for (const int columns : {1, 7, 8, 9, 64, 1003}) {
    cv::Mat pixels(5, columns, CV_8UC1);
    cv::RNG(3).fill(pixels, cv::RNG::UNIFORM, 0, 2);
    pixels *= 255;
    for (const int one : {0, 255}) {
      Bits bits;
      append_bits(bits, pixels.rowRange(0, 2), static_cast<std::uint8_t>(one));
      append_bits(bits, pixels.rowRange(2, 5), static_cast<std::uint8_t>(one));
      ASSERT_EQ(bits.bytes.size(), 5U * static_cast<unsigned>((columns + 7) / 8));
      for (int y = 0; y < 5; ++y) {
        for (int x = 0; x < columns; ++x) {
          const int byte = bits.bytes[static_cast<std::size_t>(y * ((columns + 7) / 8) + x / 8)];
          ASSERT_EQ((byte >> (7 - x % 8)) & 1, pixels.at<std::uint8_t>(y, x) == one ? 1 : 0);
        }
      }
    }
  }
}

}  // namespace
}  // namespace eakte::ingest
