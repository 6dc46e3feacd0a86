#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "archive/compound_file.h"
#include "ingest/formats/text_bytes.h"
#include "ingest/page_reader.h"
#include "tests/ingest/formats/sample_bytes.h"

namespace eakte::ingest {
namespace {

using namespace std::string_literals;
using archive::CompoundFile;
using testing::OpenBytes;
using testing::packed;
using testing::Packing;

std::string ooxml(const std::string& main_type) {
  return packed(Packing::zip, {{"word/document.xml", "<w/>"},
                               {"[Content_Types].xml",
                                "<Types><Override ContentType=\"application/" + main_type + "\"/></Types>"}});
}

std::string odf(const std::string& kind, const std::string& manifest = "<m/>") {
  return packed(Packing::zip, {{"mimetype", "application/vnd.oasis.opendocument." + kind},
                               {"content.xml", "<x/>"},
                               {"META-INF/manifest.xml", manifest}});
}

void put(std::string& bytes, std::size_t at, std::uint32_t value, int length) {
  for (int i = 0; i < length; ++i)
    bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> 8 * i & 0xFF);
}

/// A compound file of one stream of 4096 bytes that begins with `start`.
std::string compound(const std::string& stream, const std::string& start = "") {
  constexpr std::size_t sector = 512;
  constexpr std::uint32_t end = 0xFFFFFFFE;
  constexpr std::uint32_t none = 0xFFFFFFFF;
  std::string bytes(sector * 11, '\0');  // header, allocation, directory, eight sectors of the stream
  bytes.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
  put(bytes, 30, 9, 2);
  put(bytes, 44, 1, 4);
  put(bytes, 48, 1, 4);
  put(bytes, 68, end, 4);
  for (std::size_t i = 0; i < 109; ++i) put(bytes, 76 + 4 * i, i == 0 ? 0 : none, 4);
  for (std::size_t i = 0; i < 128; ++i) put(bytes, sector + 4 * i, none, 4);
  put(bytes, sector + 4, end, 4);
  const auto entry = [&](std::size_t index, const std::string& name, int type, std::uint32_t child,
                         std::uint32_t first) {
    const std::size_t at = sector * 2 + 128 * index;
    for (std::size_t i = 0; i < name.size(); ++i) bytes[at + 2 * i] = name[i];
    put(bytes, at + 64, static_cast<std::uint32_t>(2 * name.size() + 2), 2);
    put(bytes, at + 66, static_cast<std::uint32_t>(type), 1);
    put(bytes, at + 68, none, 4);
    put(bytes, at + 72, none, 4);
    put(bytes, at + 76, child, 4);
    put(bytes, at + 116, first, 4);
    put(bytes, at + 120, 4096, 4);
  };
  entry(0, "Root Entry", 5, 1, end);
  entry(1, stream, 2, none, 2);
  bytes.replace(sector * 3, start.size(), start);
  return bytes;
}

struct Case {
  const char* name;
  std::string bytes;
  Format format;
};

TEST(OfficeFormat, IsToldByContent) {
  const std::string word = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
  const std::vector<Case> cases = {
      {"docx", ooxml(word), Format::docx},
      {"docm", ooxml("vnd.ms-word.document.macroEnabled.main+xml"), Format::docx},
      {"xlsx", ooxml("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), Format::xlsx},
      {"pptx", ooxml("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), Format::pptx},
      {"another package", ooxml("vnd.ms-visio.drawing.main+xml"), Format::unknown},
      {"odt", odf("text"), Format::odt},
      {"ott", odf("text-template"), Format::odt},
      {"ods", odf("spreadsheet"), Format::ods},
      {"odp", odf("presentation"), Format::odp},
      {"odg", odf("graphics"), Format::unknown},
      {"doc", compound("WordDocument"), Format::doc},
      {"xls", compound("Workbook"), Format::xls},
      {"old xls", compound("Book"), Format::xls},
      {"ppt", compound("PowerPoint Document"), Format::ppt},
      {"message", compound("__properties_version1.0"), Format::unknown},
  };
  for (const Case& sample : cases) {
    const Format format = detect_format(OpenBytes(sample.bytes), "brief.tif");
    EXPECT_EQ(static_cast<int>(format), static_cast<int>(sample.format)) << sample.name;
    EXPECT_EQ(is_office(format), sample.format != Format::unknown) << sample.name;
  }
}

TEST(OfficeFormat, LockedFilesAreRefused) {
  const std::vector<std::pair<const char*, std::string>> cases = {
      {"OOXML", compound("EncryptedPackage")},
      {"doc", compound("WordDocument", "\xEC\xA5\xC1\0\0\0\0\0\0\0\0\x01"s)},
      {"xls", compound("Workbook", "\x09\x08\x04\0\0\x06\x05\0\x2F\0\x06\0"s)},
      {"ppt", compound("EncryptedSummary")},
      {"odt", odf("text", "<manifest:encryption-data/>")},
  };
  for (const auto& [name, bytes] : cases) {
    try {
      detect_format(OpenBytes(bytes));
      ADD_FAILURE() << name << " was taken";
    } catch (const Refused& refused) {
      EXPECT_EQ(refused.code, "encrypted") << name;
    }
  }
}

TEST(OfficeFormat, TextNeedsANameThatSaysSo) {
  const std::string umlauts_of_windows = "Gr\xFC\xDF\x65 aus dem Rathaus";
  const std::vector<std::tuple<std::string, std::string, Format>> cases = {
      {"Nur Text.\n", "notiz.txt", Format::text},
      {"Nur Text.\n", "NOTIZ.TXT", Format::text},
      {"Nur Text.\n", "bescheid.pdf", Format::unknown},
      {"Nur Text.\n", "scan.tif", Format::unknown},
      {"Nur Text.\n", "", Format::unknown},
      {"Nur Text.\n", "txt", Format::unknown},
      {"a;b\n1;2\n", "liste.csv", Format::csv},
      {"a\tb\n", "liste.tsv", Format::csv},
      {"<html></html>", "seite.html", Format::html},
      {"<html></html>", "seite.htm", Format::html},
      {"<html></html>", "bescheid.pdf", Format::unknown},
      {umlauts_of_windows, "notiz.txt", Format::text},
      {"\xFF\xFEH\0a\0"s, "notiz.txt", Format::text},
      {"ab\0cd"s, "notiz.txt", Format::unknown},
      {"\x01\x02\x03", "notiz.txt", Format::unknown},
      {"%PDF-1.4", "notiz.txt", Format::pdf},
  };
  for (const auto& [bytes, name, format] : cases) {
    EXPECT_EQ(static_cast<int>(detect_format(OpenBytes(bytes), name)), static_cast<int>(format))
        << name << ": " << bytes;
  }
}

TEST(CompoundFile, DamageMeansFewerEntriesAndNothingElse) {
  const std::string whole = compound("WordDocument");
  std::mt19937 random(7);  // NOLINT: the same damage each time
  for (int i = 0; i < 2000; ++i) {
    std::string bytes = whole;
    for (int k = 0; k < 8; ++k) {
      const bool within_header = k % 2 == 0;
      bytes[random() % (within_header ? 1800 : bytes.size())] = static_cast<char>(random());
    }
    bytes.resize(512 + random() % (bytes.size() - 511));
    const std::span<const std::uint8_t> seen(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                             bytes.size());
    const CompoundFile file(seen);
    for (const auto& entry : file.entries()) file.start_of(entry);
    EXPECT_LE(file.entries().size(), 10'000U);
  }
}

std::string utf8_of(const std::string& bytes) {
  return utf8_text({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

TEST(TextBytes, BecomeUtf8) {
  EXPECT_EQ(utf8_of("Grüße\r\nZeile\tzwei\r"), "Grüße\nZeile\tzwei\n");
  EXPECT_EQ(utf8_of("\xEF\xBB\xBFGrüße"), "Grüße");
  EXPECT_EQ(utf8_of("Gr\xFC\xDF\x65 \x80 96"), "Grüße € 96");
  EXPECT_EQ(utf8_of("\xFF\xFEG\0r\0\xFC\0\xDF\0e\0\n\0"s), "Grüße\n");
  EXPECT_EQ(utf8_of("\xFE\xFF\0G\0r\0\xFC"s), "Grü");
}

/// A mark that turns the direction of text around shows something else than stands there.
TEST(TextBytes, HaveNoMarksThatTurnTextAroundInAnyCode) {
  EXPECT_EQ(utf8_of("a\u202Eb"), "a\uFFFDb");
  EXPECT_EQ(utf8_of("\xFF\xFE\x61\0\x2E\x20\x62\0"s), "a\uFFFDb");
  EXPECT_EQ(utf8_of("\xFE\xFF\0\x61\x20\x67\0\x62"s), "a\uFFFDb");
}

TEST(TextBytes, ColumnsAreSeparatedByWhatDividesTheLinesEvenly) {
  EXPECT_EQ(column_separator("Name;Betrag\nMüller;12,50\nMeier;1,00\n"), ';');
  EXPECT_EQ(column_separator("name,amount\n\"Beispiel, Eva\",12\n"), ',');
  EXPECT_EQ(column_separator("a\tb\n1,5\t2,5\n"), '\t');
  EXPECT_EQ(column_separator("nur eine Spalte\n"), ';');
  EXPECT_EQ(column_separator(""), ';');
  EXPECT_EQ(most_columns("a;b\n1;2;3\n\n", ';'), 3);
  EXPECT_EQ(most_columns("", ';'), 1);
}

}  // namespace
}  // namespace eakte::ingest
