#include "archive/format_id.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "archive/error.h"
#include "archive/pronom/signatures.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

using namespace std::string_literals;
using testing::TemporaryDirectory;

const std::filesystem::path shared = EAKTE_SHARED;
const std::filesystem::path samples = EAKTE_SAMPLES;

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string puid(const FormatSignatures& signatures, const std::string& bytes, std::string_view name = {}) {
  return signatures.identify(bytes_of(bytes), name).puid;
}

std::string number(std::uint32_t value, int length) {
  std::string bytes;
  for (int i = 0; i < length; ++i) bytes += static_cast<char>(value >> (8 * i));
  return bytes;
}

/// A ZIP file with stored members.
std::string zip(const std::vector<std::pair<std::string, std::string>>& members) {
  std::string files;
  std::string directory;
  for (const auto& [name, content] : members) {
    const auto size = static_cast<std::uint32_t>(content.size());
    const std::string same =
        number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) +
        number(static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(content.data()), size)),
               4) +
        number(size, 4) + number(size, 4) + number(static_cast<std::uint32_t>(name.size()), 2) + number(0, 2);
    directory += "PK\1\2" + number(20, 2) + same + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) +
                 number(static_cast<std::uint32_t>(files.size()), 4) + name;
    files += "PK\3\4" + same + name + content;
  }
  const auto count = static_cast<std::uint32_t>(members.size());
  return files + directory + "PK\5\6" + number(0, 4) + number(count, 2) + number(count, 2) +
         number(static_cast<std::uint32_t>(directory.size()), 4) +
         number(static_cast<std::uint32_t>(files.size()), 4) + number(0, 2);
}

std::string pdf(const std::string& version, const std::string& inside) {
  return "%PDF-" + version + "\n1 0 obj\n" + inside + "\nendobj\n%%EOF\n";
}

std::string pdfa(const std::string& version, const std::string& ids) {
  return pdf(version,
             R"(<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">)" + ids);
}

std::string open_document(const std::string& kind, const std::string& version) {
  return zip(
      {{"mimetype", "application/vnd.oasis.opendocument." + kind},
       {"META-INF/manifest.xml",
        R"(<manifest:manifest><manifest:file-entry manifest:media-type="application/vnd.oasis.opendocument.)" +
            kind + "\"/>"},
       {"content.xml", "<office:document-content " + version + ">"}});
}

struct Case {
  std::string puid;
  std::string bytes;
  std::string name;
};

