#include "archive/pdfa.h"
#include "archive/pdf_enclosures.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "archive/format_id.h"
#include "tests/archive/pdf_samples.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

using testing::OpenFile;

const std::vector<std::string> letter = {"Stadt Musterau, Bürgerbüro",
                                         "Marktplatz 1, 99999 Musterau",
                                         "Aktenzeichen 12.34-2026/0815",
                                         "Sehr geehrte Frau Beispiel,",
                                         "für den Müllbehälter (240 Liter) erheben wir",
                                         "jährlich eine Gebühr von 184,20 € – fällig am",
                                         "15. Februar. Größe und Zahl der Gefäße stehen",
                                         "im Bescheid; Widerspruch binnen eines Monats.",
                                         "Mit freundlichen Grüßen"};

PdfMetadata metadata() {
  PdfMetadata result;
  result.title = "Gebührenbescheid <2026> & Anlage";
  result.author = "Stadt Musterau";
  result.created_utc = "2026-11-21T10:15:30.250Z";
  result.document_id = "01JD0000000000000000000001";
  result.original_sha256 = std::string(64, 'a');
  return result;
}

/// The words of a table, each followed by one blank.
std::string squeezed(const std::string& text) {
  std::istringstream words(text);
  std::string result;
  for (std::string word; words >> word;) result += word + " ";
  return result;
}

/// The number in quotes behind `key` in the line of HTML that holds `word`.
double attribute_of(const std::string& html, const std::string& word, const std::string& key) {
  const std::size_t line = html.rfind('\n', html.find(">" + word + "<"));
  const std::size_t at = html.find(key + "=\"", line) + key.size() + 2;
  return std::stod(html.substr(at));
}

class PdfaFile : public ::testing::Test {
protected:
  std::filesystem::path write(PdfaWriter& writer, const std::string& name = "out.pdf") {
    std::filesystem::path path = directory.path() / name;
    const OpenFile file(path);
    writer.write(file.descriptor());
    return path;
  }

  /// Three pages: grey JPEG, Group 4, colour JPEG turned by a quarter.
  std::filesystem::path letters(const std::string& name = "out.pdf") {
    PdfaWriter writer(metadata());
    writer.add_page(testing::grey_jpeg(620, 877, 75), testing::typeset(letter, 620, 877, 75));
    writer.add_page(testing::group4(2480, 3508, 300), testing::typeset(letter, 2480, 3508, 300));
    PagePicture turned = testing::colour_jpeg(877, 620, 75);
    turned.quarter_turns = 1;
    writer.add_page(turned, testing::typeset(letter, 620, 877, 75));
    return write(writer, name);
  }

  static std::vector<std::string> violations(const std::filesystem::path& path) {
    const OpenFile file(path);
    return check_pdfa(file.descriptor());
  }

  testing::TemporaryDirectory directory;
};

