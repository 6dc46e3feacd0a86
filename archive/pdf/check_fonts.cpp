#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "archive/pdf/checker.h"
#include "archive/pdf/content.h"
#include "archive/pdf/font_encoding.h"
#include "archive/pdf/font_program.h"
#include "archive/pdf/glyph_names.h"
#include "archive/pdf/unicode_map.h"

namespace eakte::archive {
namespace {

std::string name_of(QPDFObjectHandle object) { return object.isName() ? object.getName() : std::string(); }

double number_of(QPDFObjectHandle object, double otherwise) {
  return object.isNumber() ? object.getNumericValue() : otherwise;
}

int integer_of(QPDFObjectHandle object, int otherwise) {
  return object.isInteger() ? object.getIntValueAsInt() : otherwise;
}

/// One font as it is used, with what the rules need of it.
class FontCheck {
public:
  FontCheck(const FontUse& use, const PdfaClaim& claim, Findings& findings,
            std::vector<WrongWidth>* wrong_widths)
      : use_(use),
        claim_(claim),
        findings_(findings),
        wrong_widths_(wrong_widths),
        font_(use.font),
        subtype_(name_of(member(use.font, "/Subtype"))) {}

  void run();

private:
  void fail(std::string_view clause, std::string_view what) {
    findings_.add(clause, fmt::format("font {} {}", name_of(member(font_, "/BaseFont")), what));
  }
  void simple();
  void truetype_encoding();
  void simple_glyphs(const FontProgram& program);
  std::optional<int> simple_glyph(const FontProgram& program, unsigned char code) const;
  std::string glyph_name(unsigned char code) const;
  void glyph_list(QPDFObjectHandle list, const std::optional<FontProgram>& program);
  void composite();
  void cid_list(QPDFObjectHandle list, const std::optional<FontProgram>& program);
  void composite_encoding();
  void composite_glyphs(const FontProgram& program);
  void compare_widths(double stated, const FontProgram& program, int glyph);
  std::optional<FontProgram> program(const QPDFObjectHandle& descriptor);
  void unicode(const std::set<unsigned>& codes);
  bool is_embedded(const QPDFObjectHandle& descriptor) const;
  bool is_subset() const;
  void type3_widths();
  bool is_symbolic() const {
    return (integer_of(member(member(font_, "/FontDescriptor"), "/Flags"), 0) & 4) != 0;
  }
  bool has_identity_encoding() const;

