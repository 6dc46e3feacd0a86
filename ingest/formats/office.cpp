#include "ingest/formats/office.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

#include "archive/compound_file.h"
#include "ingest/formats/archive_handle.h"
#include "ingest/formats/source_bytes.h"

namespace eakte::ingest {
namespace {

using namespace std::string_view_literals;

constexpr std::int64_t most_members_looked_at = 10'000;
constexpr std::size_t most_description_bytes = 1 << 20;

struct Mark {
  std::string_view text;
  Format format;
};

// Types of the main part; templates, slide shows and files with macros are documents as well.
constexpr auto ooxml_marks = std::to_array<Mark>({
    {"wordprocessingml.document.main+xml", Format::docx},
    {"wordprocessingml.template.main+xml", Format::docx},
    {"ms-word.document.macroEnabled.main+xml", Format::docx},
    {"ms-word.template.macroEnabledTemplate.main+xml", Format::docx},
    {"spreadsheetml.sheet.main+xml", Format::xlsx},
    {"spreadsheetml.template.main+xml", Format::xlsx},
    {"ms-excel.sheet.macroEnabled.main+xml", Format::xlsx},
    {"ms-excel.template.macroEnabled.main+xml", Format::xlsx},
    {"presentationml.presentation.main+xml", Format::pptx},
    {"presentationml.slideshow.main+xml", Format::pptx},
    {"presentationml.template.main+xml", Format::pptx},
    {"ms-powerpoint.presentation.macroEnabled.main+xml", Format::pptx},
    {"ms-powerpoint.slideshow.macroEnabled.main+xml", Format::pptx},
});

constexpr auto odf_marks = std::to_array<Mark>({
    {"application/vnd.oasis.opendocument.text", Format::odt},
    {"application/vnd.oasis.opendocument.text-template", Format::odt},
    {"application/vnd.oasis.opendocument.spreadsheet", Format::ods},
    {"application/vnd.oasis.opendocument.spreadsheet-template", Format::ods},
    {"application/vnd.oasis.opendocument.presentation", Format::odp},
    {"application/vnd.oasis.opendocument.presentation-template", Format::odp},
});

/// The member that was listed last, cut off where no honest description ends.
std::string description(ReadableArchive& archive) {
  std::string bytes;
  archive.read([&](std::int64_t, std::span<const std::uint8_t> block) {
    const std::size_t taken = std::min(block.size(), most_description_bytes - bytes.size());
    bytes.append(reinterpret_cast<const char*>(block.data()), taken);
    if (taken < block.size()) throw Refused("damaged_file", "the description of the package has no end");
  });
  return bytes;
}

struct Package {
  bool is_one = false;
  bool locked = false;
  std::optional<Format> format;
};

Package look_into(int input) {
  Package package;
  ReadableArchive archive(input);
  while (const auto member = archive.next()) {
    const std::string_view name = member->name;
    if (name == "[Content_Types].xml") {
      package.is_one = true;
      const std::string types = description(archive);
      for (const Mark& mark : ooxml_marks) {
        if (!package.format && types.find(mark.text) != std::string::npos) package.format = mark.format;
      }
    } else if (name == "mimetype") {
      package.is_one = true;
      std::string type = description(archive);
      while (!type.empty() && std::isspace(static_cast<unsigned char>(type.back())) != 0) type.pop_back();
      const auto* const mark = std::ranges::find(odf_marks, type, &Mark::text);
      if (mark != odf_marks.end()) package.format = mark->format;
    } else if (name == "META-INF/manifest.xml") {
      package.is_one = true;
      package.locked = description(archive).find("encryption-data") != std::string::npos;
    } else if (name == "META-INF/container.xml" || name == "Index/Document.iwa" || name == "Index.zip") {
      package.is_one = true;
    }
    if (archive.entries_seen() > most_members_looked_at) break;
  }
  return package;
}

/// FIB of a Word file: the bit fEncrypted ([MS-DOC] 2.5.1).
bool is_locked_word(std::span<const std::uint8_t> start) {
  return start.size() >= 12 && (little_endian(start, 10, 2) & 0x0100U) != 0;
}

/// A FilePass record follows the first record of a workbook, or the write protection ([MS-XLS] 2.1.7.20.1).
bool is_locked_workbook(std::span<const std::uint8_t> start) {
  constexpr std::uint32_t file_pass = 0x2F;
  std::size_t at = 0;
  for (int record = 0; record < 3 && at + 4 <= start.size(); ++record) {
    if (little_endian(start, at, 2) == file_pass) return true;
    at += 4 + little_endian(start, at + 2, 2);
  }
  return false;
}

bool ends_with(std::string_view name, std::string_view ending) {
  if (name.size() < ending.size()) return false;
  return std::ranges::equal(name.substr(name.size() - ending.size()), ending, [](char given, char wanted) {
    return std::tolower(static_cast<unsigned char>(given)) == wanted;
  });
}

/// Control characters no text has, and bytes that windows-1252 gives no meaning (unless they are UTF-8).
bool is_nothing_but_text(std::span<const std::uint8_t> bytes) {
  if (bytes.size() >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
    return bytes.size() % 2 == 0;
  const auto is_control = [](std::uint8_t byte) {
    return (byte < 0x20 && (byte < '\t' || byte > '\r') && byte != 0x1B && byte != 0x1A) || byte == 0x7F;
  };
  return std::ranges::none_of(bytes, is_control);
}

}  // namespace

Format package_format(int input) {
  Package package;
  try {
    package = look_into(input);
  } catch (const Refused&) {
    // It says that it is a ZIP; unpacking then tells what is wrong.
    return Format::archive;
  }
  if (!package.is_one) return Format::archive;
  if (package.format && package.locked) throw Refused("encrypted", "the OpenDocument asks for a password");
  return package.format.value_or(Format::unknown);
}

Format compound_format(std::span<const std::uint8_t> bytes) {
  const archive::CompoundFile file(bytes);
  if (file.find("EncryptedPackage") != nullptr || file.find("EncryptedSummary") != nullptr)
    throw Refused("encrypted", "the office file asks for a password");
  if (const auto* word = file.find("WordDocument")) {
    if (is_locked_word(file.start_of(*word))) throw Refused("encrypted", "the Word file asks for a password");
    return Format::doc;
  }
  for (const char* name : {"Workbook", "Book"}) {
    const auto* workbook = file.find(name);
    if (workbook == nullptr) continue;
    if (is_locked_workbook(file.start_of(*workbook)))
      throw Refused("encrypted", "the workbook asks for a password");
    return Format::xls;
  }
  return file.find("PowerPoint Document") != nullptr ? Format::ppt : Format::unknown;
}

Format named_text_format(std::span<const std::uint8_t> bytes, std::string_view name) {
  static constexpr auto endings = std::to_array<Mark>({
      {".txt"sv, Format::text},
      {".text"sv, Format::text},
      {".md"sv, Format::text},
      {".csv"sv, Format::csv},
      {".tsv"sv, Format::csv},
      {".html"sv, Format::html},
      {".htm"sv, Format::html},
      {".xhtml"sv, Format::html},
  });
  const auto* const ending =
      std::ranges::find_if(endings, [&](const Mark& mark) { return ends_with(name, mark.text); });
  if (ending == endings.end() || !is_nothing_but_text(bytes)) return Format::unknown;
  return ending->format;
}

}  // namespace eakte::ingest
