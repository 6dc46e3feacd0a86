#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "archive/pdfa.h"
#include "tests/archive/pdf_samples.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

using testing::OpenFile;

PdfMetadata metadata() {
  PdfMetadata result;
  result.title = "Anfrage";
  result.created_utc = "2026-11-21T10:15:30Z";
  result.document_id = "01JD0000000000000000000001";
  result.original_sha256 = std::string(64, 'b');
  return result;
}

/// A page of 400 x 600 pixels on a background of a third of that, which does not divide it; blue ink through
/// a stencil in its right half and a piece of a JPEG at its lower left.
PagePicture layered_page() {
  PagePicture page = testing::grey_jpeg(134, 200, 24);
  page.width = 400;
  page.height = 600;
  page.dpi = 72;
  page.reduction = 3;
  const PagePicture stencil = testing::group4(200, 300, 72);
  const PagePicture piece = testing::colour_jpeg(80, 80, 72);
  page.layers.push_back({.is_stencil = true,
                         .place = {.left = 200, .top = 300, .width = 200, .height = 300},
                         .components = 1,
                         .colour = {0, 0, 255},
                         .bytes = stencil.bytes});
  page.layers.push_back({.is_stencil = false,
                         .place = {.left = 0, .top = 500, .width = 80, .height = 80},
                         .components = 3,
                         .colour = {},
                         .bytes = piece.bytes});
  return page;
}

class LayeredFile : public ::testing::Test {
protected:
  std::filesystem::path write(PdfaWriter& writer, const std::string& name = "out.pdf") {
    std::filesystem::path path = directory.path() / name;
    const OpenFile file(path);
    writer.write(file.descriptor());
    return path;
  }

  static std::vector<std::string> violations(const std::filesystem::path& path) {
    const OpenFile file(path);
    return check_pdfa(file.descriptor());
  }

  testing::TemporaryDirectory directory;
};

TEST_F(LayeredFile, PassesTheCheckAndQpdf) {
  PdfaWriter writer(metadata());
  writer.add_page(layered_page(), testing::typeset({"Ein Wort"}, 400, 600, 72));
  const auto path = write(writer);
  EXPECT_EQ(violations(path), std::vector<std::string>());
  if (!testing::has_program("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  EXPECT_NE(testing::output_of("qpdf --check " + path.string()).find("No syntax or stream encoding errors"),
            std::string::npos);
}

TEST_F(LayeredFile, ShowsEachLayerAtItsPlace) {
  if (!testing::has_program("pdftoppm")) GTEST_SKIP() << "poppler-utils is not installed";
  PdfaWriter writer(metadata());
  writer.add_page(layered_page(), {});
  const auto path = write(writer);
  testing::output_of(fmt::format("pdftoppm -r 72 {} {}/page", path.string(), directory.path().string()));
  const std::string picture = testing::file_bytes(directory.path() / "page-1.ppm");
  const std::size_t pixels = picture.size() - std::size_t{3} * 400 * 600;
  const auto colour = [&](std::size_t x, std::size_t y) {
    const auto at = [&](std::size_t i) {
      return static_cast<unsigned char>(picture.at(pixels + 3 * (y * 400 + x) + i));
    };
    return fmt::format("{}{}{}", at(0) > 128 ? 'r' : '-', at(1) > 128 ? 'g' : '-', at(2) > 128 ? 'b' : '-');
  };
  // The samples are dark in their upper left quarter.
  EXPECT_EQ(colour(40, 60), "---") << "background";
  EXPECT_EQ(colour(240, 330), "--b") << "stencil";
  EXPECT_EQ(colour(380, 330), "rgb") << "beside the ink of the stencil";
  EXPECT_NE(colour(10, 510), "rgb") << "piece";
}

TEST_F(LayeredFile, HasTheSameBytesWhetherStreamsWaitInAFileOrInMemory) {
  const auto made = [&](int scratch, const std::string& name) {
    PdfaWriter writer(metadata(), scratch);
    for (int i = 0; i < 3; ++i) writer.add_page(layered_page(), testing::typeset({"Ein Wort"}, 400, 600, 72));
    return testing::file_bytes(write(writer, name));
  };
  const OpenFile scratch(directory.path() / "scratch");
  const std::string in_file = made(scratch.descriptor(), "a.pdf");
  EXPECT_EQ(in_file, made(-1, "b.pdf"));
  EXPECT_GT(std::filesystem::file_size(directory.path() / "scratch"), 0U);
}

TEST_F(LayeredFile, CarriesTheOriginalWhenItIsPdfA3) {
  const std::string original("\x00\xFFTIFF, as it came", 18);
  const OpenFile file(directory.path() / "original.tif", original);
  PdfaWriter writer(metadata());
  writer.add_page(layered_page(), testing::typeset({"Ein Wort"}, 400, 600, 72));
  writer.embed({.name = "Schreiben Müller.tif",
                .media_type = "image/tiff",
                .description = "Original",
                .relationship = "Source",
                .descriptor = file.descriptor(),
                .bytes = {}});
  writer.embed({.name = "Verarbeitung.json",
                .media_type = "application/json",
                .description = "Protokoll",
                .relationship = "Supplement",
                .descriptor = -1,
                .bytes = "{}"});
  const auto path = write(writer);
  EXPECT_EQ(violations(path), std::vector<std::string>());
  const OpenFile written(path);
  EXPECT_EQ(judge_pdfa(written.descriptor()).standard, "PDF/A-3u");
  if (!testing::has_program("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  const auto taken = directory.path() / "taken";
  testing::output_of(
      fmt::format("qpdf --show-attachment='Schreiben Müller.tif' {} > {}", path.string(), taken.string()));
  EXPECT_EQ(testing::file_bytes(taken), original);
  const std::string objects =
      testing::output_of("qpdf --qdf --object-streams=disable " + path.string() + " -");
  EXPECT_NE(objects.find("/AFRelationship /Source"), std::string::npos);
  EXPECT_NE(objects.find("/AF ["), std::string::npos);
}

TEST_F(LayeredFile, SaysInPlainXmpWhatItIs) {
  PdfaWriter writer(metadata());
  writer.add_page(layered_page(), {});
  const std::string bytes = testing::file_bytes(write(writer));
  EXPECT_NE(bytes.find("<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>U</pdfaid:conformance>"),
            std::string::npos);
}

TEST_F(LayeredFile, RefusesLayersWithoutContent) {
  PagePicture page = layered_page();
  page.layers.front().bytes.clear();
  PdfaWriter writer(metadata());
  EXPECT_THROW(writer.add_page(page, {}), Error);
}

TEST(ArchiveFileChoice, IsNamedAndFoundByName) {
  for (const char* name : {"lossless", "faithful", "compact"}) {
    EXPECT_EQ(name_of(picture_choice_named(name).value()), name);
  }
  for (const char* name : {"2u", "3u"}) EXPECT_EQ(name_of(pdfa_level_named(name).value()), name);
  EXPECT_FALSE(picture_choice_named("klein"));
  EXPECT_FALSE(pdfa_level_named("1b"));
}

}  // namespace
}  // namespace eakte::archive
