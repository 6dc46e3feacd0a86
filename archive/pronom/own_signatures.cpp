#include <fmt/format.h>

#include <array>
#include <iterator>
#include <sstream>

#include "archive/error.h"
#include "archive/pronom/signatures.h"

// The formats that are taken in, by the marks their specifications give them; numbers and priorities are
// those of PRONOM (rule PK-04).

namespace eakte::archive {
namespace {

using Anchor = PlacedPattern::Anchor;

struct Name {
  std::string_view puid, name, version, media_type;
  std::string_view extensions;   ///< separated by blanks
  std::string_view goes_before;  ///< PUIDs, separated by blanks
};

constexpr std::string_view word_type =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr std::string_view sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::string_view slides_type =
    "application/vnd.openxmlformats-officedocument.presentationml.presentation";
constexpr std::string_view odt_type = "application/vnd.oasis.opendocument.text";
constexpr std::string_view ods_type = "application/vnd.oasis.opendocument.spreadsheet";
constexpr std::string_view odp_type = "application/vnd.oasis.opendocument.presentation";
constexpr std::string_view exif = "Exchangeable Image File Format (Compressed)";
constexpr std::string_view jfif = "JPEG File Interchange Format";
constexpr std::string_view jpeg_names = "jpg jpeg jpe jfif";

constexpr auto names = std::to_array<Name>({
    {"fmt/11", "Portable Network Graphics", "1.0", "image/png", "png", ""},
    {"fmt/12", "Portable Network Graphics", "1.1", "image/png", "png", "fmt/11"},
    {"fmt/13", "Portable Network Graphics", "1.2", "image/png", "png", "fmt/11 fmt/12"},
    {"fmt/39", "Microsoft Word Document", "6.0/95", "application/msword", "doc", ""},
    {"fmt/40", "Microsoft Word Document", "97-2003", "application/msword", "doc", "fmt/39"},
    {"fmt/41", "Raw JPEG Stream", "", "image/jpeg", jpeg_names, ""},
    {"fmt/42", jfif, "1.00", "image/jpeg", jpeg_names, "fmt/41"},
    {"fmt/43", jfif, "1.01", "image/jpeg", jpeg_names, "fmt/41"},
    {"fmt/44", jfif, "1.02", "image/jpeg", jpeg_names, "fmt/41"},
    {"fmt/45", "Rich Text Format", "1.0-1.4", "application/rtf", "rtf", ""},
    {"fmt/50", "Rich Text Format", "1.5-1.6", "application/rtf", "rtf", "fmt/45"},
    {"fmt/52", "Rich Text Format", "1.7", "application/rtf", "rtf", "fmt/45 fmt/50"},
    {"fmt/53", "Rich Text Format", "1.8", "application/rtf", "rtf", "fmt/45 fmt/50 fmt/52"},
    {"fmt/61", "Microsoft Excel 97-2003 Workbook (xls)", "8 & 8X", "application/vnd.ms-excel", "xls", ""},
    {"fmt/96", "Hypertext Markup Language", "", "text/html", "htm html", ""},
    {"fmt/100", "Hypertext Markup Language", "4.01", "text/html", "htm html", "fmt/96"},
    {"fmt/101", "Extensible Markup Language", "1.0", "application/xml", "xml", "fmt/96"},
    {"fmt/102", "Extensible Hypertext Markup Language", "1.0", "application/xhtml+xml", "htm html",
     "fmt/96 fmt/101"},
    {"fmt/116", "Windows Bitmap", "3.0", "image/bmp", "bmp dib", ""},
    {"fmt/119", "Windows Bitmap", "5.0", "image/bmp", "bmp dib", ""},
    {"fmt/126", "Microsoft Powerpoint Presentation", "97-2003", "application/vnd.ms-powerpoint", "ppt", ""},
    {"fmt/136", "OpenDocument Text", "1.0", odt_type, "odt ott", "fmt/290"},
    {"fmt/137", "OpenDocument Spreadsheet", "1.0", ods_type, "ods ots", "fmt/294"},
    {"fmt/138", "OpenDocument Presentation", "1.0", odp_type, "odp otp", "fmt/292"},
    {"fmt/214", "Microsoft Excel for Windows", "2007 onwards", sheet_type, "xlsx", ""},
    {"fmt/215", "Microsoft Powerpoint for Windows", "2007 onwards", slides_type, "pptx", ""},
    {"fmt/278", "Internet Message Format", "", "message/rfc822", "eml", ""},
    {"fmt/290", "OpenDocument Text", "1.1", odt_type, "odt ott", ""},
    {"fmt/291", "OpenDocument Text", "1.2", odt_type, "odt ott", "fmt/290"},
    {"fmt/292", "OpenDocument Presentation", "1.1", odp_type, "odp otp", ""},
    {"fmt/293", "OpenDocument Presentation", "1.2", odp_type, "odp otp", "fmt/292"},
    {"fmt/294", "OpenDocument Spreadsheet", "1.1", ods_type, "ods ots", ""},
    {"fmt/295", "OpenDocument Spreadsheet", "1.2", ods_type, "ods ots", "fmt/294"},
    {"fmt/353", "Tagged Image File Format", "", "image/tiff", "tif tiff", ""},
    {"fmt/355", "Rich Text Format", "1.9", "application/rtf", "rtf", "fmt/45 fmt/50 fmt/52 fmt/53"},
    {"fmt/412", "Microsoft Word for Windows", "2007 onwards", word_type, "docx", ""},
    {"fmt/471", "Hypertext Markup Language", "5", "text/html", "htm html", "fmt/96"},
    {"fmt/484", "7Zip format", "", "application/x-7z-compressed", "7z", ""},
    {"fmt/523", "Macro enabled Microsoft Word Document OOXML", "2007 Onwards",
     "application/vnd.ms-word.document.macroEnabled.12", "docm", ""},
    {"fmt/566", "WebP", "Lossy", "image/webp", "webp", ""},
    {"fmt/567", "WebP", "Lossless", "image/webp", "webp", ""},
    {"fmt/568", "WebP", "Extended", "image/webp", "webp", ""},
    {"fmt/645", exif, "2.21", "image/jpeg", jpeg_names, "fmt/41"},
    {"fmt/720", "MBOX", "", "application/mbox", "mbox", ""},
    {"fmt/754", "Microsoft Word Document (Password Protected)", "97-2003", "application/msword", "doc",
     "fmt/40"},
    {"fmt/817", "JSON Data Interchange Format", "", "application/json", "json", ""},
    {"fmt/995", "SIARD (Software-Independent Archiving of Relational Databases)", "2.0", "", "siard", ""},
    {"fmt/1101", "High Efficiency Image File Format", "", "image/heif", "heic heif", ""},
    {"fmt/1507", exif, "2.3.x", "image/jpeg", jpeg_names, "fmt/41"},
    {"fmt/1756", "OpenDocument Text", "1.3", odt_type, "odt ott", "fmt/290"},
    {"fmt/2050", "PDF/UA Portable Document Format", "1", "application/pdf", "pdf", "fmt/276"},
    {"x-fmt/18", "Comma Separated Values", "", "text/csv", "csv", ""},
    {"x-fmt/111", "Plain Text File", "", "text/plain", "txt", ""},
    {"x-fmt/263", "ZIP Format", "", "application/zip", "zip", ""},
    {"x-fmt/265", "Tape Archive Format", "", "application/x-tar", "tar", ""},
    {"x-fmt/266", "GZIP Format", "", "application/gzip", "gz tgz", ""},
    {"x-fmt/390", exif, "2.1", "image/jpeg", jpeg_names, "fmt/41"},
    {"x-fmt/391", exif, "2.2", "image/jpeg", jpeg_names, "fmt/41"},
    {"x-fmt/392", "JP2 (JPEG 2000 part 1)", "", "image/jp2", "jp2", ""},
    {"x-fmt/398", exif, "2.0", "image/jpeg", jpeg_names, "fmt/41"},
    {"x-fmt/430", "Microsoft Outlook Email Message", "97-2003", "application/vnd.ms-outlook", "msg", ""},
});

/// A mark: where, and what in PRONOM's notation. Marks of a format with the same number belong together.
struct Mark {
  std::string_view puid;
  int number;
  Anchor anchor;
  std::size_t least, most;
  std::string_view notation;
};
constexpr auto beginning = Anchor::beginning;
constexpr auto end = Anchor::end;

// PNG: eight bytes of signature and the header chunk; later chunk types came with later versions. JPEG: start
// of image, an application segment, end of image near the end. TIFF: byte order and 42. A ZIP file ends with
// its directory.
constexpr auto marks = std::to_array<Mark>({
    {"fmt/11", 1, beginning, 0, 0, "89 'PNG' 0D0A1A0A 0000000D 'IHDR'"},
    {"fmt/12", 1, beginning, 0, 0, "89 'PNG' 0D0A1A0A 0000000D 'IHDR' * ('iCCP'|'sPLT'|'sRGB')"},
    {"fmt/13", 1, beginning, 0, 0, "89 'PNG' 0D0A1A0A 0000000D 'IHDR' * 'iTXt'"},
    {"fmt/41", 1, beginning, 0, 0, "FFD8FF"},
    {"fmt/41", 1, end, 0, 65536, "FFD9"},
    {"fmt/42", 1, beginning, 0, 0, "FFD8FFE0 {2} 'JFIF' 00 0100"},
    {"fmt/42", 1, end, 0, 65536, "FFD9"},
    {"fmt/43", 1, beginning, 0, 0, "FFD8FFE0 {2} 'JFIF' 00 0101"},
    {"fmt/43", 1, end, 0, 65536, "FFD9"},
    {"fmt/44", 1, beginning, 0, 0, "FFD8FFE0 {2} 'JFIF' 00 0102"},
    {"fmt/44", 1, end, 0, 65536, "FFD9"},
    {"fmt/45", 1, beginning, 0, 0, R"('{\rt' ('f'|'f1') '\' ('ansi'|'mac'|'pc'|'pca'))"},
    {"fmt/50", 1, beginning, 0, 0, R"('{\rt' ('f'|'f1') '\' ('ansi'|'mac'|'pc'|'pca') '\ansicpg')"},
    {"fmt/52", 1, beginning, 0, 0,
     R"('{\rt' ('f'|'f1') '\' ('ansi'|'mac'|'pc'|'pca') '\ansicpg' * '\stshfdbch' * '\stshfbi')"},
    {"fmt/53", 1, beginning, 0, 0,
     R"('{\rt' ('f'|'f1') '\' ('ansi'|'mac'|'pc'|'pca') '\ansicpg' * '\stshfdbch' * '\stshfbi' * '\lsdstimax')"},
    {"fmt/355", 1, beginning, 0, 0,
     R"('{\rt' ('f'|'f1') '\' ('ansi'|'mac'|'pc'|'pca') '\ansicpg' * '\stshfdbch' * '\stshfbi' *
        ('\*\colorschememapping'|'\*\datastore'|'\*\defchp'|'\afelev'))"},
    {"fmt/96", 1, beginning, 0, 1024, "'<' ('HTML'|'html')"},
    {"fmt/96", 1, end, 0, 1024, "'</' ('HTML'|'html'|'BODY'|'body') '>'"},
    {"fmt/100", 1, beginning, 0, 1024,
     "'<!' ('DOCTYPE'|'doctype') ' ' ('HTML'|'html') ' ' ('PUBLIC'|'public') {1-40} ('HTML'|'html') ' 4.01'"},
    {"fmt/101", 1, beginning, 0, 3, "'<?xml' 20 'version=' (22|27) '1.0' (22|27)"},
    {"fmt/102", 1, beginning, 0, 1024, "'<!DOCTYPE html PUBLIC ' 22 '-//W3C//DTD XHTML 1.0'"},
    {"fmt/116", 1, beginning, 0, 0,
     "'BM' {12} 28000000 {8} 0100 (01|04|08|10|18|20) 00 (00|01|02|03) 000000"},
    {"fmt/119", 1, beginning, 0, 0, "'BM' {12} 7C000000 {8} 0100 (01|04|08|10|18|20) 00 [00:05] 000000"},
    {"fmt/353", 1, beginning, 0, 0, "'II' 2A00"},
    {"fmt/353", 2, beginning, 0, 0, "'MM' 002A"},
    {"fmt/471", 1, beginning, 0, 1024,
     "'<!' ('DOCTYPE'|'doctype'|'Doctype') {0-4} ('HTML'|'html') {0-4} '>'"},
    {"fmt/484", 1, beginning, 0, 0, "'7z' BCAF271C"},
    {"fmt/566", 1, beginning, 0, 0, "'RIFF' {4} 'WEBPVP8 '"},
    {"fmt/567", 1, beginning, 0, 0, "'RIFF' {4} 'WEBPVP8L'"},
    {"fmt/568", 1, beginning, 0, 0, "'RIFF' {4} 'WEBPVP8X'"},
    {"fmt/1101", 1, beginning, 4, 4, "'ftyp' ('mif1'|'msf1'|'heic'|'heix'|'hevc'|'hevx')"},
    {"fmt/2050", 1, beginning, 0, 0, "'%PDF-1.7' * 'pdfuaid:part' (3E|3D22|3D27) '1'"},
    {"x-fmt/263", 1, beginning, 0, 4, "'PK' 0304"},
    {"x-fmt/263", 1, end, 0, 0, "'PK' 0102 * 'PK' 0506 {18-65553}"},
    {"x-fmt/263", 2, beginning, 0, 0, "'PK' 0506 0000"},
    {"x-fmt/265", 1, beginning, 257, 257, "'ustar' (00|20)"},
    {"x-fmt/266", 1, beginning, 0, 0, "1F8B08"},
    {"x-fmt/392", 1, beginning, 0, 0, "0000000C 'jP  ' 0D0A870A {4} 'ftypjp2'"},
});

/// Containers: a member, a pattern in it (empty: it is there), and where the pattern may begin.
struct Inside {
  std::string_view puid;
  int number;
  ContainerSignature::Container container;
  std::string_view path;
  std::size_t least, most;
  std::string_view notation;
};
constexpr auto zip = ContainerSignature::Container::zip;
constexpr auto ole2 = ContainerSignature::Container::ole2;
constexpr std::size_t anywhere = Pattern::no_limit;

constexpr auto insides = std::to_array<Inside>({
    {"fmt/39", 1, ole2, "WordDocument", 0, 0, ""},
    {"fmt/39", 1, ole2, "CompObj", 0, 1024, "'Word.Document.' ('6'|'7') 00"},
    {"fmt/40", 1, ole2, "WordDocument", 0, 0, ""},
    {"fmt/40", 1, ole2, "CompObj", 0, 1024, "'Word.Document.8' 00"},
    // The flags of the file information block: bit 8 says that the document is encrypted.
    {"fmt/754", 1, ole2, "CompObj", 0, 1024, "'Word.Document.8' 00"},
    {"fmt/754", 1, ole2, "WordDocument", 11, 11, "[&01]"},
    {"fmt/61", 1, ole2, "Workbook", 0, 0, "0908 {2} 0006"},
    {"fmt/61", 2, ole2, "Book", 0, 0, "0908 {2} 0006"},
    {"fmt/126", 1, ole2, "PowerPoint Document", 0, 0, ""},
    {"x-fmt/430", 1, ole2, "__properties_version1.0", 0, 0, ""},
    {"x-fmt/430", 1, ole2, "__nameid_version1.0", 0, 0, ""},
    {"fmt/412", 1, zip, "[Content_Types].xml", 0, anywhere, "'wordprocessingml.document.main+xml'"},
    {"fmt/523", 1, zip, "[Content_Types].xml", 0, anywhere, "'ms-word.document.macroEnabled.main+xml'"},
    {"fmt/214", 1, zip, "[Content_Types].xml", 0, anywhere, "'spreadsheetml.sheet.main+xml'"},
    {"fmt/215", 1, zip, "[Content_Types].xml", 0, anywhere, "'presentationml.presentation.main+xml'"},
    {"fmt/995", 1, zip, "header/metadata.xml", 0, 1024,
     "'http://www.bar.admin.ch/xmlns/siard/2.0/metadata.xsd'"},
});

/// OpenDocument: the manifest names the kind, the content the version; files of version 1.1 may not say it.
struct OpenDocument {
  std::string_view kind;
  std::array<std::string_view, 4> puids;  ///< of versions 1.0, 1.1, 1.2, 1.3; empty: none
};
constexpr auto open_documents = std::to_array<OpenDocument>({
    {"text", {"fmt/136", "fmt/290", "fmt/291", "fmt/1756"}},
    {"spreadsheet", {"fmt/137", "fmt/294", "fmt/295", ""}},
    {"presentation", {"fmt/138", "fmt/292", "fmt/293", ""}},
});

constexpr auto pdf_versions = std::to_array<std::string_view>(
    {"fmt/14", "fmt/15", "fmt/16", "fmt/17", "fmt/18", "fmt/19", "fmt/20", "fmt/276"});

struct PdfaLevelName {
  std::string_view puid;
  char part;
  char level;  ///< 'A', 'B', 'U', 'E', 'F'; blank: none
};
constexpr auto pdfa_levels = std::to_array<PdfaLevelName>({{"fmt/95", '1', 'A'},
                                                           {"fmt/354", '1', 'B'},
                                                           {"fmt/476", '2', 'A'},
                                                           {"fmt/477", '2', 'B'},
                                                           {"fmt/478", '2', 'U'},
                                                           {"fmt/479", '3', 'A'},
                                                           {"fmt/480", '3', 'B'},
                                                           {"fmt/481", '3', 'U'},
                                                           {"fmt/1910", '4', ' '},
                                                           {"fmt/1911", '4', 'E'},
                                                           {"fmt/1912", '4', 'F'}});

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream stream{std::string(text)};
  return {std::istream_iterator<std::string>(stream), std::istream_iterator<std::string>()};
}

PlacedPattern placed(Anchor anchor, std::size_t least, std::size_t most, std::string_view notation) {
  auto pattern = PlacedPattern::from(anchor, least, most, notation);
  if (!pattern) throw Error(fmt::format("a mark of our own is not readable: {}", notation));
  return *std::move(pattern);
}

PlacedPattern end_of_pdf() { return placed(end, 0, 1024, "'%%EOF'"); }

KnownFormat pdf(std::string_view puid, std::string version, std::string name) {
  return {std::string(puid), std::move(name), std::move(version), "application/pdf", {"pdf"}, {}, {}};
}

void add_pdf(FormatSignatures::Set& set) {
  for (std::size_t i = 0; i < pdf_versions.size(); ++i) {
    const std::string version = fmt::format("1.{}", i);
    KnownFormat format =
        pdf(pdf_versions[i], version, fmt::format("Acrobat PDF {} - Portable Document Format", version));
    format.signatures.push_back({placed(beginning, 0, 1, fmt::format("'%PDF-{}'", version)), end_of_pdf()});
    set.formats.push_back(std::move(format));
  }
  KnownFormat second = pdf("fmt/1129", "2.0", "PDF 2.0 - Portable Document Format");
  second.signatures.push_back({placed(beginning, 0, 4096, "'%PDF-2.0'"), end_of_pdf()});
  set.formats.push_back(std::move(second));
}

/// PDF/A says what it is in XMP that is neither compressed nor encrypted: part and level, near each other, as
/// elements or as attributes, in either order (PK-05).
void add_pdfa(FormatSignatures::Set& set, const PdfaLevelName& one) {
  const bool fourth = one.part == '4';
  std::string version(1, one.part);
  if (one.level != ' ') version += static_cast<char>(one.level - 'A' + 'a');
  KnownFormat format = pdf(one.puid, version, "Acrobat PDF/A - Portable Document Format");
  const std::string part = fmt::format("'pdfaid:part' (3E|3D22|3D27) '{}' (22|27|'<')", one.part);
  const std::string level = fmt::format("'pdfaid:conformance' (3E|3D22|3D27) '{}' (22|27|'<')", one.level);
  const PlacedPattern header =
      fourth ? placed(beginning, 0, 0, "'%PDF-2.'") : placed(beginning, 0, 144, "'%PDF-1.' ['0'-'7']");
  if (one.level == ' ') {
    format.signatures.push_back({header, placed(Anchor::anywhere, 0, 0, part)});
  } else {
    for (const auto& [first, next] : {std::pair(part, level), std::pair(level, part)})
      format.signatures.push_back({header, placed(Anchor::anywhere, 0, 0, first + " {0-150} " + next)});
  }
  for (const std::string_view puid : pdf_versions) format.goes_before.emplace_back(puid);
  format.goes_before.emplace_back("fmt/1129");
  format.goes_before.emplace_back("fmt/2050");
  if (fourth && one.level != ' ') format.goes_before.emplace_back("fmt/1910");
  set.formats.push_back(std::move(format));
}

/// Exif inside of a JPEG: the version stands in the field 36864, four bytes, in either byte order.
void add_exif(KnownFormat& format, std::string_view puid, std::string_view version) {
  if (format.puid != puid) return;
  const PlacedPattern finish = placed(end, 0, 131072, "FFD9");
  format.signatures.push_back(
      {placed(beginning, 0, 0,
              fmt::format("FFD8FFE1 {{2}} 'Exif' 0000 'MM' 002A * 9000000700000004 {}", version)),
       finish});
  format.signatures.push_back(
      {placed(beginning, 0, 0,
              fmt::format("FFD8FFE1 {{2}} 'Exif' 0000 'II' 2A00 * 0090070004000000 {}", version)),
       finish});
}

KnownFormat named(const Name& name) {
  KnownFormat format{std::string(name.puid),       std::string(name.name),    std::string(name.version),
                     std::string(name.media_type), words_of(name.extensions), {},
                     words_of(name.goes_before)};
  int last = 0;
  for (const Mark& mark : marks) {
    if (mark.puid != name.puid) continue;
    if (mark.number != last) format.signatures.emplace_back();
    last = mark.number;
    format.signatures.back().push_back(placed(mark.anchor, mark.least, mark.most, mark.notation));
  }
  add_exif(format, "x-fmt/398", "'0200'");
  add_exif(format, "x-fmt/390", "'0210'");
  add_exif(format, "x-fmt/391", "'0220'");
  add_exif(format, "fmt/645", "'0221'");
  add_exif(format, "fmt/1507", "'023' ['0'-'9']");
  return format;
}

void add_containers(FormatSignatures::Set& set) {
  std::string_view puid;
  int last = 0;
  for (const Inside& one : insides) {
    if (one.puid != puid || one.number != last)
      set.containers.push_back({one.container, std::string(one.puid), {}});
    puid = one.puid;
    last = one.number;
    ContainerSignature::Member member{std::string(one.path), {}};
    if (!one.notation.empty())
      member.alternatives.push_back({placed(beginning, one.least, one.most, one.notation)});
    set.containers.back().members.push_back(std::move(member));
  }
}

void add_open_documents(FormatSignatures::Set& set) {
  for (const OpenDocument& one : open_documents) {
    const ContainerSignature::Member manifest{
        "META-INF/manifest.xml",
        {{placed(
            beginning, 0, 2048,
            fmt::format("'manifest:media-type=' 22 'application/vnd.oasis.opendocument.{}'", one.kind))}}};
    for (std::size_t i = 0; i < one.puids.size(); ++i) {
      if (one.puids.at(i).empty()) continue;
      const bool may_be_silent = i == 1;
      const std::string notation =
          may_be_silent
              ? std::string("'office:document-content'")
              : fmt::format("'office:document-content' * 'office:version=' (22|27) '1.{}' (22|27)", i);
      set.containers.push_back({zip,
                                std::string(one.puids.at(i)),
                                {manifest, {"content.xml", {{placed(beginning, 0, 128, notation)}}}}});
    }
  }
}

}  // namespace

std::unique_ptr<const FormatSignatures::Set> own_signatures() {
  auto set = std::make_unique<FormatSignatures::Set>();
  set->edition = "eakte-1";
  for (const Name& name : names) set->formats.push_back(named(name));
  add_pdf(*set);
  for (const PdfaLevelName& level : pdfa_levels) add_pdfa(*set, level);
  add_containers(*set);
  add_open_documents(*set);
  set->sort();
  return set;
}

}  // namespace eakte::archive
