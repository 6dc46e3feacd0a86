#include "archive/pdf/font_embedding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "archive/error.h"
#include "archive/object_store.h"
#include "archive/pdf/content.h"
#include "archive/pdf/font_encoding.h"
#include "archive/pdf/glyph_names.h"
#include "archive/pdf/stand_in_font.h"
#include "archive/pdf/truetype_subset.h"
#include "archive/pdf/unicode.h"
#include "archive/pdf/unicode_map.h"

namespace eakte::archive {
namespace {

double number_of(QPDFObjectHandle object, double otherwise) {
  return object.isNumber() ? object.getNumericValue() : otherwise;
}

int integer_of(QPDFObjectHandle object, int otherwise) {
  return object.isInteger() ? object.getIntValueAsInt() : otherwise;
}

std::string name_of(QPDFObjectHandle object) { return object.isName() ? object.getName() : std::string(); }

/// What a code shows in the stand-in.
struct Glyph {
  std::string name;
  int number = 0;
  double width = 0;  ///< to be stated
};

/// One font of the document and what it will become.
struct Plan {
  QPDFObjectHandle font;
  const StandInFont* stand_in = nullptr;
  std::map<unsigned, Glyph> glyphs;  ///< by code
  bool is_composite = false;
};

bool is_embedded(const QPDFObjectHandle& descriptor) {
  return member(descriptor, "/FontFile").isStream() || member(descriptor, "/FontFile2").isStream() ||
         member(descriptor, "/FontFile3").isStream();
}

WantedFont wanted_font(const QPDFObjectHandle& font, const QPDFObjectHandle& descriptor) {
  std::string name = name_of(member(font, "/BaseFont"));
  if (!name.empty()) name.erase(0, 1);
  if (name.size() > 7 && name[6] == '+') name.erase(0, 7);
  return {name, integer_of(member(descriptor, "/Flags"), 0)};
}

/// The one character a code means by the map of the font; 0 when there is none or more.
char32_t mapped_character(const UnicodeMap& map, unsigned code) {
  const auto found = map.find(code);
  if (found == map.end() || found->second.size() != 2) return 0;
  const auto high = static_cast<unsigned char>(found->second[0]);
  return static_cast<char32_t>(high) << 8U | static_cast<unsigned char>(found->second[1]);
}

/// Whether the stand-in is as wide as what it stands for. A usual font may differ in some codes, because
/// producers round and leave out; another has to agree in all.
class WidthComparison {
public:
  explicit WidthComparison(bool has_usual_metrics) : allowed_(has_usual_metrics ? 20 : 0) {}

