#include "archive/pdf/truetype_subset.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <vector>

#include "archive/error.h"

namespace eakte::archive {
namespace {

/// Big-endian numbers; reading outside throws Error.
class Bytes {
public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  unsigned u16(std::size_t at) const {
    const std::string_view two = part(at, 2);
    return static_cast<unsigned>(static_cast<unsigned char>(two[0])) << 8U |
           static_cast<unsigned char>(two[1]);
  }
  int i16(std::size_t at) const { return static_cast<std::int16_t>(u16(at)); }
  std::size_t u32(std::size_t at) const { return std::size_t{u16(at)} << 16U | u16(at + 2); }
  std::string_view part(std::size_t at, std::size_t length) const {
    if (at > bytes_.size() || length > bytes_.size() - at) throw Error("a font table ends too early");
    return bytes_.substr(at, length);
  }

private:
  std::string_view bytes_;
};

void put(std::string& out, std::uint32_t value, unsigned size) {
  for (unsigned i = size; i-- > 0;) out.push_back(static_cast<char>(value >> (8U * i) & 0xFFU));
}

using Tables = std::map<std::string, std::string_view>;

Tables tables_of(std::string_view font) {
  const Bytes file(font);
  Tables tables;
  for (std::size_t i = 0; i < file.u16(4); ++i) {
    const std::size_t entry = 12 + 16 * i;
    tables[std::string(file.part(entry, 4))] = file.part(file.u32(entry + 8), file.u32(entry + 12));
  }
  for (const char* name : {"head", "hhea", "hmtx", "maxp", "loca", "glyf"}) {
    if (tables.count(name) == 0) throw Error("a font lacks a table");
  }
  return tables;
}

/// Where the outline of each glyph lies in the glyf table.
class Outlines {
public:
  explicit Outlines(const Tables& tables)
      : glyf_(tables.at("glyf")),
        loca_(tables.at("loca")),
        is_long_(Bytes(tables.at("head")).u16(50) != 0),
        count_(Bytes(tables.at("maxp")).u16(4)) {}

  std::size_t count() const { return count_; }

  std::string_view outline(std::size_t glyph) const {
    const std::size_t begin = place(glyph);
    const std::size_t end = place(glyph + 1);
    if (end < begin) throw Error("a font has outlines out of order");
    return glyf_.part(begin, end - begin);
  }

private:
  std::size_t place(std::size_t glyph) const {
    return is_long_ ? loca_.u32(4 * glyph) : std::size_t{2} * loca_.u16(2 * glyph);
  }

  Bytes glyf_;
  Bytes loca_;
  bool is_long_;
  std::size_t count_;
};

/// The glyphs a composite glyph is made of (OpenType, glyf table).
std::vector<int> components(std::string_view outline) {
  constexpr unsigned words = 1;
  constexpr unsigned scale = 8;
  constexpr unsigned more = 32;
  constexpr unsigned two_scales = 64;
  constexpr unsigned matrix = 128;
  std::vector<int> parts;
  const Bytes bytes(outline);
  if (outline.size() < 10 || bytes.i16(0) >= 0) return parts;
  std::size_t at = 10;
  unsigned flags = more;
  while ((flags & more) != 0) {
    flags = bytes.u16(at);
    parts.push_back(static_cast<int>(bytes.u16(at + 2)));
    at += 4 + ((flags & words) != 0 ? 4 : 2);
    at += (flags & scale) != 0 ? 2 : (flags & two_scales) != 0 ? 4 : (flags & matrix) != 0 ? 8 : 0;
  }
  return parts;
}

std::set<int> with_components(const Outlines& outlines, const std::set<int>& glyphs) {
  std::set<int> all = {0};
  std::vector<int> waiting(glyphs.begin(), glyphs.end());
  while (!waiting.empty()) {
    const int glyph = waiting.back();
    waiting.pop_back();
    if (glyph < 0 || static_cast<std::size_t>(glyph) >= outlines.count()) continue;
    if (!all.insert(glyph).second) continue;
    for (const int part : components(outlines.outline(static_cast<std::size_t>(glyph))))
      waiting.push_back(part);
  }
  return all;
}

std::uint32_t checksum(std::string_view bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    sum += static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8U * (3U - i % 4U));
  }
  return sum;
}