std::vector<Case> known_files() {
  const std::string exif =
      "\xFF\xD8\xFF\xE1\x01\x01"
      "Exif\0\0II*\0...\x00\x90\x07\x00\x04\x00\x00\x00"s;
  return {
      {"fmt/18", pdf("1.4", ""), "a.pdf"},
      {"fmt/276", pdf("1.7", ""), ""},
      {"fmt/1129", pdf("2.0", ""), ""},
      {"fmt/478", pdfa("1.7", "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>"), ""},
      {"fmt/354", pdfa("1.4", R"(pdfaid:part="1" pdfaid:conformance="B")"), ""},
      {"fmt/476", pdfa("1.7", "<pdfaid:conformance>A</pdfaid:conformance>\n   <pdfaid:part>2</pdfaid:part>"),
       ""},
      {"fmt/480", pdfa("1.6", "<pdfaid:part>3</pdfaid:part>\n <pdfaid:conformance>B</pdfaid:conformance>"),
       ""},
      {"fmt/1910", pdfa("2.0", "<pdfaid:part>4</pdfaid:part>"), ""},
      {"fmt/1912", pdfa("2.0", "<pdfaid:part>4</pdfaid:part><pdfaid:conformance>F</pdfaid:conformance>"), ""},
      // PK-05: a small letter, or part and level far from each other, are not recognised.
      {"fmt/276", pdfa("1.7", "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>u</pdfaid:conformance>"), ""},
      {"fmt/276",
       pdfa("1.7", "<pdfaid:part>2</pdfaid:part>" + std::string(200, ' ') +
                       "<pdfaid:conformance>U</pdfaid:conformance>"),
       ""},
      {"fmt/353", "II*\0........"s, "scan.tif"},
      {"fmt/353", "MM\0*........"s, ""},
      {"fmt/41", "\xFF\xD8\xFF\xDB....\xFF\xD9", "a.jpg"},
      {"fmt/43", "\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1\0....\xFF\xD9"s, ""},
      {"x-fmt/391", exif + "0220....\xFF\xD9", ""},
      {"fmt/645", exif + "0221....\xFF\xD9", ""},
      {"fmt/1507", exif + "0231....\xFF\xD9", ""},
      {"fmt/11", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR....\0\0\0\0IEND\xAE\x42\x60\x82"s, ""},
      {"fmt/12", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR....sRGB....\0\0\0\0IEND\xAE\x42\x60\x82"s, ""},
      {"fmt/13", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR....sRGBiTXt\0\0\0\0IEND\xAE\x42\x60\x82"s, ""},
      {"fmt/566", "RIFF....WEBPVP8 ", ""},
      {"fmt/567", "RIFF....WEBPVP8L", ""},
      {"x-fmt/392", "\0\0\0\x0CjP  \r\n\x87\n....ftypjp2 "s, ""},
      {"fmt/1101",
       "\0\0\0\x18"
       "ftypheic"s,
       ""},
      {"fmt/101", R"(<?xml version="1.0" encoding="UTF-8"?><a/>)", "a.xml"},
      {"fmt/471", "<!DOCTYPE html>\n<html><body></body></html>", "a.html"},
      {"x-fmt/111", "Sehr geehrte Damen und Herren,\r\n", "brief.TXT"},
      {"x-fmt/18", "Nummer;Betrag\n1;2,50\n", "liste.csv"},
      {"fmt/278", "From: a\r\nSubject: b\r\n\r\nText", "nachricht.eml"},
      {"fmt/412",
       zip({{"[Content_Types].xml",
             R"(ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")"},
            {"word/document.xml", "<w/>"}}),
       ""},
      {"fmt/214",
       zip({{"[Content_Types].xml",
             R"(ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")"}}),
       ""},
      {"fmt/136", open_document("text", R"(office:version="1.0")"), ""},
      {"fmt/290", open_document("text", ""), ""},
      {"fmt/291", open_document("text", R"(office:version="1.2")"), ""},
      {"fmt/1756", open_document("text", R"(office:version="1.3")"), ""},
      {"fmt/295", open_document("spreadsheet", R"(office:version="1.2")"), ""},
      {"x-fmt/263", zip({{"brief.txt", "Text"}}), "a.zip"},
      {"x-fmt/266", "\x1F\x8B\x08....", ""},
      {"fmt/484", "7z\xBC\xAF\x27\x1C....", ""},
      {"", "\x01\x02\x03", "a.txt"},
      {"", "", "a.txt"},
      {"", "irgendetwas", "a.unbekannt"},
  };
}

TEST(FormatId, TellsTheFormatsThatAreTakenIn) {
  for (const Case& one : known_files())
    EXPECT_EQ(puid(FormatSignatures::own(), one.bytes, one.name), one.puid) << one.bytes.substr(0, 60);
}

TEST(FormatId, SaysByWhatItKnows) {
  using Basis = FormatId::Basis;
  const FormatSignatures& own = FormatSignatures::own();
  EXPECT_EQ(own.identify(bytes_of(pdf("1.4", "")), "a.pdf").basis, Basis::signature);
  EXPECT_EQ(own.identify(bytes_of(open_document("text", "")), "a.odt").basis, Basis::container);
  EXPECT_EQ(own.identify(bytes_of("Text"s), "a.txt").basis, Basis::extension);
  EXPECT_EQ(own.identify(bytes_of("\0"s), "a.txt").basis, Basis::none);
  EXPECT_EQ(own.identify(bytes_of(pdf("1.4", "")), "").media_type, "application/pdf");
  EXPECT_EQ(own.edition(), "eakte-1");
}

TEST(FormatId, KnowsTheFormOfANumber) {
  for (const char* good : {"fmt/1", "fmt/1910", "x-fmt/111"}) EXPECT_TRUE(is_puid(good)) << good;
  for (const char* bad : {"", "fmt", "fmt/", "fmt/x", "x-/1", "y-fmt/1", "fmt/1234567", "fmt/1 "})
    EXPECT_FALSE(is_puid(bad)) << bad;
}

TEST(FormatId, LooksAtBothEndsOfALargeFile) {
  const TemporaryDirectory directory;
  const auto file = directory.path() / "gross.pdf";
  {
    std::ofstream stream(file, std::ios::binary);
    stream << "%PDF-1.5\n";
    stream.seekp(50 << 20);
    stream << "\n%%EOF\n";
  }
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_GE(descriptor, 0);
  EXPECT_EQ(FormatSignatures::own().identify(descriptor).puid, "fmt/19");
  ::close(descriptor);
  EXPECT_THROW(FormatSignatures::own().identify(-1), Error);
}

TEST(FormatId, DamagedContainersAreSomethingElseAndNothingWorse) {
  const std::string whole = open_document("text", R"(office:version="1.2")");
  std::mt19937 random(11);  // NOLINT: the same damage each time
  for (int i = 0; i < 1000; ++i) {
    std::string bytes = whole;
    for (int k = 0; k < 6; ++k) bytes[2 + random() % (bytes.size() - 2)] = static_cast<char>(random());
    bytes.resize(30 + random() % (bytes.size() - 29));
    const FormatId id = FormatSignatures::own().identify(bytes_of(bytes), "a.odt");
    EXPECT_TRUE(id.puid.empty() || is_puid(id.puid));
  }
}

TEST(FormatId, RefusesADirectoryWithoutSignatures) {
  const TemporaryDirectory directory;
  EXPECT_THROW(FormatSignatures::load(directory.path()), Error);
  EXPECT_THROW(FormatSignatures::load(directory.path() / "nirgends"), Error);
  std::ofstream(directory.path() / "a.json") << "{";
  EXPECT_THROW(FormatSignatures::load(directory.path()), Error);
}

TEST(FormatId, ReadsFormatsAsTheRegistryPublishesThem) {
  const TemporaryDirectory directory;
  std::ofstream(directory.path() / "1.json") << R"({"fileFormatID": 7, "formatName": "Grob", "version": null,
    "identifiers": [{"identifierType": "PUID", "identifierText": "fmt/9001"}],
    "externalSignatures": [{"signatureType": "File extension", "externalSignature": "grb"}],
    "internalSignatures": [{"signatureID": 1, "positionType": "Absolute from BOF", "offset": 2, "maxOffset": 3,
      "byteSequence": "4142"}], "relationships": []})";
  std::ofstream(directory.path() / "2.json") << R"({"fileFormatID": 8, "formatName": "Fein", "version": "2",
    "identifiers": [{"identifierType": "MIME", "identifierText": "application/fein"},
                    {"identifierType": "PUID", "identifierText": "fmt/9002"}], "externalSignatures": [],
    "internalSignatures": [
      {"signatureID": 2, "positionType": "Variable", "offset": null, "maxOffset": null, "byteSequence": "414243"},
      {"signatureID": 2, "positionType": "Absolute from EOF", "offset": 0, "maxOffset": null, "byteSequence": "5A"},
      {"signatureID": 3, "positionType": "Variable", "offset": null, "maxOffset": null, "byteSequence": "%%"}],
    "relationships": [{"relationshipType": "Has priority over", "relatedFormatID": 7}]})";
  const FormatSignatures read = FormatSignatures::load(directory.path());
  EXPECT_EQ(read.formats(), 2U);
  EXPECT_EQ(read.left_out().size(), 1U);
  EXPECT_EQ(puid(read, "xxxxAB"), "fmt/9001");
  EXPECT_EQ(puid(read, "xAB"), "");
  EXPECT_EQ(puid(read, "xxABC"), "fmt/9001");
  EXPECT_EQ(puid(read, "xxABC..Z"), "fmt/9002");
  EXPECT_EQ(read.identify(bytes_of("xxABC..Z"s)).media_type, "application/fein");
}

/// PRONOM's own files, when they are there.
class Pronom : public ::testing::Test {
protected:
  void SetUp() override {
    if (!std::filesystem::exists(shared / "data/pronom")) GTEST_SKIP() << "needs ../shared/data/pronom";
  }
};

TEST_F(Pronom, EverySignatureIsReadable) {
  const FormatSignatures pronom = FormatSignatures::load(shared / "data/pronom");
  EXPECT_GT(pronom.formats(), 250U);
  // Two marks of fmt/1342 name no member they would lie in.
  for (const std::string& sentence : pronom.left_out()) EXPECT_EQ(sentence, "fmt/1342: a mark inside of ZIP");
  EXPECT_LE(pronom.left_out().size(), 2U);
  EXPECT_TRUE(pronom.edition().starts_with("pronom-"));
}

TEST_F(Pronom, KnowsThePdfaSamplesAsItsOwnProgramDoes) {
  const FormatSignatures pronom = FormatSignatures::load(shared / "data/pronom");
  const std::map<std::string, std::string> expected{
      {"T-Figther_ASCII_1-b.pdf", "fmt/354"}, {"test_pdf_a1-a.pdf", "fmt/95"},
      {"test_pdf_a1-b.pdf", "fmt/354"},       {"test_pdf_a2-a.pdf", "fmt/476"},
      {"test_pdf_a2-b.pdf", "fmt/477"},       {"test_pdf_a2-u.pdf", "fmt/478"}};
  for (const auto& [name, id] : expected) {
    const std::string bytes = content_of(shared / "data/xdomea/samples/pdfa" / name);
    EXPECT_EQ(puid(pronom, bytes, name), id) << name;
    EXPECT_EQ(puid(FormatSignatures::own(), bytes, name), id) << name;
  }
}

TEST_F(Pronom, OurOwnTableAgreesWithIt) {
  const FormatSignatures pronom = FormatSignatures::load(shared / "data/pronom");
  for (const Case& one : known_files()) {
    EXPECT_EQ(puid(pronom, one.bytes, one.name), one.puid) << one.bytes.substr(0, 60);
  }
  constexpr int most_of_a_kind = 40;
  for (const auto& root : {samples / "documents", shared / "data/ocr", shared / "data/einvoice"}) {
    std::map<std::string, int> of_a_kind;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (!entry.is_regular_file() || ++of_a_kind[entry.path().extension()] > most_of_a_kind) continue;
      const std::string bytes = content_of(entry.path());
      const std::string name = entry.path().filename().string();
      EXPECT_EQ(puid(FormatSignatures::own(), bytes, name), puid(pronom, bytes, name)) << entry.path();
    }
  }
}

}  // namespace
}  // namespace eakte::archive