  /// Returns the width to state.
  double add(std::optional<double> old, double actual) {
    constexpr double noticeable = 15;
    constexpr double exact = 1;
    if (!old) return actual;
    if (std::abs(*old - actual) > noticeable) ++different_;
    // What the page was laid out with stays, as long as the standard lets it.
    return std::abs(*old - actual) <= exact ? *old : actual;
  }
  bool is_close() const { return different_ <= allowed_; }

private:
  int allowed_;
  int different_ = 0;
};

std::optional<double> stated_width(const QPDFObjectHandle& font, unsigned code) {
  QPDFObjectHandle widths = member(font, "/Widths");
  if (!widths.isArray()) return std::nullopt;
  QPDFObjectHandle width = item(widths, static_cast<int>(code) - integer_of(member(font, "/FirstChar"), 0));
  if (width.isNumber()) return width.getNumericValue();
  return number_of(member(member(font, "/FontDescriptor"), "/MissingWidth"), 0);
}

/// The name of a glyph as the font that is missing had it.
std::string glyph_name(const FontEncoding& encoding, const std::string& subtype, const StandInFont& stand_in,
                       unsigned code) {
  const auto different = encoding.differences.find(code);
  if (different != encoding.differences.end()) return different->second;
  const auto byte = static_cast<unsigned char>(code);
  if (!stand_in.is_truetype) return stand_in.program.encoding[code];
  if (!encoding.base.empty()) return glyph_in_encoding(encoding.base, byte);
  return glyph_in_encoding(subtype == "/TrueType" ? "/WinAnsiEncoding" : "/StandardEncoding", byte);
}

std::optional<Glyph> glyph_in(const StandInFont& stand_in, const std::string& name, char32_t mapped) {
  if (!stand_in.is_truetype) {
    const auto found = stand_in.program.names.find(name);
    if (found == stand_in.program.names.end() || found->second == 0) return std::nullopt;
    return Glyph{name, found->second, 0};
  }
  char32_t character = character_of_glyph(name);
  if (character == 0) character = mapped;
  const auto found = stand_in.program.unicode.find(static_cast<unsigned>(character));
  if (character == 0 || found == stand_in.program.unicode.end()) return std::nullopt;
  const std::string known = character_of_glyph(name) != 0 ? name : glyph_of_character(character);
  if (known.empty()) return std::nullopt;
  return Glyph{known, found->second, 0};
}

std::optional<Plan> simple_plan(const FontUse& use) {
  QPDFObjectHandle descriptor = member(use.font, "/FontDescriptor");
  const WantedFont wanted = wanted_font(use.font, descriptor);
  Plan plan{use.font, stand_in_for(wanted), {}, false};
  if (plan.stand_in == nullptr) return std::nullopt;
  const FontEncoding encoding = read_font_encoding(use.font);
  const std::string subtype = name_of(member(use.font, "/Subtype"));
  const UnicodeMap map = read_unicode_map(member(use.font, "/ToUnicode")).value_or(UnicodeMap());
  WidthComparison widths(has_usual_metrics(wanted));
  for (const unsigned char code : use.bytes) {
    const std::string name = glyph_name(encoding, subtype, *plan.stand_in, code);
    std::optional<Glyph> glyph = glyph_in(*plan.stand_in, name, mapped_character(map, code));
    if (!glyph) return std::nullopt;
    const double actual = plan.stand_in->program.widths.at(static_cast<std::size_t>(glyph->number));
    glyph->width = widths.add(stated_width(use.font, code), actual);
    plan.glyphs.emplace(code, *std::move(glyph));
  }
  if (!widths.is_close()) return std::nullopt;
  return plan;
}

/// A composite font whose codes are glyph numbers of a program nobody has can still be set when it says what
/// character each code is.
std::optional<Plan> composite_plan(const FontUse& use) {
  QPDFObjectHandle descendant = item(member(use.font, "/DescendantFonts"), 0);
  const std::string encoding = name_of(member(use.font, "/Encoding"));
  const WantedFont wanted = wanted_font(use.font, member(descendant, "/FontDescriptor"));
  Plan plan{use.font, stand_in_for(wanted), {}, true};
  const std::optional<UnicodeMap> map = read_unicode_map(member(use.font, "/ToUnicode"));
  if (plan.stand_in == nullptr || !plan.stand_in->is_truetype || !map || encoding != "/Identity-H")
    return std::nullopt;
  const std::map<unsigned, double> stated = cid_widths(member(descendant, "/W"));
  const double otherwise = number_of(member(descendant, "/DW"), 1000);
  WidthComparison widths(has_usual_metrics(wanted));
  for (const unsigned code : two_byte_codes(use)) {
    const char32_t character = mapped_character(*map, code);
    const auto found = plan.stand_in->program.unicode.find(static_cast<unsigned>(character));
    if (character == 0 || found == plan.stand_in->program.unicode.end()) return std::nullopt;
    const double actual = plan.stand_in->program.widths.at(static_cast<std::size_t>(found->second));
    const auto old = stated.find(code);
    const double width = widths.add(old == stated.end() ? otherwise : old->second, actual);
    plan.glyphs.emplace(code, Glyph{{}, found->second, width});
  }
  if (!widths.is_close()) return std::nullopt;
  return plan;
}

/// Unicode for codes of ZapfDingbats, whose glyph names say nothing: the block Dingbats follows the font but
/// for characters that had a place already.
char32_t dingbat(unsigned code) {
  static const std::map<unsigned, char32_t> elsewhere = {
      {0x25, 0x260E}, {0x2A, 0x261B}, {0x2B, 0x261E}, {0x48, 0x2605}, {0x6C, 0x25CF}, {0x6E, 0x25A0},
      {0x73, 0x25B2}, {0x74, 0x25BC}, {0x75, 0x25C6}, {0x77, 0x25D7}, {0xA8, 0x2663}, {0xA9, 0x2666},
      {0xAA, 0x2665}, {0xAB, 0x2660}, {0xD5, 0x2192}, {0xD6, 0x2194}, {0xD7, 0x2195}};
  const auto found = elsewhere.find(code);
  if (found != elsewhere.end()) return found->second;
  if (code >= 0xAC && code <= 0xB5) return static_cast<char32_t>(0x2460 + code - 0xAC);
  if (code >= 0x21 && code <= 0x7E) return static_cast<char32_t>(0x2700 + code - 0x20);
  return code >= 0xA1 ? static_cast<char32_t>(0x2700 + code - 0x40) : U' ';
}

QPDFObjectHandle dingbat_map(QPDF& pdf, const Plan& plan) {
  std::string lines;
  for (const auto& [code, glyph] : plan.glyphs) {
    lines += fmt::format("1 beginbfchar <{:02X}> <{}> endbfchar\n", code, utf16_hex(dingbat(code)));
  }
  return pdf.newStream(fmt::format(
      "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Dingbats def /CMapType 2 def\n1 begincodespacerange <00> <FF> endcodespacerange\n"
      "{}endcmap CMapName currentdict /CMap defineresource pop end end\n",
      lines));
}

/// Carries the plans out; one program for all fonts with the same stand-in.
class Embedding {
public:
  Embedding(QPDF& pdf, const std::vector<Plan>& plans) : pdf_(pdf) {
    for (const Plan& plan : plans) {
      for (const auto& [code, glyph] : plan.glyphs) glyphs_[plan.stand_in].insert(glyph.number);
    }
  }

