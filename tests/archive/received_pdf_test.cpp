#include "archive/received_pdf.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/archive/pdf_samples.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

using testing::OpenFile;
using testing::plain_pdf;
using testing::stream_object;

/// A page of 360 x 720 points with one image XObject /I, a font /F and a form /X.
std::string page_with(const std::string& content, const std::string& image, const std::string& page_keys = "",
                      const std::string& form = "") {
  return plain_pdf(
      {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
       "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 360 720 ] /Contents 4 0 R /Resources << /XObject << /I "
       "5 0 R /X 6 0 R >> /ExtGState << /G << /ca 0.5 >> >> /Font << /F << /Type /Font /Subtype /Type1 "
       "/BaseFont /Helvetica >> >> >> " +
           page_keys + " >>",
       stream_object("", content), image,
       stream_object("/Type /XObject /Subtype /Form /BBox [ 0 0 360 720 ] /Resources << /XObject << /I 5 0 R "
                     ">> >>",
                     form)});
}

std::string image_object(const PagePicture& picture, const std::string& more) {
  return stream_object(fmt::format("/Type /XObject /Subtype /Image /Width {} /Height {} {}", picture.width,
                                   picture.height, more),
                       picture.bytes);
}

const std::string full_page = "q 360 0 0 720 0 0 cm /I Do Q";

class Received : public ::testing::Test {
protected:
  ReceivedPdf& open(const std::string& bytes) {
    pdf_.reset();
    file_ = std::make_unique<OpenFile>(directory_.path() / fmt::format("{}.pdf", ++count_), bytes);
    pdf_ = std::make_unique<ReceivedPdf>(file_->descriptor());
    return *pdf_;
  }

  ReceivedPdf::Problem problem_of(const std::string& bytes) {
    try {
      open(bytes);
    } catch (const ReceivedPdf::Unreadable& unreadable) {
      return unreadable.problem;
    }
    throw std::runtime_error("the file is readable");
  }

  const testing::TemporaryDirectory directory_;
  std::unique_ptr<OpenFile> file_;
  std::unique_ptr<ReceivedPdf> pdf_;
  int count_ = 0;
};

TEST_F(Received, JpegIsCopiedWithResolutionAndTurn) {
  const PagePicture jpeg = testing::grey_jpeg(500, 1000, 100);
  const std::string image =
      image_object(jpeg, "/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode");
  struct Case {
    std::string content;
    std::string page;
    int turns;
  };
  const std::vector<Case> cases = {{full_page, "", 0},
                                   {full_page, "/Rotate 90", 1},
                                   {full_page, "/Rotate -90", 3},
                                   {"q -360 0 0 -720 360 720 cm /I Do Q", "", 2},
                                   {"q -360 0 0 -720 360 720 cm /I Do Q", "/Rotate 180", 0},
                                   {"1 g 0 0 360 720 re f " + full_page, "", 0},
                                   {"BT /F 9 Tf 3 Tr (unsichtbar) Tj ET " + full_page, "", 0},
                                   {"BT /F 9 Tf (verdeckt) Tj ET " + full_page, "", 0},
                                   {"0 0 360 720 re W n " + full_page, "", 0}};
  for (const Case& each : cases) {
    const std::optional<PagePicture> picture =
        open(page_with(each.content, image, each.page)).only_picture(1);
    ASSERT_TRUE(picture) << each.content;
    EXPECT_EQ(picture->bytes, jpeg.bytes);
    EXPECT_EQ(picture->coding, PictureCoding::jpeg);
    EXPECT_EQ(picture->dpi, 100);
    EXPECT_EQ(picture->quarter_turns, each.turns) << each.content << each.page;
    EXPECT_FALSE(pdf_->has_visible_text(1)) << each.content;
  }
}

TEST_F(Received, PictureInsideAFormIsFound) {
  const PagePicture jpeg = testing::colour_jpeg(500, 1000, 100);
  const std::string image =
      image_object(jpeg, "/BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode");
  const auto picture = open(page_with("/X Do", image, "", full_page)).only_picture(1);
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->components, 3);
  EXPECT_EQ(picture->bytes, jpeg.bytes);
}

TEST_F(Received, PageThatShowsMoreThanAPictureIsLeftToTheRenderer) {
  const PagePicture jpeg = testing::grey_jpeg(500, 1000, 100);
  const std::string image =
      image_object(jpeg, "/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode");
  const std::string stamp = "/Annots [ << /Subtype /Stamp /Rect [ 0 0 9 9 ] /AP << /N 6 0 R >> >> ]";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {full_page + " BT /F 9 Tf (Text) Tj ET", ""},
      {full_page + " 9 9 9 9 re f", ""},
      {full_page + " q 90 0 0 90 0 0 cm /I Do Q", ""},
      {"q 180 0 0 360 0 0 cm /I Do Q", ""},
      {"q -360 0 0 720 360 0 cm /I Do Q", ""},
      {"q 350 60 -60 720 0 0 cm /I Do Q", ""},
      {"9 9 100 100 re W n " + full_page, ""},
      {"/G gs " + full_page, ""},
      {full_page, "/CropBox [ 0 0 360 360 ]"},
      {"q 360 0 0 360 0 0 cm /I Do Q", "/CropBox [ 0 0 360 360 ]"},
      {full_page, stamp},
      {"/X Do", ""},
      {"", ""}};
  for (const auto& [content, keys] : cases) {
    EXPECT_FALSE(open(page_with(content, image, keys, "/X Do /X Do")).only_picture(1)) << content << keys;
  }
}

