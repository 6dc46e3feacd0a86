#include "archive/pdf/text_font.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "archive/pdf/unicode.h"

namespace eakte::archive {
namespace {

constexpr int units_per_em = 1000;
constexpr int width_step = 50;
constexpr int width_classes = 20;
constexpr int glyph_height = 700;
constexpr int ascent = 800;
constexpr int descent = -200;

/// Width class (fiftieths of 1000) for the characters from U+0020 to U+007E, near those of a common sans
/// serif.
constexpr std::string_view ascii_classes =
    "\x06\x06\x07\x0B\x0B\x12\x0D\x04\x07\x07\x08\x0C\x06\x07\x06\x06"   // blank to /
    "\x0B\x0B\x0B\x0B\x0B\x0B\x0B\x0B\x0B\x0B\x06\x06\x0C\x0C\x0C\x0B"   // 0 to ?
    "\x14\x0D\x0D\x0E\x0E\x0D\x0C\x10\x0E\x06\x0A\x0D\x0B\x11\x0E\x10"   // @ to O
    "\x0D\x10\x0E\x0D\x0C\x0E\x0D\x13\x0D\x0D\x0C\x06\x06\x06\x09\x0B"   // P to _
    "\x07\x0B\x0B\x0A\x0B\x0B\x06\x0B\x0B\x04\x04\x0A\x04\x11\x0B\x0B"   // ` to o
    "\x0B\x0B\x07\x0A\x06\x0B\x0A\x0E\x0A\x0A\x0A\x07\x05\x07\x0C\x0B";  // p to ~, and the rest

int width_class(char32_t character) {
  if (character >= 0x20 && character < 0x80) return ascii_classes[character - 0x20];
  const bool is_wide = (character >= 0x1100 && character < 0x1160) ||
                       (character >= 0x2E80 && character < 0xD7B0) ||
                       (character >= 0xF900 && character < 0xFB00) ||
                       (character >= 0xFF00 && character < 0xFF61) || character >= 0x1F000;
  if (is_wide) return width_classes;
  if (character >= 0xC0 && character < 0xDF) return 14;
  return 11;
}

void put16(std::string& to, int value) {
  to.push_back(static_cast<char>((value >> 8) & 0xFF));
  to.push_back(static_cast<char>(value & 0xFF));
}

void put32(std::string& to, std::uint32_t value) {
  put16(to, static_cast<int>(value >> 16U));
  put16(to, static_cast<int>(value & 0xFFFFU));
}

/// A rectangle standing on the baseline, as a simple glyph of four points.
std::string rectangle_glyph(int width) {
  std::string glyph;
  for (const int value : {1, 0, 0, width, glyph_height, 3, 0}) put16(glyph, value);
  glyph += "\x01\x01\x01\x01";
  for (const int dx : {0, 0, width, 0}) put16(glyph, dx);
  for (const int dy : {0, glyph_height, 0, -glyph_height}) put16(glyph, dy);
  return glyph;
}

std::string head_table() {
  std::string head;
  for (const std::uint32_t value : {0x00010000U, 0x00010000U, 0U, 0x5F0F3CF5U}) put32(head, value);
  put16(head, 0x000B);
  put16(head, units_per_em);
  for (int i = 0; i < 4; ++i) put32(head, 0);  // created, modified: none, so that bytes are reproducible
  for (const int value : {0, 0, width_classes * width_step, glyph_height, 0, 8, 2, 0, 0}) put16(head, value);
  return head;
}

std::string hhea_table() {
  std::string hhea;
  put32(hhea, 0x00010000U);
  for (const int value :
       {ascent, descent, 0, width_classes * width_step, 0, 0, width_classes * width_step, 1}) {
    put16(hhea, value);
  }
  for (int i = 0; i < 7; ++i) put16(hhea, 0);
  put16(hhea, width_classes + 1);
  return hhea;
}

std::string maxp_table() {
  std::string maxp;
  put32(maxp, 0x00010000U);
  for (const int value : {width_classes + 1, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0}) put16(maxp, value);
  return maxp;
}

std::uint32_t checksum(const std::string& bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    sum += static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * (3 - i % 4));
  }
  return sum;
}