  const FontUse& use_;
  const PdfaClaim& claim_;
  Findings& findings_;
  std::vector<WrongWidth>* wrong_widths_;
  QPDFObjectHandle font_;
  std::string subtype_;
  QPDFObjectHandle descendant_ = QPDFObjectHandle::newNull();
  std::string base_encoding_;
  std::map<unsigned, std::string> differences_;
  std::array<std::string, 256> built_in_;
};

void FontCheck::run() {
  static const std::set<std::string> simple_types = {"/Type1", "/MMType1", "/TrueType", "/Type3"};
  if (!member(font_, "/Type").isNameAndEquals("/Font")) fail("6.2.11.2", "has no Type");
  if (subtype_ != "/Type3" && name_of(member(font_, "/BaseFont")).empty()) fail("6.2.11.2", "has no name");
  if (subtype_ == "/Type0") {
    composite();
  } else if (simple_types.count(subtype_) != 0) {
    simple();
  } else {
    fail("6.2.11.2", "is of an unknown type");
  }
}

bool FontCheck::is_embedded(const QPDFObjectHandle& descriptor) const {
  return member(descriptor, "/FontFile").isStream() || member(descriptor, "/FontFile2").isStream() ||
         member(descriptor, "/FontFile3").isStream();
}

/// "ABCDEF+Name"
bool FontCheck::is_subset() const {
  const std::string name = name_of(member(font_, "/BaseFont"));
  return name.size() > 7 && name[7] == '+' &&
         std::all_of(name.begin() + 1, name.begin() + 7, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::optional<FontProgram> FontCheck::program(const QPDFObjectHandle& descriptor) {
  constexpr std::size_t longest = std::size_t{64} << 20U;
  for (const std::string key : {"/FontFile", "/FontFile2", "/FontFile3"}) {
    QPDFObjectHandle file = member(descriptor, key);
    if (!file.isStream()) continue;
    const std::string kind = name_of(member(file, "/Subtype"));
    static const std::set<std::string> kinds = {"", "/Type1C", "/CIDFontType0C", "/OpenType"};
    if (kinds.count(kind) == 0) fail("6.2.11.2", "has a program of an unknown kind");
    const std::optional<std::string> bytes = decoded_bytes(file, longest);
    const bool is_compact = kind == "/Type1C" || kind == "/CIDFontType0C";
    std::optional<FontProgram> read;
    if (bytes) {
      read = key == "/FontFile" ? read_type1(*bytes) : is_compact ? read_cff(*bytes) : read_truetype(*bytes);
    }
    if (!read) fail("6.2.11.2", "has a program that cannot be read");
    return read;
  }
  return std::nullopt;
}

void FontCheck::simple() {
  QPDFObjectHandle descriptor = member(font_, "/FontDescriptor");
  if (subtype_ != "/Type3" && use_.is_rendered && !is_embedded(descriptor))
    fail("6.2.11.4.1", "is not embedded");
  const int first = integer_of(member(font_, "/FirstChar"), -1);
  const int last = integer_of(member(font_, "/LastChar"), -1);
  QPDFObjectHandle widths = member(font_, "/Widths");
  if (first < 0 || last < 0 || !widths.isArray() || widths.getArrayNItems() != last - first + 1) {
    fail("6.2.11.2", "has no proper widths");
  }
  FontEncoding encoding = read_font_encoding(font_);
  base_encoding_ = std::move(encoding.base);
  differences_ = std::move(encoding.differences);
  if (subtype_ == "/TrueType" && use_.is_rendered) truetype_encoding();
  if (is_embedded(descriptor)) {
    const std::optional<FontProgram> read = program(descriptor);
    glyph_list(member(descriptor, "/CharSet"), read);
    if (read) {
      built_in_ = read->encoding;
      simple_glyphs(*read);
    }
  }
  if (subtype_ == "/Type3") type3_widths();
  std::set<unsigned> codes(use_.bytes.begin(), use_.bytes.end());
  unicode(codes);
}

/// The first operator of each glyph, d0 or d1, states its width in the same units as Widths.
void FontCheck::type3_widths() {
  if (!use_.is_rendered) return;
  QPDFObjectHandle glyphs = member(font_, "/CharProcs");
  QPDFObjectHandle widths = member(font_, "/Widths");
  const int first = integer_of(member(font_, "/FirstChar"), 0);
  const double scale = std::abs(number_of(item(member(font_, "/FontMatrix"), 0), 0.001)) * 1000;
  for (const unsigned char code : use_.bytes) {
    const auto name = differences_.find(code);
    QPDFObjectHandle glyph =
        member(glyphs, name == differences_.end() ? std::string("/") : "/" + name->second);
    const std::optional<std::string> content =
        glyph.isStream() ? decoded_bytes(glyph, longest_content) : std::optional<std::string>();
    if (!content) continue;
    std::optional<double> width;
    read_content(*content, [&width](const ContentOperation& operation) {
      if (operation.name == "d0" || operation.name == "d1") width = operation.number(0);
      return false;
    });
    if (width && std::abs(*width - number_of(item(widths, code - first), 0)) * scale > 1)
      fail("6.2.11.5", "has widths that are not those of its glyphs");
  }
}

void FontCheck::truetype_encoding() {
  if (is_symbolic()) {
    if (!member(font_, "/Encoding").isNull()) fail("6.2.11.6", "is symbolic and has an encoding");
    return;
  }
  if (base_encoding_ != "/WinAnsiEncoding" && base_encoding_ != "/MacRomanEncoding") {
    fail("6.2.11.6", "is not symbolic and has no standard encoding");
  }
  for (const auto& [code, name] : differences_) {
    if (character_of_glyph(name) == 0)
      fail("6.2.11.6", "has differences that are not in the Adobe Glyph List");
  }
}

std::string FontCheck::glyph_name(unsigned char code) const {
  const auto different = differences_.find(code);
  if (different != differences_.end()) return different->second;
  if (!base_encoding_.empty()) return glyph_in_encoding(base_encoding_, code);
  if (!built_in_[code].empty()) return built_in_[code];
  return is_symbolic() ? std::string() : glyph_in_encoding("/StandardEncoding", code);
}

std::optional<int> FontCheck::simple_glyph(const FontProgram& program, unsigned char code) const {
  const auto in = [](const auto& map, const auto& key) {
    const auto found = map.find(key);
    return found == map.end() ? 0 : found->second;
  };
  if (subtype_ != "/TrueType") {
    if (program.is_cid_keyed || program.names.empty()) return std::nullopt;
    return in(program.names, glyph_name(code));
  }
  if (is_symbolic()) {
    for (const unsigned high : {0U, 0xF000U, 0xF100U, 0xF200U}) {
      if (const int glyph = in(program.symbol, high + code)) return glyph;
    }
    if (const int glyph = in(program.macintosh, unsigned{code})) return glyph;
    return program.cmap_count == 1 ? in(program.unicode, unsigned{code}) : 0;
  }
  const char32_t character = character_of_glyph(glyph_name(code));
  if (const int glyph = in(program.unicode, static_cast<unsigned>(character))) return glyph;
  for (unsigned mac = 0; mac < 256 && character != 0; ++mac) {
    const std::string name = glyph_in_encoding("/MacRomanEncoding", static_cast<unsigned char>(mac));
    if (!name.empty() && character_of_glyph(name) == character) {
      if (const int glyph = in(program.macintosh, mac)) return glyph;
    }
  }
  return 0;
}

void FontCheck::compare_widths(double stated, const FontProgram& program, int glyph) {
  if (!use_.is_rendered) return;
  if (glyph < 0 || static_cast<std::size_t>(glyph) >= program.widths.size()) {
    return fail("6.2.11.4.1", "lacks a glyph that is used");
  }
  if (std::abs(stated - program.widths[static_cast<std::size_t>(glyph)]) > 1) {
    fail("6.2.11.5", "has widths that are not those of its program");
    QPDFObjectHandle owner = subtype_ == "/Type0" ? descendant_ : font_;
    QPDFObjectHandle truetype = member(member(owner, "/FontDescriptor"), "/FontFile2");
    if (wrong_widths_ != nullptr && truetype.isStream()) wrong_widths_->push_back({truetype, glyph, stated});
  }
}

void FontCheck::simple_glyphs(const FontProgram& program) {
  if (subtype_ == "/TrueType" && use_.is_rendered) {
    const bool is_suitable = is_symbolic() ? program.cmap_count == 1 || program.has_symbol_cmap
                                           : program.cmap_count > (program.has_symbol_cmap ? 1 : 0);
    if (!is_suitable) fail("6.2.11.6", "has no character map that fits");
    if (!is_symbolic() && !differences_.empty() && program.unicode.empty()) {
      fail("6.2.11.6", "has differences, but no Unicode character map");
    }
  }
  const int first = integer_of(member(font_, "/FirstChar"), 0);
  QPDFObjectHandle widths = member(font_, "/Widths");
  const double missing = number_of(member(member(font_, "/FontDescriptor"), "/MissingWidth"), 0);
  for (const unsigned char code : use_.bytes) {
    const std::optional<int> glyph = simple_glyph(program, code);
    if (!glyph) return fail("6.2.11.5", "has a program of another kind than the font");
    if (*glyph == 0) {
      fail("6.2.11.8", fmt::format("has no glyph for code {}", code));
      continue;
    }
    compare_widths(number_of(item(widths, code - first), missing), program, *glyph);
  }
}

bool FontCheck::has_identity_encoding() const {
  QPDFObjectHandle encoding = member(font_, "/Encoding");
  return encoding.isNameAndEquals("/Identity-H") || encoding.isNameAndEquals("/Identity-V");
}

/// CharSet has to name all glyphs of the program.
void FontCheck::glyph_list(QPDFObjectHandle list, const std::optional<FontProgram>& program) {
  if (!list.isString() || !is_subset()) return;
  const std::string listed = list.getStringValue() + "/";
  bool is_complete = program && !program->names.empty();
  for (const auto& [name, glyph] : is_complete ? program->names : std::map<std::string, int>()) {
    if (glyph != 0 && listed.find("/" + name + "/") == std::string::npos) is_complete = false;
  }
  if (!is_complete) fail("6.2.11.4.2", "has a list of glyphs that is incomplete or not checked");
}

/// CIDSet has to have a bit for each CID of the program.
void FontCheck::cid_list(QPDFObjectHandle list, const std::optional<FontProgram>& program) {
  if (!list.isStream() || !is_subset()) return;
  const std::string bits = decoded_bytes(list, 8192).value_or("");
  bool is_complete = program && program->is_cid_keyed;
  for (const auto& [cid, glyph] : is_complete ? program->cids : std::map<int, int>()) {
    const auto byte = static_cast<std::size_t>(cid) / 8;
    const bool is_set = byte < bits.size() && (static_cast<unsigned char>(bits[byte]) &
                                               (0x80U >> (static_cast<unsigned>(cid) % 8U))) != 0;
    if (glyph != 0 && !is_set) is_complete = false;
  }
  if (!is_complete) fail("6.2.11.4.2", "has a list of glyphs that is incomplete or not checked");
}

void FontCheck::composite() {
  descendant_ = item(member(font_, "/DescendantFonts"), 0);
  QPDFObjectHandle descriptor = member(descendant_, "/FontDescriptor");
  const std::string kind = name_of(member(descendant_, "/Subtype"));
  if (kind != "/CIDFontType0" && kind != "/CIDFontType2")
    fail("6.2.11.2", "has a descendant of an unknown type");
  const bool embedded = is_embedded(descriptor);
  if (use_.is_rendered && !embedded) fail("6.2.11.4.1", "is not embedded");
  if (embedded && kind == "/CIDFontType2") {
    QPDFObjectHandle map = member(descendant_, "/CIDToGIDMap");
    if (!map.isStream() && !map.isNameAndEquals("/Identity"))
      fail("6.2.11.3.2", "has no map from CID to glyph");
  }
  const std::optional<FontProgram> read = embedded ? program(descriptor) : std::nullopt;
  cid_list(member(descriptor, "/CIDSet"), read);
  composite_encoding();
  if (!has_identity_encoding()) return;
  if (read) composite_glyphs(*read);
  unicode(two_byte_codes(use_));
}

void FontCheck::composite_encoding() {
  if (has_identity_encoding()) return;
  QPDFObjectHandle encoding = member(font_, "/Encoding");
  if (!encoding.isStream()) {
    // The predefined maps are for Chinese, Japanese and Korean and are not carried along.
    return fail("6.2.11.3.3", "uses a predefined character map that is not checked");
  }
  QPDFObjectHandle map_info = member(encoding, "/CIDSystemInfo");
  QPDFObjectHandle font_info = member(descendant_, "/CIDSystemInfo");
  for (const char* key : {"/Registry", "/Ordering"}) {
    const bool agree = member(map_info, key).isString() && member(font_info, key).isString() &&
                       member(map_info, key).getStringValue() == member(font_info, key).getStringValue();
    if (!agree) fail("6.2.11.3.1", "and its character map are for different character collections");
  }
  if (integer_of(member(font_info, "/Supplement"), 0) > integer_of(member(map_info, "/Supplement"), -1)) {
    fail("6.2.11.3.1", "has a later supplement than its character map");
  }
  QPDFObjectHandle used = member(encoding, "/UseCMap");
  if (!used.isNull() && !used.isNameAndEquals("/Identity-H") && !used.isNameAndEquals("/Identity-V")) {
    fail("6.2.11.3.3", "has a character map that uses another one, which is not checked");
  }
  bool agrees = integer_of(member(encoding, "/WMode"), 0) == 0;
  const std::optional<std::string> bytes = decoded_bytes(encoding, longest_content);
  if (!bytes) return fail("6.2.11.3.3", "has a character map that cannot be read");
  read_content(*bytes, [&](const ContentOperation& operation) {
    const std::size_t count = operation.operands.size();
    if (operation.name == "def" && count == 2 && operation.resource(0) == "/WMode") {
      agrees = static_cast<int>(operation.number(1)) == integer_of(member(encoding, "/WMode"), 0);
    }
    if (operation.name == "usecmap" && used.isNull()) fail("6.2.11.3.3", "has a map that uses another one");
    const bool has_cids = operation.name == "endcidrange" || operation.name == "endcidchar";
    for (std::size_t i = 0; has_cids && i < count; ++i) {
      if (operation.number(i) > 65535) fail("6.1.13", "has a CID above 65535");
    }
    return true;
  });
  if (!agrees) fail("6.2.11.3.3", "has a character map with another writing mode inside");
}

void FontCheck::composite_glyphs(const FontProgram& program) {
  const std::map<unsigned, double> widths = cid_widths(member(descendant_, "/W"));
  const double default_width = number_of(member(descendant_, "/DW"), 1000);
  QPDFObjectHandle map = member(descendant_, "/CIDToGIDMap");
  std::string glyph_of_cid;
  if (map.isStream()) glyph_of_cid = decoded_bytes(map, 131072).value_or("");
  for (const unsigned cid : two_byte_codes(use_)) {
    int glyph = static_cast<int>(cid);
    if (map.isStream()) {
      const std::size_t at = 2 * std::size_t{cid};
      glyph = at + 1 < glyph_of_cid.size() ? static_cast<unsigned char>(glyph_of_cid[at]) * 256 +
                                                 static_cast<unsigned char>(glyph_of_cid[at + 1])
                                           : 0;
    } else if (program.is_cid_keyed) {
      const auto found = program.cids.find(glyph);
      glyph = found == program.cids.end() ? -1 : found->second;
    }
    if (glyph == 0) fail("6.2.11.8", fmt::format("has no glyph for CID {}", cid));
    const auto stated = widths.find(cid);
    compare_widths(stated == widths.end() ? default_width : stated->second, program, glyph);
  }
}

void FontCheck::unicode(const std::set<unsigned>& codes) {
  if (!claim_.needs_unicode()) return;
  const UnicodeMap map = read_unicode_map(member(font_, "/ToUnicode")).value_or(UnicodeMap());
  const std::string ordering = [this] {
    QPDFObjectHandle value = member(member(descendant_, "/CIDSystemInfo"), "/Ordering");
    return value.isString() ? value.getStringValue() : std::string();
  }();
  static const std::set<std::string> known_orderings = {"Japan1", "GB1", "CNS1", "Korea1", "KR"};
  const bool is_nameable = subtype_ != "/Type0" && (subtype_ != "/TrueType" || !is_symbolic());
  for (const unsigned code : codes) {
    const auto mapped = map.find(code);
    if (mapped == map.end()) {
      const bool has_name =
          is_nameable && character_of_glyph(glyph_name(static_cast<unsigned char>(code))) != 0;
      if (!has_name && known_orderings.count(ordering) == 0) {
        fail("6.2.11.7.2", "has no Unicode value for a code that is used");
      }
      continue;
    }
    const std::string& value = mapped->second;
    bool is_forbidden = value.empty() || value.size() % 2 != 0;
    for (std::size_t i = 0; i + 1 < value.size(); i += 2) {
      const std::string unit = value.substr(i, 2);
      is_forbidden = is_forbidden || unit == std::string(2, '\0') || unit == "\xFE\xFF" || unit == "\xFF\xFE";
    }
    if (is_forbidden) fail("6.2.11.7.2", "maps a code that is used to no real character");
  }
}

}  // namespace

std::set<unsigned> two_byte_codes(const FontUse& use) {
  std::set<unsigned> codes;
  for (const std::string& text : use.strings) {
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
      codes.insert(static_cast<unsigned char>(text[i]) * 256U + static_cast<unsigned char>(text[i + 1]));
    }
  }
  return codes;
}

std::map<unsigned, double> cid_widths(QPDFObjectHandle list) {
  std::map<unsigned, double> widths;
  int at = 0;
  while (list.isArray() && at + 1 < list.getArrayNItems()) {
    const auto first = static_cast<unsigned>(integer_of(item(list, at), 0));
    QPDFObjectHandle next = item(list, at + 1);
    if (next.isArray()) {
      unsigned cid = first;
      for (const QPDFObjectHandle& width : next.getArrayAsVector()) widths[cid++] = number_of(width, 0);
      at += 2;
    } else {
      const auto last = std::min(static_cast<unsigned>(integer_of(next, 0)), 65535U);
      for (unsigned cid = first; cid <= last; ++cid) widths[cid] = number_of(item(list, at + 2), 0);
      at += 3;
    }
  }
  return widths;
}

void check_fonts(const FontUses& uses, const PdfaClaim& claim, Findings& findings,
                 std::vector<WrongWidth>* wrong_widths) {
  for (const auto& [key, use] : uses) FontCheck(use, claim, findings, wrong_widths).run();
}

}  // namespace eakte::archive