TEST_F(Received, Group4IsCopiedWhenBlackIsBlack) {
  const PagePicture coded = testing::group4(500, 1000, 100);
  struct Case {
    std::string keys;
    std::string parameters;
    bool is_copied;
  };
  const std::vector<Case> cases = {
      {"/BitsPerComponent 1 /ColorSpace /DeviceGray", "/K -1 /Columns 500 /Rows 1000", true},
      {"/BitsPerComponent 1 /ColorSpace /DeviceGray", "/K -1 /Columns 500", true},
      {"/BitsPerComponent 1 /ColorSpace /DeviceGray /Decode [ 1 0 ]", "/K -1 /Columns 500 /BlackIs1 true",
       true},
      {"/BitsPerComponent 1 /ColorSpace [ /Indexed /DeviceRGB 1 <000000FFFFFF> ]", "/K -1 /Columns 500",
       true},
      {"/ImageMask true", "/K -1 /Columns 500", true},
      {"/ImageMask true /Decode [ 1 0 ]", "/K -1 /Columns 500 /BlackIs1 true", true},
      {"/BitsPerComponent 1 /ColorSpace /DeviceGray", "/K -1 /Columns 500 /BlackIs1 true", false},
      {"/BitsPerComponent 1 /ColorSpace [ /Indexed /DeviceRGB 1 <0000FFFFFFFF> ]", "/K -1 /Columns 500",
       false},
      {"/BitsPerComponent 1 /ColorSpace /DeviceGray", "/K 0 /Columns 500", false},
      {"/BitsPerComponent 1 /ColorSpace /DeviceGray", "/K -1", false},
      {"/BitsPerComponent 1 /ColorSpace /DeviceGray", "/K -1 /Columns 500 /EncodedByteAlign true", false}};
  for (const Case& each : cases) {
    const std::string image = image_object(
        coded, each.keys + " /Filter /CCITTFaxDecode /DecodeParms << " + each.parameters + " >>");
    const auto picture = open(page_with(full_page, image)).only_picture(1);
    ASSERT_EQ(picture.has_value(), each.is_copied) << each.keys << each.parameters;
    EXPECT_EQ(picture ? picture->bytes : coded.bytes, coded.bytes);
  }
  const std::string stencil =
      image_object(coded, "/ImageMask true /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 500 >>");
  EXPECT_FALSE(open(page_with("1 0 0 rg " + full_page, stencil)).only_picture(1));
}

TEST_F(Received, OtherPicturesAreDecodedWithoutLoss) {
  struct Case {
    std::string keys;
    std::string data;
    int components;
    std::string pixels;
  };
  const std::vector<Case> cases = {
      {"/BitsPerComponent 8 /ColorSpace /DeviceGray", std::string("\x00\x40\x80\xFF", 4), 1,
       std::string("\x00\x40\x80\xFF", 4)},
      {"/BitsPerComponent 8 /ColorSpace /DeviceGray /Decode [ 1 0 ]", std::string("\x00\x40\x80\xFF", 4), 1,
       std::string("\xFF\xBF\x7F\x00", 4)},
      {"/BitsPerComponent 1 /ColorSpace /DeviceGray", "\x80\xC0", 1, std::string("\xFF\x00\xFF\xFF", 4)},
      {"/BitsPerComponent 4 /ColorSpace [ /Indexed /DeviceRGB 1 <010203A0B0C0> ]", std::string("\x01\x10", 2),
       3, std::string("\x01\x02\x03\xA0\xB0\xC0\xA0\xB0\xC0\x01\x02\x03", 12)},
      {"/BitsPerComponent 8 /ColorSpace /DeviceRGB", "abcdefghijkl", 3, "abcdefghijkl"}};
  for (const Case& each : cases) {
    PagePicture raw;
    raw.width = 2;
    raw.height = 2;
    raw.bytes = each.data;
    const auto picture = open(page_with("q 720 0 0 720 0 0 cm /I Do Q", image_object(raw, each.keys),
                                        "/MediaBox [ 0 0 720 720 ]"))
                             .only_picture(1);
    ASSERT_TRUE(picture) << each.keys;
    EXPECT_EQ(picture->coding, PictureCoding::flate);
    EXPECT_EQ(picture->components, each.components);
    // The writer takes it as it is, and so reading it again must give the same pixels.
    const std::string again =
        image_object(*picture, fmt::format("/BitsPerComponent 8 /ColorSpace {} /Filter /FlateDecode",
                                           each.components == 3 ? "/DeviceRGB" : "/DeviceGray"));
    PagePicture plain = raw;
    plain.bytes = each.pixels;
    const std::string expected =
        image_object(plain, fmt::format("/BitsPerComponent 8 /ColorSpace {}",
                                        each.components == 3 ? "/DeviceRGB" : "/DeviceGray"));
    const std::string page = "/MediaBox [ 0 0 720 720 ]";
    const std::string draw = "q 720 0 0 720 0 0 cm /I Do Q";
    const auto left = open(page_with(draw, again, page)).only_picture(1);
    const auto right = open(page_with(draw, expected, page)).only_picture(1);
    ASSERT_TRUE(left && right);
    EXPECT_EQ(left->bytes, right->bytes) << each.keys;
  }
}

