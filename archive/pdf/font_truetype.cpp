#include <cstdint>
#include <stdexcept>

#include "archive/pdf/font_program.h"

namespace eakte::archive {
namespace {

/// Big-endian numbers of a table; reading outside throws std::out_of_range.
class Table {
public:
  explicit Table(std::string_view bytes) : bytes_(bytes) {}
  unsigned u8(std::size_t at) const {
    if (at >= bytes_.size()) throw std::out_of_range("font table ends too early");
    return static_cast<unsigned char>(bytes_[at]);
  }
  unsigned u16(std::size_t at) const { return u8(at) << 8U | u8(at + 1); }
  std::size_t u32(std::size_t at) const { return std::size_t{u16(at)} << 16U | u16(at + 2); }
  std::string_view part(std::size_t at, std::size_t length) const {
    if (at > bytes_.size()) throw std::out_of_range("font table ends too early");
    return bytes_.substr(at, length);
  }

private:
  std::string_view bytes_;
};

std::map<unsigned, int> segments(const Table& map) {
  std::map<unsigned, int> result;
  const std::size_t count = map.u16(6) / 2;
  for (std::size_t i = 0; i < count; ++i) {
    const unsigned end = map.u16(14 + 2 * i);
    const unsigned start = map.u16(16 + 2 * count + 2 * i);
    const unsigned delta = map.u16(16 + 4 * count + 2 * i);
    const std::size_t range_at = 16 + 6 * count + 2 * i;
    const unsigned range = map.u16(range_at);
    for (unsigned code = start; code <= end && code != 0xFFFF; ++code) {
      unsigned glyph = code;
      if (range != 0) glyph = map.u16(range_at + range + 2 * std::size_t{code - start});
      if (range == 0 || glyph != 0) glyph = (glyph + delta) & 0xFFFFU;
      if (glyph != 0) result[code] = static_cast<int>(glyph);
    }
  }
  return result;
}

std::map<unsigned, int> character_map(const Table& map) {
  std::map<unsigned, int> result;
  const unsigned format = map.u16(0);
  if (format == 4) return segments(map);
  if (format == 0) {
    for (unsigned code = 0; code < 256; ++code) {
      if (map.u8(6 + code) != 0) result[code] = static_cast<int>(map.u8(6 + code));
    }
  } else if (format == 6) {
    const unsigned first = map.u16(6);
    for (unsigned i = 0; i < map.u16(8); ++i) {
      const unsigned glyph = map.u16(10 + 2 * std::size_t{i});
      if (glyph != 0) result[first + i] = static_cast<int>(glyph);
    }
  }
  return result;
}

void read_cmap(const Table& cmap, FontProgram& program) {
  program.cmap_count = static_cast<int>(cmap.u16(2));
  for (std::size_t i = 0; i < cmap.u16(2); ++i) {
    const unsigned platform = cmap.u16(4 + 8 * i);
    const unsigned encoding = cmap.u16(6 + 8 * i);
    const std::size_t offset = cmap.u32(8 + 8 * i);
    const Table map(cmap.part(offset, std::string_view::npos));
    if (platform == 3 && encoding == 0) {
      program.has_symbol_cmap = true;
      program.symbol = character_map(map);
    } else if (platform == 3 && encoding == 1) {
      program.unicode = character_map(map);
    } else if (platform == 1 && encoding == 0) {
      program.macintosh = character_map(map);
    }
  }
}

FontProgram read_tables(std::string_view bytes) {
  const Table file(bytes);
  std::map<std::string, std::string_view> tables;
  for (std::size_t i = 0; i < file.u16(4); ++i) {
    const std::size_t entry = 12 + 16 * i;
    tables[std::string(file.part(entry, 4))] = file.part(file.u32(entry + 8), file.u32(entry + 12));
  }
  FontProgram program;
  if (tables.count("CFF ") != 0) {
    if (std::optional<FontProgram> outlines = read_cff(tables["CFF "])) program = *outlines;
  }
  const double units = Table(tables["head"]).u16(18);
  const unsigned metrics = Table(tables["hhea"]).u16(34);
  const unsigned glyphs = Table(tables["maxp"]).u16(4);
  const Table hmtx(tables["hmtx"]);
  if (units == 0 || metrics == 0) throw std::out_of_range("font without units or metrics");
  program.widths.clear();
  for (std::size_t glyph = 0; glyph < glyphs; ++glyph) {
    const std::size_t row = glyph < metrics ? glyph : metrics - 1;
    program.widths.push_back(hmtx.u16(4 * row) * 1000 / units);
  }
  if (tables.count("cmap") != 0) read_cmap(Table(tables["cmap"]), program);
  return program;
}

}  // namespace

std::optional<FontProgram> read_truetype(std::string_view bytes) {
  try {
    return read_tables(bytes);
  } catch (const std::out_of_range&) {
    return std::nullopt;
  }
}

}  // namespace eakte::archive