TEST_F(PdfaFile, PassesItsOwnCheckAndQpdf) {
  const auto path = letters();
  EXPECT_EQ(violations(path), std::vector<std::string>());
  if (!testing::has_program("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  EXPECT_NE(testing::output_of("qpdf --check " + path.string()).find("No syntax or stream encoding errors"),
            std::string::npos);
}

/// PK-05: the registry sees the level only in metadata that are not compressed, part and level next to each
/// other.
TEST_F(PdfaFile, IsKnownToPronomAsPdfa2u) {
  const OpenFile file(letters());
  EXPECT_EQ(FormatSignatures::own().identify(file.descriptor()).puid, "fmt/478");
  const std::filesystem::path pronom = std::filesystem::path(EAKTE_SHARED) / "data/pronom";
  if (!std::filesystem::exists(pronom)) GTEST_SKIP() << "needs ../shared/data/pronom";
  EXPECT_EQ(FormatSignatures::load(pronom).identify(file.descriptor()).puid, "fmt/478");
}

TEST_F(PdfaFile, HasTheSameBytesForTheSameInput) {
  EXPECT_EQ(testing::file_bytes(letters("a.pdf")), testing::file_bytes(letters("b.pdf")));
}

TEST_F(PdfaFile, HoldsAPictureOfManyPagesOnce) {
  const auto with_pages = [&](int pages, const std::string& name) {
    PdfaWriter writer(metadata());
    for (int i = 0; i < pages; ++i) {
      writer.add_page(testing::grey_jpeg(620, 877, 75), testing::typeset(letter, 620, 877, 75));
    }
    return write(writer, name);
  };
  const auto one = std::filesystem::file_size(with_pages(1, "one.pdf"));
  const std::size_t picture = testing::grey_jpeg(620, 877, 75).bytes.size();
  EXPECT_LT(std::filesystem::file_size(with_pages(10, "ten.pdf")), one + 9 * picture / 2);
  EXPECT_EQ(violations(directory.path() / "ten.pdf"), std::vector<std::string>());
}

TEST_F(PdfaFile, GivesItsWordsInReadingOrderToDifferentReaders) {
  const auto path = letters();
  const std::string expected = ocr::plain_text(testing::typeset(letter, 620, 877, 75));
  for (const std::string page : {"1", "2", "3"}) {
    if (testing::has_program("pdftotext")) {
      const std::string range = fmt::format("-f {0} -l {0} {1} -", page, path.string());
      EXPECT_GE(testing::order_kept(expected, testing::output_of("pdftotext " + range)), 0.995) << page;
      EXPECT_GE(testing::order_kept(expected, testing::output_of("pdftotext -layout " + range)), 0.995)
          << page;
    }
    if (testing::has_program("mutool")) {
      const std::string text =
          testing::output_of(fmt::format("( mutool draw -q -F txt {} {} 2>/dev/null )", path.string(), page));
      EXPECT_GE(testing::order_kept(expected, text), 0.995) << page;
    }
  }
}

TEST_F(PdfaFile, HoldsThePicturesAsTheyCame) {
  if (!testing::has_program("pdfimages")) GTEST_SKIP() << "poppler-utils is not installed";
  const auto path = letters();
  const std::string list = squeezed(testing::output_of("pdfimages -list " + path.string()));
  EXPECT_NE(list.find("gray 1 8 jpeg"), std::string::npos) << list;
  EXPECT_NE(list.find("gray 1 1 ccitt"), std::string::npos) << list;
  EXPECT_NE(list.find("rgb 3 8 jpeg"), std::string::npos) << list;
  testing::output_of(fmt::format("pdfimages -all {} {}/picture", path.string(), directory.path().string()));
  EXPECT_EQ(testing::file_bytes(directory.path() / "picture-000.jpg"),
            testing::grey_jpeg(620, 877, 75).bytes);
  const std::string fonts = squeezed(testing::output_of("pdffonts " + path.string()));
  EXPECT_NE(fonts.find("EakteText CID TrueType Identity-H yes no yes"), std::string::npos) << fonts;
}

TEST_F(PdfaFile, ShowsThePictureTurnedClockwise) {
  if (!testing::has_program("pdftoppm")) GTEST_SKIP() << "poppler-utils is not installed";
  // The dark quarter of the coded picture lies at its upper left; where it is to be seen after 0 to 3 turns.
  const std::vector<std::pair<double, double>> dark = {{0.1, 0.1}, {0.9, 0.1}, {0.9, 0.9}, {0.1, 0.9}};
  PdfaWriter writer(metadata());
  for (int turns = 0; turns < 4; ++turns) {
    PagePicture picture = testing::grey_jpeg(400, 800, 72);
    picture.quarter_turns = turns;
    writer.add_page(picture, {});
  }
  const auto path = write(writer);
  testing::output_of(
      fmt::format("pdftoppm -r 36 -gray {} {}/page", path.string(), directory.path().string()));
  for (int turns = 0; turns < 4; ++turns) {
    const std::string pgm = testing::file_bytes(directory.path() / fmt::format("page-{}.pgm", turns + 1));
    const std::size_t width = turns % 2 == 0 ? 200 : 400;
    const std::size_t height = turns % 2 == 0 ? 400 : 200;
    ASSERT_TRUE(pgm.starts_with(fmt::format("P5\n{} {}\n255\n", width, height)));
    const std::string pixels = pgm.substr(pgm.size() - width * height);
    for (int corner = 0; corner < 4; ++corner) {
      const auto [x, y] = dark[static_cast<std::size_t>(corner)];
      const auto column = static_cast<std::size_t>(x * static_cast<double>(width));
      const auto row = static_cast<std::size_t>(y * static_cast<double>(height));
      const bool is_dark = static_cast<unsigned char>(pixels[row * width + column]) < 128;
      EXPECT_EQ(is_dark, corner == turns) << turns << " turns, corner " << corner;
    }
  }
}

TEST_F(PdfaFile, SaysTheSameInXmpAndInfo) {
  const auto path = letters();
  const std::string bytes = testing::file_bytes(path);
  EXPECT_NE(bytes.find("<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>U</pdfaid:conformance>"),
            std::string::npos);
  EXPECT_NE(bytes.find("Gebührenbescheid &lt;2026&gt; &amp; Anlage"), std::string::npos);
  EXPECT_NE(bytes.find("<eakte:originalSha256>" + std::string(64, 'a')), std::string::npos);
  if (!testing::has_program("pdfinfo")) GTEST_SKIP() << "poppler-utils is not installed";
  const std::string info = testing::output_of("TZ=UTC pdfinfo -isodates " + path.string());
  EXPECT_NE(info.find("Gebührenbescheid <2026> & Anlage"), std::string::npos) << info;
  EXPECT_NE(info.find("2026-11-21T10:15:30"), std::string::npos) << info;
}

TEST_F(PdfaFile, SurvivesStrangeWordsAndPages) {
  ocr::PageText text = testing::typeset({"vorher x nachher"}, 620, 877, 75);
  text.words[1].text =
      std::string("\x01\xFF\xEF\xBB\xBF", 5) + "\xF0\x9D\x94\x98";  // control, broken, mark, U+1D518
  text.words[2].box = {0, 0, 0, 0};
  PdfaWriter writer(metadata());
  writer.add_page(testing::grey_jpeg(620, 877, 75), text);
  PagePicture banner = testing::grey_jpeg(4000, 8, 70);
  banner.dpi = 1;
  writer.add_page(banner, {});
  EXPECT_EQ(violations(write(writer)), std::vector<std::string>());
}

TEST_F(PdfaFile, NamesThePageWhosePictureIsWrong) {
  PdfaWriter writer(metadata());
  writer.add_page(testing::grey_jpeg(62, 87, 75), {});
  PagePicture empty;
  empty.width = 10;
  empty.height = 10;
  try {
    writer.add_page(empty, {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "PDF/A page 2: picture without bytes");
  }
}

TEST_F(PdfaFile, ReportsAFullDisk) {
  PdfaWriter writer(metadata());
  writer.add_page(testing::grey_jpeg(620, 877, 75), {});
  const OpenFile full("/dev/full");
  EXPECT_THROW(writer.write(full.descriptor()), StorageFailure);
}

class ReceivedFile : public PdfaFile {
protected:
  /// A page with a picture drawn by paths, in a turned page with its origin elsewhere.
  static std::string drawing(const std::string& catalogue_keys, const std::string& page_keys,
                             const std::string& content = "q 1 0 0 RG 20 20 100 50 re S") {
    return testing::plain_pdf(
        {"<< /Type /Catalog /Pages 2 0 R " + catalogue_keys + " >>",
         "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 /MediaBox [ 10 20 410 620 ] /Resources << >> >>",
         "<< /Type /Page /Parent 2 0 R /Contents 4 0 R " + page_keys + " >>",
         testing::stream_object("", content),
         "<< /Type /Annot /Subtype /Link /Rect [ 30 30 90 90 ] /A << /S /JavaScript /JS (1) >> >>",
         "<< /Type /Annot /Subtype /Text /Rect [ 30 30 90 90 ] /F 2 /Contents (verborgen) >>",
         "<< /Fields [ ] /XFA [ ] >>"});
  }

  std::optional<std::string> convert(const std::string& pdf, const std::vector<PageTextLayer>& layers = {},
                                     const FilesToEmbed& embedded = {}) {
    const OpenFile input(directory.path() / "in.pdf", pdf);
    std::filesystem::remove(directory.path() / "out.pdf");
    const OpenFile output(directory.path() / "out.pdf");
    made = make_pdfa_from_pdf(input.descriptor(), output.descriptor(), metadata(), layers, {}, embedded);
    if (made.way != ArchivedPdf::Way::refused) return std::nullopt;
    return made.why_not;
  }

  std::filesystem::path result() const { return directory.path() / "out.pdf"; }

  ArchivedPdf made;
};

TEST_F(ReceivedFile, LosesWhatPdfaForbidsAndKeepsWhatIsSeen) {
  const std::string pdf =
      drawing("/OpenAction << /S /JavaScript /JS (1) >> /Names << /JavaScript << /Names [ ] >> >>",
              "/AA << >> /Annots [ 5 0 R 6 0 R ]");
  EXPECT_EQ(convert(pdf), std::nullopt);
  EXPECT_EQ(violations(result()), std::vector<std::string>());
  if (!testing::has_program("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  const std::string text =
      testing::output_of("qpdf --qdf --object-streams=disable " + result().string() + " -");
  EXPECT_EQ(text.find("JavaScript"), std::string::npos);
  EXPECT_EQ(text.find("verborgen"), std::string::npos);
  EXPECT_NE(text.find("q 1 0 0 RG 20 20 100 50 re S"), std::string::npos);
}

TEST_F(ReceivedFile, GetsAMeaningForCmyk) {
  EXPECT_EQ(convert(drawing("", "", "0 1 1 0 k 20 20 100 50 re f")), std::nullopt);
  EXPECT_EQ(violations(result()), std::vector<std::string>());
}

TEST_F(ReceivedFile, GetsWordsWhereThePageShowsThem) {
  if (!testing::has_program("pdftotext")) GTEST_SKIP() << "poppler-utils is not installed";
  for (const int rotation : {0, 90, 180, 270}) {
    // The content leaves its graphics state open, once too deep and once too shallow.
    for (const std::string content : {"q 2 0 0 2 50 60 cm q", "Q q 0.5 0 0 0.5 0 0 cm"}) {
      const bool is_upright = rotation % 180 == 0;
      const int width = is_upright ? 800 : 1200;
      const int height = is_upright ? 1200 : 800;
      const PageTextLayer layer{1, testing::typeset(letter, width, height, 144)};
      const auto reason = convert(drawing("", fmt::format("/Rotate {}", rotation), content), {layer});
      ASSERT_EQ(reason, std::nullopt);
      const std::string text = testing::output_of("pdftotext -bbox " + result().string() + " -");
      EXPECT_GE(testing::order_kept(ocr::plain_text(layer.text),
                                    testing::output_of("pdftotext " + result().string() + " -")),
                0.995)
          << rotation;
      EXPECT_NEAR(attribute_of(text, "Stadt", "xMin"), width / 20.0, 3) << rotation;
      EXPECT_NEAR(attribute_of(text, "Stadt", "yMin"), height / 24.0, 4) << rotation;
    }
  }
}

TEST_F(ReceivedFile, IsRefusedWithAReasonAndNothingIsWritten) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {drawing("/AcroForm 7 0 R", ""), "the form is an XFA form"},
      {drawing("/Collection << >>", ""), "the file is a portfolio"},
      {drawing("/AcroForm << /Fields [ << /FT /Sig /V << /Type /Sig >> >> ] >>", ""), "the file is signed"},
      {drawing("", "/Annots [ << /Subtype /Movie >> ]"), "the file has moving or sounding parts"},
      {drawing("",
               "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Unbekannt /FirstChar 84 "
               "/LastChar 84 /Widths [ 1 ] >> >> >>",
               "BT /F 12 Tf (T) Tj ET"),
       "is not embedded"},
      {"%PDF-1.4\nnothing\n", "the file cannot be read"}};
  for (const auto& [pdf, reason] : cases) {
    const std::optional<std::string> given = convert(pdf);
    ASSERT_TRUE(given.has_value()) << reason;
    EXPECT_NE(given->find(reason), std::string::npos) << *given;
    EXPECT_EQ(std::filesystem::file_size(result()), 0U);
  }
}

TEST_F(ReceivedFile, InvoicesOfManyProgramsKeepTheirText) {
  const std::filesystem::path invoices = std::filesystem::path(EAKTE_SHARED) / "data/einvoice/zugferd-pdf";
  if (!std::filesystem::exists(invoices)) GTEST_SKIP() << invoices << " is not there";
  if (!testing::has_program("pdftotext")) GTEST_SKIP() << "poppler-utils is not installed";
  for (const auto& entry : std::filesystem::directory_iterator(invoices)) {
    if (entry.path().extension() != ".pdf") continue;
    EXPECT_EQ(convert(testing::file_bytes(entry.path())), std::nullopt) << entry.path();
    EXPECT_EQ(testing::output_of("pdftotext " + entry.path().string() + " -"),
              testing::output_of("pdftotext " + result().string() + " -"))
        << entry.path();
  }
}

TEST_F(ReceivedFile, GetsTheUsualFontsItDoesNotBring) {
  if (!std::filesystem::exists("/usr/share/fonts/truetype/liberation"))
    GTEST_SKIP() << "fonts-liberation is missing";
  const std::string pdf = drawing("",
                                  "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont "
                                  "/Helvetica /Encoding /WinAnsiEncoding >> "
                                  ">> >>",
                                  "BT /F 12 Tf 50 100 Td (Geb\\374hr 12,50 \\200) Tj ET");
  ASSERT_EQ(convert(pdf), std::nullopt);
  EXPECT_EQ(made.way, ArchivedPdf::Way::fonts_embedded);
  EXPECT_EQ(made.standard, "PDF/A-2u");
  EXPECT_EQ(violations(result()), std::vector<std::string>());
  if (!testing::has_program("pdftotext")) GTEST_SKIP() << "poppler-utils is not installed";
  EXPECT_EQ(squeezed(testing::output_of("pdftotext " + result().string() + " -")), "Gebühr 12,50 € ");
  EXPECT_NE(
      squeezed(testing::output_of("pdffonts " + result().string())).find("+LiberationSans-Regular TrueType"),
      std::string::npos);
}

TEST_F(ReceivedFile, KeepsItsAttachmentsAsPart3) {
  const std::string pdf = testing::plain_pdf(
      {"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [ (factur-x.xml) 5 0 R ] >> >> >>",
       "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 /MediaBox [ 0 0 400 600 ] >>",
       "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << >> >>",
       testing::stream_object("", "q 20 20 100 50 re S Q"),
       "<< /Type /Filespec /F (factur-x.xml) /EF << /F 6 0 R >> >>",
       testing::stream_object("/Type /EmbeddedFile", "<rechnung/>")});
  ASSERT_EQ(convert(pdf), std::nullopt);
  EXPECT_EQ(made.way, ArchivedPdf::Way::repaired);
  EXPECT_EQ(made.standard, "PDF/A-3u");
  EXPECT_EQ(violations(result()), std::vector<std::string>());
  if (!testing::has_program("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  EXPECT_EQ(testing::output_of("qpdf --show-attachment=factur-x.xml " + result().string()), "<rechnung/>");
  const std::string text =
      testing::output_of("qpdf --qdf --object-streams=disable " + result().string() + " -");
  EXPECT_NE(text.find("/AFRelationship /Alternative"), std::string::npos);
}

/// The original and a record that names the rung, as a PDF/A-3 carries them.
std::vector<EmbeddedFile> original_and_record(ArchivedPdf::Way way) {
  return {
      {.name = "Schreiben.pdf", .media_type = "application/pdf", .description = "", .bytes = "wie es kam"},
      {.name = "Verarbeitung.json",
       .media_type = "application/json",
       .description = "",
       .relationship = "Supplement",
       .bytes = std::to_string(static_cast<int>(way))}};
}

TEST_F(ReceivedFile, CarriesTheOriginalAndTheRecordOfItsRungWhenMended) {
  if (!testing::has_program("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  const auto attachment = [&](const std::string& name) {
    return testing::output_of("qpdf --show-attachment='" + name + "' " + result().string());
  };
  const auto embedded = [](ArchivedPdf::Way way) {
    return way == ArchivedPdf::Way::untouched ? std::vector<EmbeddedFile>() : original_and_record(way);
  };
  const std::string record(1, static_cast<char>('0' + static_cast<int>(ArchivedPdf::Way::repaired)));
  ASSERT_EQ(convert(drawing("", ""), {}, embedded), std::nullopt);
  EXPECT_EQ(made.standard, "PDF/A-3u");
  EXPECT_EQ(violations(result()), std::vector<std::string>());
  EXPECT_EQ(attachment("Schreiben.pdf"), "wie es kam");
  EXPECT_EQ(attachment("Verarbeitung.json"), record);

  // The archive file is PDF/A by now: its bytes stay, unless something has to go into them, and then what is
  // in it already stays beside it.
  const std::string again = testing::file_bytes(result());
  ASSERT_EQ(convert(again, {}, embedded), std::nullopt);
  EXPECT_EQ(made.way, ArchivedPdf::Way::untouched);
  EXPECT_EQ(testing::file_bytes(result()), again);
  ASSERT_EQ(convert(again, {}, original_and_record), std::nullopt);
  EXPECT_EQ(made.way, ArchivedPdf::Way::repaired);
  EXPECT_EQ(violations(result()), std::vector<std::string>());
  EXPECT_EQ(attachment("Schreiben.pdf"), "wie es kam");
  EXPECT_EQ(attachment("Verarbeitung.json (2)"), record);
}

TEST_F(ReceivedFile, IsLevelBWhenCodesHaveNoUnicodeValue) {
  const std::string pdf = drawing(
      "",
      "/Resources << /Font << /F << /Type /Font /Subtype /Type3 /FontBBox [ 0 0 1000 1000 ] "
      "/FontMatrix [ 0.001 0 0 0.001 0 0 ] /FirstChar 97 /LastChar 97 /Widths [ 1000 ] /Resources << >> "
      "/Encoding << /Type /Encoding /Differences [ 97 /zeichen17 ] >> /CharProcs << /zeichen17 8 0 R >> >> "
      ">> >>",
      "BT /F 12 Tf 50 100 Td (a) Tj ET");
  const std::string glyph =
      "8 0 obj\n" + testing::stream_object("", "1000 0 d0 0 0 700 700 re f") + "\nendobj\n";
  // Appended where the reader finds it by looking for objects: the cross references do not list it.
  const std::string damaged = pdf.substr(0, pdf.rfind("xref")) + glyph + "trailer << /Root 1 0 R >>\n%%EOF\n";
  ASSERT_EQ(convert(damaged), std::nullopt);
  EXPECT_EQ(made.standard, "PDF/A-2b");
  EXPECT_EQ(violations(result()), std::vector<std::string>());
}

TEST_F(ReceivedFile, LosesTheHiddenWordsThatNewOnesReplace) {
  if (!testing::has_program("pdftotext")) GTEST_SKIP() << "poppler-utils is not installed";
  if (!std::filesystem::exists("/usr/share/fonts/truetype/liberation"))
    GTEST_SKIP() << "fonts-liberation is missing";
  const std::string pdf =
      drawing("",
              "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding "
              "/WinAnsiEncoding "
              "/FirstChar 32 /LastChar 31 /Widths [ ] >> >> >>",
              "BT 3 Tr /F 12 Tf 50 500 Td (alte Erkennung) Tj 0 Tr 0 -40 Td (Stempel) Tj ET");
  const PageTextLayer layer{1, testing::typeset({"neue Erkennung"}, 800, 1200, 144)};
  ASSERT_EQ(convert(pdf, {layer}), std::nullopt);
  const std::string text = testing::output_of("pdftotext " + result().string() + " -");
  EXPECT_EQ(text.find("alte"), std::string::npos) << text;
  EXPECT_NE(text.find("neue Erkennung"), std::string::npos) << text;
  EXPECT_NE(text.find("Stempel"), std::string::npos) << text;
}

TEST_F(ReceivedFile, KeepsItsBytesWhenItIsPdfaAlready) {
  const std::string pdfa = testing::file_bytes(letters("letters.pdf"));
  EXPECT_EQ(convert(pdfa), std::nullopt);
  EXPECT_EQ(made.way, ArchivedPdf::Way::untouched);
  EXPECT_EQ(made.standard, "PDF/A-2u");
  EXPECT_EQ(testing::file_bytes(result()), pdfa);
}

}  // namespace
}  // namespace eakte::archive