TEST_F(Received, UnusualPicturesAreLeftToTheRenderer) {
  PagePicture raw;
  raw.width = 2;
  raw.height = 4;
  raw.bytes = std::string(32, 'x');
  for (const std::string keys :
       {"/BitsPerComponent 8 /ColorSpace /DeviceCMYK", "/BitsPerComponent 8 /Filter /JPXDecode",
        "/BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode",
        "/BitsPerComponent 16 /ColorSpace /DeviceGray",
        "/BitsPerComponent 8 /ColorSpace /DeviceGray /SMask 6 0 R",
        "/BitsPerComponent 8 /ColorSpace /DeviceGray /Decode [ 0 0.5 ]",
        "/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode",
        "/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode"}) {
    EXPECT_FALSE(open(page_with(full_page, image_object(raw, keys))).only_picture(1)) << keys;
  }
}

TEST_F(Received, VisibleTextIsSeenEverywhere) {
  const std::string image = stream_object("", "");
  const std::string text = "BT /F 9 Tf (Text) Tj ET";
  EXPECT_TRUE(open(page_with(text, image)).has_visible_text(1));
  EXPECT_TRUE(open(page_with("/X Do", image, "", "BT (Text) ' ET")).has_visible_text(1));
  EXPECT_TRUE(open(page_with("BT [ 20 (T) (ext) ] TJ ET", image)).has_visible_text(1));
  EXPECT_TRUE(open(page_with("", image, "/Annots [ << /Subtype /Widget /AP << /N 6 0 R >> >> ]", text))
                  .has_visible_text(1));
  EXPECT_FALSE(open(page_with("BT 3 Tr (Text) Tj ET", image)).has_visible_text(1));
  EXPECT_FALSE(open(page_with("BT (   ) Tj ET", image)).has_visible_text(1));
  EXPECT_FALSE(open(page_with("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", image)).has_visible_text(1));
  EXPECT_THROW(pdf_->has_visible_text(2), Error);
}

TEST_F(Received, SignatureNeedsAValue) {
  const auto form = [](const std::string& field) {
    return plain_pdf({"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ " + field + " ] >> >>",
                      "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
                      "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 9 9 ] >>"});
  };
  EXPECT_TRUE(open(form("<< /FT /Sig /V << >> >>")).is_signed());
  EXPECT_TRUE(open(form("<< /FT /Sig /Kids [ << /V << >> >> ] >>")).is_signed());
  EXPECT_FALSE(open(form("<< /FT /Sig >>")).is_signed());
  EXPECT_FALSE(open(form("<< /FT /Tx /V (Text) >>")).is_signed());
}

TEST_F(Received, UnreadableFilesSayWhy) {
  EXPECT_EQ(problem_of("%PDF-1.7\nnothing here\n%%EOF\n"), ReceivedPdf::Problem::damaged);
  EXPECT_EQ(problem_of("not a PDF"), ReceivedPdf::Problem::damaged);
  EXPECT_EQ(
      problem_of(plain_pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [ ] /Count 0 >>"})),
      ReceivedPdf::Problem::damaged);
  if (!testing::has_program("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  const auto path = directory_.path() / "plain.pdf";
  { const OpenFile file(path, page_with(full_page, stream_object("", ""))); }
  const auto encrypt = [&](const std::string& user) {
    const auto encrypted = directory_.path() / "encrypted.pdf";
    testing::output_of(
        fmt::format("qpdf --encrypt '{}' owner 256 -- {} {}", user, path.string(), encrypted.string()));
    return testing::file_bytes(encrypted);
  };
  EXPECT_EQ(problem_of(encrypt("secret")), ReceivedPdf::Problem::encrypted);
  EXPECT_EQ(open(encrypt("")).page_count(), 1);
}

TEST_F(Received, HostileContentEndsInTime) {
  // Forms that show each other, and a stream that unfolds without end.
  const std::string image = stream_object("", "");
  std::string many;
  for (int i = 0; i < 300; ++i) many += "/X Do ";
  EXPECT_FALSE(open(page_with(many, image, "", many)).only_picture(1));
  std::string nested(200000, '[');
  EXPECT_FALSE(open(page_with(nested + " Tj", image)).has_visible_text(1));
}

}  // namespace
}  // namespace eakte::archive