/// The font program: glyph 0 is as wide as an average letter, glyph k is 50 k wide.
std::string font_program() {
  std::string glyphs;
  std::string places;
  std::string metrics;
  for (int glyph = 0; glyph <= width_classes; ++glyph) {
    const int width = glyph == 0 ? 11 * width_step : glyph * width_step;
    put16(places, static_cast<int>(glyphs.size() / 2));
    glyphs += rectangle_glyph(width);
    put16(metrics, width);
    put16(metrics, 0);
  }
  put16(places, static_cast<int>(glyphs.size() / 2));

  const std::array<std::pair<std::string_view, std::string>, 6> tables = {{{"glyf", glyphs},
                                                                           {"head", head_table()},
                                                                           {"hhea", hhea_table()},
                                                                           {"hmtx", metrics},
                                                                           {"loca", places},
                                                                           {"maxp", maxp_table()}}};
  std::string program;
  put32(program, 0x00010000U);
  for (const int value : {6, 64, 2, 32}) put16(program, value);
  std::size_t offset = program.size() + 16 * tables.size();
  std::string body;
  std::size_t head_at = 0;
  for (const auto& [tag, bytes] : tables) {
    if (tag == "head") head_at = offset + body.size();
    program += tag;
    put32(program, checksum(bytes));
    put32(program, static_cast<std::uint32_t>(offset + body.size()));
    put32(program, static_cast<std::uint32_t>(bytes.size()));
    body += bytes;
    body.resize((body.size() + 3) / 4 * 4, '\0');
  }
  program += body;
  std::string adjustment;
  put32(adjustment, 0xB1B0AFBAU - checksum(program));
  program.replace(head_at + 8, 4, adjustment);
  return program;
}

/// CMap from our codes to Unicode; a block of bfchar may hold a hundred entries.
std::string unicode_map(const std::vector<char32_t>& characters) {
  std::string map =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  for (std::size_t begin = 0; begin < characters.size(); begin += 100) {
    const std::size_t end = std::min(begin + 100, characters.size());
    map += fmt::format("{} beginbfchar\n", end - begin);
    for (std::size_t i = begin; i < end; ++i)
      map += fmt::format("<{:04X}> <{}>\n", i + 1, utf16_hex(characters[i]));
    map += "endbfchar\n";
  }
  return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

}  // namespace

TextFont::TextFont(QPDF& pdf)
    : pdf_(pdf), dictionary_(pdf.makeIndirectObject(QPDFObjectHandle::newDictionary())) {}

std::string TextFont::codes(const std::u32string& characters) {
  constexpr int last_code = 0xFFFF;
  std::string result;
  for (char32_t character : characters) {
    auto known = codes_.find(character);
    if (known == codes_.end()) {
      const int code = std::min(static_cast<int>(characters_.size()) + 1, last_code);
      if (code > static_cast<int>(characters_.size())) characters_.push_back(character);
      known = codes_.emplace(character, code).first;
    }
    result += fmt::format("{:04X}", known->second);
  }
  return result;
}

int TextFont::width(const std::u32string& characters) const {
  int sum = 0;
  for (const char32_t character : characters) sum += width_class(character) * width_step;
  return sum;
}

void TextFont::finish() {
  QPDFObjectHandle program = pdf_.newStream(font_program());
  program.getDict().replaceKey("/Length1",
                               QPDFObjectHandle::newInteger(static_cast<long long>(font_program().size())));

  QPDFObjectHandle descriptor = QPDFObjectHandle::parse(fmt::format(
      "<< /Type /FontDescriptor /FontName /EakteText /Flags 4 /FontBBox [ 0 0 {} {} ] /ItalicAngle 0 "
      "/Ascent {} /Descent {} /CapHeight {} /StemV 80 >>",
      width_classes * width_step, glyph_height, ascent, descent, glyph_height));
  descriptor.replaceKey("/FontFile2", program);

  std::string glyph_of_code(2, '\0');
  QPDFObjectHandle widths = QPDFObjectHandle::newArray();
  for (const char32_t character : characters_) {
    put16(glyph_of_code, width_class(character));
    widths.appendItem(
        QPDFObjectHandle::newInteger(static_cast<long long>(width_class(character)) * width_step));
  }
  QPDFObjectHandle descendant = QPDFObjectHandle::parse(
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /EakteText "
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 550 /W [ 1 ] >>");
  descendant.getKey("/W").appendItem(widths);
  descendant.replaceKey("/FontDescriptor", pdf_.makeIndirectObject(descriptor));
  descendant.replaceKey("/CIDToGIDMap", pdf_.newStream(glyph_of_code));

  dictionary_.replaceKey("/Type", QPDFObjectHandle::newName("/Font"));
  dictionary_.replaceKey("/Subtype", QPDFObjectHandle::newName("/Type0"));
  dictionary_.replaceKey("/BaseFont", QPDFObjectHandle::newName("/EakteText"));
  dictionary_.replaceKey("/Encoding", QPDFObjectHandle::newName("/Identity-H"));
  dictionary_.replaceKey("/DescendantFonts",
                         QPDFObjectHandle::newArray({pdf_.makeIndirectObject(descendant)}));
  dictionary_.replaceKey("/ToUnicode", pdf_.newStream(unicode_map(characters_)));
}

}  // namespace eakte::archive