  void apply(const Plan& plan) { plan.is_composite ? composite(plan) : simple(plan); }

private:
  struct Made {
    std::string name;
    QPDFObjectHandle program;
  };
  const Made& made(const StandInFont& stand_in);
  QPDFObjectHandle descriptor(const StandInFont& stand_in);
  void simple(const Plan& plan);
  void composite(const Plan& plan);

  QPDF& pdf_;
  std::map<const StandInFont*, std::set<int>> glyphs_;
  std::map<const StandInFont*, Made> made_;
};

/// Length1 to Length3 of a Type 1 program.
void set_type1_lengths(QPDFObjectHandle stream, const std::string& program) {
  std::size_t clear = program.find("eexec");
  clear = clear == std::string::npos ? 0 : std::min(clear + 6, program.size());
  const std::size_t mark = program.rfind("cleartomark");
  std::size_t end = mark == std::string::npos ? program.size() : mark;
  while (end > clear && std::string_view("0 \r\n").find(program[end - 1]) != std::string_view::npos) --end;
  const auto set = [&stream](const char* key, std::size_t value) {
    stream.getDict().replaceKey(key, QPDFObjectHandle::newInteger(static_cast<long long>(value)));
  };
  set("/Length1", clear);
  set("/Length2", end - clear);
  set("/Length3", program.size() - end);
}

const Embedding::Made& Embedding::made(const StandInFont& stand_in) {
  const auto [place, is_new] = made_.try_emplace(&stand_in);
  if (!is_new) return place->second;
  if (!stand_in.is_truetype) {
    place->second = {stand_in.name, pdf_.newStream(stand_in.bytes)};
    set_type1_lengths(place->second.program, stand_in.bytes);
    return place->second;
  }
  const std::string program = truetype_subset(stand_in.bytes, glyphs_.at(&stand_in));
  // The tag of a subset: six letters, here from its content, so that the same document gives the same bytes.
  std::string tag;
  const std::string hash = sha256_hex(program);
  for (std::size_t i = 0; i < 6; ++i) {
    const char digit = hash[i];
    tag += static_cast<char>(digit <= '9' ? 'A' + (digit - '0') : 'K' + (digit - 'a'));
  }
  place->second = {tag + "+" + stand_in.name, pdf_.newStream(program)};
  place->second.program.getDict().replaceKey(
      "/Length1", QPDFObjectHandle::newInteger(static_cast<long long>(program.size())));
  return place->second;
}

QPDFObjectHandle Embedding::descriptor(const StandInFont& stand_in) {
  constexpr int symbolic = 4;
  constexpr int not_symbolic = 32;
  const Made& made = this->made(stand_in);
  int flags = stand_in.is_truetype ? not_symbolic : symbolic;
  if (stand_in.is_fixed_pitch) flags |= 1;
  if (stand_in.has_serifs) flags |= 2;
  if (stand_in.is_italic) flags |= 64;
  FontMeasures measures{-200, -250, 1200, 950, 800, -220, 0};
  if (stand_in.is_truetype) measures = truetype_measures(stand_in.bytes);
  QPDFObjectHandle result = QPDFObjectHandle::parse(fmt::format(
      "<< /Type /FontDescriptor /FontName /{} /Flags {} /FontBBox [ {} {} {} {} ] /ItalicAngle {} "
      "/Ascent {} /Descent {} /CapHeight 700 /StemV {} >>",
      made.name, flags, measures.left, measures.bottom, measures.right, measures.top, measures.italic_angle,
      measures.ascent, measures.descent, stand_in.is_bold ? 140 : 80));
  result.replaceKey(stand_in.is_truetype ? "/FontFile2" : "/FontFile", made.program);
  return pdf_.makeIndirectObject(result);
}

void Embedding::simple(const Plan& plan) {
  QPDFObjectHandle font = plan.font;
  const StandInFont& stand_in = *plan.stand_in;
  const unsigned first = plan.glyphs.empty() ? 0 : plan.glyphs.begin()->first;
  const unsigned last = plan.glyphs.empty() ? 0 : plan.glyphs.rbegin()->first;
  std::string widths;
  std::string differences;
  for (unsigned code = first; code <= last; ++code) {
    const auto found = plan.glyphs.find(code);
    widths += fmt::format("{:g} ", found == plan.glyphs.end() ? 0 : found->second.width);
    if (found == plan.glyphs.end()) continue;
    const bool is_plain =
        stand_in.is_truetype &&
        glyph_in_encoding("/WinAnsiEncoding", static_cast<unsigned char>(code)) == found->second.name;
    if (!is_plain) differences += fmt::format("{} /{} ", code, found->second.name);
  }
  font.replaceKey("/Type", QPDFObjectHandle::newName("/Font"));
  font.replaceKey("/Subtype", QPDFObjectHandle::newName(stand_in.is_truetype ? "/TrueType" : "/Type1"));
  font.replaceKey("/BaseFont", QPDFObjectHandle::newName("/" + made(stand_in).name));
  font.replaceKey("/FirstChar", QPDFObjectHandle::newInteger(first));
  font.replaceKey("/LastChar", QPDFObjectHandle::newInteger(last));
  font.replaceKey("/Widths", QPDFObjectHandle::parse("[ " + widths + "]"));
  font.replaceKey("/FontDescriptor", descriptor(stand_in));
  font.replaceKey("/Encoding", QPDFObjectHandle::parse(fmt::format(
                                   "<< /Type /Encoding {}{} >>",
                                   stand_in.is_truetype ? "/BaseEncoding /WinAnsiEncoding " : "",
                                   differences.empty() ? "" : "/Differences [ " + differences + "]")));
  const bool is_dingbats = stand_in.name == "D050000L";
  if (is_dingbats && !member(font, "/ToUnicode").isStream())
    font.replaceKey("/ToUnicode", dingbat_map(pdf_, plan));
}

void Embedding::composite(const Plan& plan) {
  QPDFObjectHandle font = plan.font;
  const StandInFont& stand_in = *plan.stand_in;
  QPDFObjectHandle descendant = item(member(font, "/DescendantFonts"), 0);
  std::string map;
  std::string widths;
  for (const auto& [code, glyph] : plan.glyphs) {
    map.resize(2 * std::size_t{code} + 2, '\0');
    map[2 * std::size_t{code}] = static_cast<char>(glyph.number >> 8);
    map[2 * std::size_t{code} + 1] = static_cast<char>(glyph.number & 0xFF);
    widths += fmt::format("{} [ {:g} ] ", code, glyph.width);
  }
  QPDFObjectHandle name = QPDFObjectHandle::newName("/" + made(stand_in).name);
  font.replaceKey("/BaseFont", name);
  descendant.replaceKey("/BaseFont", name);
  descendant.replaceKey("/Subtype", QPDFObjectHandle::newName("/CIDFontType2"));
  descendant.replaceKey("/CIDToGIDMap", pdf_.newStream(map));
  descendant.replaceKey("/W", QPDFObjectHandle::parse("[ " + widths + "]"));
  descendant.replaceKey("/FontDescriptor", descriptor(stand_in));
}

bool lacks_program(const FontUse& use) {
  QPDFObjectHandle font = use.font;
  const std::string subtype = name_of(member(font, "/Subtype"));
  if (!use.is_rendered || subtype == "/Type3" || use.bytes.empty()) return false;
  QPDFObjectHandle owner = subtype == "/Type0" ? item(member(font, "/DescendantFonts"), 0) : font;
  return !is_embedded(member(owner, "/FontDescriptor"));
}

/// The program with its new widths; nothing when it cannot be understood.
std::optional<std::string> corrected(const QPDFObjectHandle& program, const std::map<int, double>& widths) {
  constexpr std::size_t longest = std::size_t{64} << 20U;
  const std::optional<std::string> bytes = decoded_bytes(program, longest);
  if (!bytes) return std::nullopt;
  try {
    return truetype_with_widths(*bytes, widths);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

int correct_widths(const std::vector<WrongWidth>& wrong) {
  std::map<QPDFObjGen, std::pair<QPDFObjectHandle, std::map<int, double>>> programs;
  for (const WrongWidth& one : wrong) {
    auto& [program, widths] = programs[QPDFObjectHandle(one.program).getObjGen()];
    program = one.program;
    widths.try_emplace(one.glyph, one.stated);
  }
  int changed = 0;
  for (auto& [id, wanted] : programs) {
    const std::optional<std::string> bytes = corrected(wanted.first, wanted.second);
    if (!bytes) continue;
    wanted.first.replaceStreamData(*bytes, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
    wanted.first.getDict().replaceKey("/Length1",
                                      QPDFObjectHandle::newInteger(static_cast<long long>(bytes->size())));
    ++changed;
  }
  return changed;
}

int embed_missing_fonts(QPDF& pdf, const FontUses& uses) {
  std::vector<Plan> plans;
  for (const auto& [key, use] : uses) {
    if (!lacks_program(use)) continue;
    const bool is_composite = member(use.font, "/Subtype").isNameAndEquals("/Type0");
    if (std::optional<Plan> plan = is_composite ? composite_plan(use) : simple_plan(use))
      plans.push_back(*std::move(plan));
  }
  Embedding embedding(pdf, plans);
  for (const Plan& plan : plans) embedding.apply(plan);
  return static_cast<int>(plans.size());
}

}  // namespace eakte::archive
