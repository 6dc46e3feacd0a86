#include "archive/pdf/stand_in_font.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <string_view>

namespace eakte::archive {
namespace {

// Where Debian's fonts-liberation and fonts-urw-base35 lie.
constexpr const char* liberation = "/usr/share/fonts/truetype/liberation/";
constexpr const char* urw = "/usr/share/fonts/type1/urw-base35/";

enum class Family { sans, narrow, serif, mono, symbol, dingbats };

/// The name in small letters, nothing but letters and digits.
std::string folded(const std::string& name) {
  std::string result;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) result += static_cast<char>(std::tolower(byte));
  }
  return result;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [text](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

/// The family a name stands for; nothing when it is none of the usual ones.
std::optional<Family> usual_family(std::string_view name) {
  const bool is_sans =
      has_any(name, {"helvetica", "liberationsans", "nimbussan", "arimo"}) || name.starts_with("arial");
  if (has_any(name, {"rounded", "unicodems", "neue", "light", "black", "extended"})) return std::nullopt;
  if (is_sans) return has_any(name, {"narrow", "condensed"}) ? Family::narrow : Family::sans;
  if (name.starts_with("times") || has_any(name, {"liberationserif", "nimbusrom", "tinos"}))
    return Family::serif;
  if (name.starts_with("courier") || has_any(name, {"liberationmono", "nimbusmon", "cousine"}))
    return Family::mono;
  if (name.starts_with("symbol")) return Family::symbol;
  if (has_any(name, {"zapfdingbats", "itczapfdingbats", "dingbats"}) && !has_any(name, {"wing", "web"}))
    return Family::dingbats;
  return std::nullopt;
}

constexpr int fixed_pitch_flag = 1;
constexpr int serif_flag = 2;
constexpr int italic_flag = 64;
constexpr int force_bold_flag = 1 << 18;

Family family_by_flags(int flags) {
  return (flags & fixed_pitch_flag) != 0 ? Family::mono
         : (flags & serif_flag) != 0     ? Family::serif
                                         : Family::sans;
}

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// "LiberationSans-BoldItalic"
std::string file_name(const StandInFont& font, Family family) {
  if (family == Family::symbol) return "StandardSymbolsPS";
  if (family == Family::dingbats) return "D050000L";
  static const std::map<Family, std::string> names = {{Family::sans, "LiberationSans-"},
                                                      {Family::narrow, "LiberationSansNarrow-"},
                                                      {Family::serif, "LiberationSerif-"},
                                                      {Family::mono, "LiberationMono-"}};
  const std::string style =
      std::string(font.is_bold ? "Bold" : "") + std::string(font.is_italic ? "Italic" : "");
  return names.at(family) + (style.empty() ? "Regular" : style);
}

std::unique_ptr<StandInFont> loaded(StandInFont font) {
  font.bytes =
      file_bytes((font.is_truetype ? liberation : urw) + font.name + (font.is_truetype ? ".ttf" : ".t1"));
  if (font.bytes.empty()) return nullptr;
  std::optional<FontProgram> program = font.is_truetype ? read_truetype(font.bytes) : read_type1(font.bytes);
  if (!program) return nullptr;
  font.program = *std::move(program);
  return std::make_unique<StandInFont>(std::move(font));
}

}  // namespace

bool has_usual_metrics(const WantedFont& wanted) { return usual_family(folded(wanted.name)).has_value(); }

const StandInFont* stand_in_for(const WantedFont& wanted) {
  static std::map<std::string, std::unique_ptr<StandInFont>> known;
  const std::string name = folded(wanted.name);
  const Family family = usual_family(name).value_or(family_by_flags(wanted.flags));
  StandInFont font;
  font.is_truetype = family != Family::symbol && family != Family::dingbats;
  font.is_fixed_pitch = family == Family::mono;
  font.has_serifs = family == Family::serif;
  font.is_italic = has_any(name, {"italic", "oblique"}) || (wanted.flags & italic_flag) != 0;
  font.is_bold = has_any(name, {"bold", "demi", "heavy", "black"}) || (wanted.flags & force_bold_flag) != 0;
  font.name = file_name(font, family);
  const auto [place, is_new] = known.try_emplace(font.name);
  if (is_new) place->second = loaded(std::move(font));
  return place->second.get();
}

}  // namespace eakte::archive