std::string font_file(const std::map<std::string, std::string>& tables) {
  unsigned log = 0;
  while ((2U << log) <= tables.size()) ++log;
  std::string file;
  put(file, 0x00010000, 4);
  put(file, static_cast<std::uint32_t>(tables.size()), 2);
  put(file, 16U << log, 2);
  put(file, log, 2);
  put(file, static_cast<std::uint32_t>(16 * tables.size()) - (16U << log), 2);
  std::size_t offset = 12 + 16 * tables.size();
  for (const auto& [name, bytes] : tables) {
    file += name;
    put(file, checksum(bytes), 4);
    put(file, static_cast<std::uint32_t>(offset), 4);
    put(file, static_cast<std::uint32_t>(bytes.size()), 4);
    offset += (bytes.size() + 3) / 4 * 4;
  }
  std::size_t head = 0;
  for (const auto& [name, bytes] : tables) {
    if (name == "head") head = file.size();
    file += bytes;
    while (file.size() % 4 != 0) file.push_back('\0');
  }
  std::string adjustment;
  put(adjustment, 0xB1B0AFBAU - checksum(file), 4);
  return file.replace(head + 8, 4, adjustment);
}

}  // namespace

std::string truetype_subset(std::string_view font, const std::set<int>& glyphs) {
  const Tables tables = tables_of(font);
  const Outlines outlines(tables);
  const std::set<int> kept = with_components(outlines, glyphs);
  std::string loca;
  std::string glyf;
  for (std::size_t glyph = 0; glyph < outlines.count(); ++glyph) {
    put(loca, static_cast<std::uint32_t>(glyf.size()), 4);
    if (kept.count(static_cast<int>(glyph)) == 0) continue;
    glyf += outlines.outline(glyph);
    while (glyf.size() % 4 != 0) glyf.push_back('\0');
  }
  put(loca, static_cast<std::uint32_t>(glyf.size()), 4);
  std::map<std::string, std::string> result;
  for (const char* name : {"cmap", "cvt ", "fpgm", "prep", "head", "hhea", "hmtx", "maxp"}) {
    const auto found = tables.find(name);
    if (found != tables.end()) result[name] = std::string(found->second);
  }
  result["loca"] = loca;
  result["glyf"] = glyf;
  std::string& head = result["head"];
  if (head.size() < 54) throw Error("a font table ends too early");
  head.replace(8, 4, 4, '\0');                  // checkSumAdjustment, set when all is there
  head.replace(50, 2, std::string("\0\1", 2));  // long offsets
  return font_file(result);
}

std::string truetype_with_widths(std::string_view font, const std::map<int, double>& widths) {
  std::map<std::string, std::string> tables;
  for (const auto& [name, bytes] : tables_of(font)) tables[name] = std::string(bytes);
  const Bytes hmtx(tables.at("hmtx"));
  const unsigned units = Bytes(tables.at("head")).u16(18);
  const std::size_t stated = Bytes(tables.at("hhea")).u16(34);
  const std::size_t count = Bytes(tables.at("maxp")).u16(4);
  if (stated == 0 || units == 0) throw Error("a font has no metrics");
  std::string metrics;
  for (std::size_t glyph = 0; glyph < count; ++glyph) {
    const auto wanted = widths.find(static_cast<int>(glyph));
    const bool is_own = glyph < stated;
    const unsigned old = hmtx.u16(4 * (is_own ? glyph : stated - 1));
    const unsigned bearing = hmtx.u16(is_own ? 4 * glyph + 2 : 4 * stated + 2 * (glyph - stated));
    const double exact =
        wanted == widths.end() ? old : std::clamp(wanted->second * units / 1000, 0.0, 65535.0);
    put(metrics, static_cast<std::uint32_t>(std::lround(exact)), 2);
    put(metrics, bearing, 2);
  }
  std::string number;
  put(number, static_cast<std::uint32_t>(count), 2);
  tables["hmtx"] = metrics;
  tables["hhea"].replace(34, 2, number);
  std::string& head = tables["head"];
  if (head.size() < 54) throw Error("a font table ends too early");
  head.replace(8, 4, 4, '\0');
  return font_file(tables);
}

FontMeasures truetype_measures(std::string_view font) {
  const Tables tables = tables_of(font);
  const Bytes head(tables.at("head"));
  const Bytes hhea(tables.at("hhea"));
  const double units = head.u16(18);
  if (units == 0) throw Error("a font has no units");
  const auto scaled = [units](int value) { return static_cast<int>(std::lround(value * 1000 / units)); };
  FontMeasures measures;
  measures.left = scaled(head.i16(36));
  measures.bottom = scaled(head.i16(38));
  measures.right = scaled(head.i16(40));
  measures.top = scaled(head.i16(42));
  measures.ascent = scaled(hhea.i16(4));
  measures.descent = scaled(hhea.i16(6));
  const auto post = tables.find("post");
  if (post != tables.end()) measures.italic_angle = Bytes(post->second).i16(4);
  return measures;
}

}  // namespace eakte::archive
