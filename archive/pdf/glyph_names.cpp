#include "archive/pdf/glyph_names.h"

#include "archive/pdf/qpdf.h"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace eakte::archive {
namespace {

struct NamedGlyph {
  const char* name;
  char32_t character;
};

/// First the standard strings 1 to 228 of the Compact Font Format (Adobe technical note 5176, appendix A) in
/// their order, then further Latin glyphs of the Adobe Glyph List.
constexpr NamedGlyph glyphs[] = {{"space", 0x20},
                                 {"exclam", 0x21},
                                 {"quotedbl", 0x22},
                                 {"numbersign", 0x23},
                                 {"dollar", 0x24},
                                 {"percent", 0x25},
                                 {"ampersand", 0x26},
                                 {"quoteright", 0x2019},
                                 {"parenleft", 0x28},
                                 {"parenright", 0x29},
                                 {"asterisk", 0x2A},
                                 {"plus", 0x2B},
                                 {"comma", 0x2C},
                                 {"hyphen", 0x2D},
                                 {"period", 0x2E},
                                 {"slash", 0x2F},
                                 {"zero", 0x30},
                                 {"one", 0x31},
                                 {"two", 0x32},
                                 {"three", 0x33},
                                 {"four", 0x34},
                                 {"five", 0x35},
                                 {"six", 0x36},
                                 {"seven", 0x37},
                                 {"eight", 0x38},
                                 {"nine", 0x39},
                                 {"colon", 0x3A},
                                 {"semicolon", 0x3B},
                                 {"less", 0x3C},
                                 {"equal", 0x3D},
                                 {"greater", 0x3E},
                                 {"question", 0x3F},
                                 {"at", 0x40},
                                 {"A", 0x41},
                                 {"B", 0x42},
                                 {"C", 0x43},
                                 {"D", 0x44},
                                 {"E", 0x45},
                                 {"F", 0x46},
                                 {"G", 0x47},
                                 {"H", 0x48},
                                 {"I", 0x49},
                                 {"J", 0x4A},
                                 {"K", 0x4B},
                                 {"L", 0x4C},
                                 {"M", 0x4D},
                                 {"N", 0x4E},
                                 {"O", 0x4F},
                                 {"P", 0x50},
                                 {"Q", 0x51},
                                 {"R", 0x52},
                                 {"S", 0x53},
                                 {"T", 0x54},
                                 {"U", 0x55},
                                 {"V", 0x56},
                                 {"W", 0x57},
                                 {"X", 0x58},
                                 {"Y", 0x59},
                                 {"Z", 0x5A},
                                 {"bracketleft", 0x5B},
                                 {"backslash", 0x5C},
                                 {"bracketright", 0x5D},
                                 {"asciicircum", 0x5E},
                                 {"underscore", 0x5F},
                                 {"quoteleft", 0x2018},
                                 {"a", 0x61},
                                 {"b", 0x62},
                                 {"c", 0x63},
                                 {"d", 0x64},
                                 {"e", 0x65},
                                 {"f", 0x66},
                                 {"g", 0x67},
                                 {"h", 0x68},
                                 {"i", 0x69},
                                 {"j", 0x6A},
                                 {"k", 0x6B},
                                 {"l", 0x6C},
                                 {"m", 0x6D},
                                 {"n", 0x6E},
                                 {"o", 0x6F},
                                 {"p", 0x70},
                                 {"q", 0x71},
                                 {"r", 0x72},
                                 {"s", 0x73},
                                 {"t", 0x74},
                                 {"u", 0x75},
                                 {"v", 0x76},
                                 {"w", 0x77},
                                 {"x", 0x78},
                                 {"y", 0x79},
                                 {"z", 0x7A},
                                 {"braceleft", 0x7B},
                                 {"bar", 0x7C},
                                 {"braceright", 0x7D},
                                 {"asciitilde", 0x7E},
                                 {"exclamdown", 0xA1},
                                 {"cent", 0xA2},
                                 {"sterling", 0xA3},
                                 {"fraction", 0x2044},
                                 {"yen", 0xA5},
                                 {"florin", 0x192},
                                 {"section", 0xA7},
                                 {"currency", 0xA4},
                                 {"quotesingle", 0x27},
                                 {"quotedblleft", 0x201C},
                                 {"guillemotleft", 0xAB},
                                 {"guilsinglleft", 0x2039},
                                 {"guilsinglright", 0x203A},
                                 {"fi", 0xFB01},
                                 {"fl", 0xFB02},
                                 {"endash", 0x2013},
                                 {"dagger", 0x2020},
                                 {"daggerdbl", 0x2021},
                                 {"periodcentered", 0xB7},
                                 {"paragraph", 0xB6},
                                 {"bullet", 0x2022},
                                 {"quotesinglbase", 0x201A},
                                 {"quotedblbase", 0x201E},
                                 {"quotedblright", 0x201D},
                                 {"guillemotright", 0xBB},
                                 {"ellipsis", 0x2026},
                                 {"perthousand", 0x2030},
                                 {"questiondown", 0xBF},
                                 {"grave", 0x60},
                                 {"acute", 0xB4},
                                 {"circumflex", 0x2C6},
                                 {"tilde", 0x2DC},
                                 {"macron", 0xAF},
                                 {"breve", 0x2D8},
                                 {"dotaccent", 0x2D9},
                                 {"dieresis", 0xA8},
                                 {"ring", 0x2DA},
                                 {"cedilla", 0xB8},
                                 {"hungarumlaut", 0x2DD},
                                 {"ogonek", 0x2DB},
                                 {"caron", 0x2C7},
                                 {"emdash", 0x2014},
                                 {"AE", 0xC6},
                                 {"ordfeminine", 0xAA},
                                 {"Lslash", 0x141},
                                 {"Oslash", 0xD8},
                                 {"OE", 0x152},
                                 {"ordmasculine", 0xBA},
                                 {"ae", 0xE6},
                                 {"dotlessi", 0x131},
                                 {"lslash", 0x142},
                                 {"oslash", 0xF8},
                                 {"oe", 0x153},
                                 {"germandbls", 0xDF},
                                 {"onesuperior", 0xB9},
                                 {"logicalnot", 0xAC},
                                 {"mu", 0xB5},
                                 {"trademark", 0x2122},
                                 {"Eth", 0xD0},
                                 {"onehalf", 0xBD},
                                 {"plusminus", 0xB1},
                                 {"Thorn", 0xDE},
                                 {"onequarter", 0xBC},
                                 {"divide", 0xF7},
                                 {"brokenbar", 0xA6},
                                 {"degree", 0xB0},
                                 {"thorn", 0xFE},
                                 {"threequarters", 0xBE},
                                 {"twosuperior", 0xB2},
                                 {"registered", 0xAE},
                                 {"minus", 0x2212},
                                 {"eth", 0xF0},
                                 {"multiply", 0xD7},
                                 {"threesuperior", 0xB3},
                                 {"copyright", 0xA9},
                                 {"Aacute", 0xC1},
                                 {"Acircumflex", 0xC2},
                                 {"Adieresis", 0xC4},
                                 {"Agrave", 0xC0},
                                 {"Aring", 0xC5},
                                 {"Atilde", 0xC3},
                                 {"Ccedilla", 0xC7},
                                 {"Eacute", 0xC9},
                                 {"Ecircumflex", 0xCA},
                                 {"Edieresis", 0xCB},
                                 {"Egrave", 0xC8},
                                 {"Iacute", 0xCD},
                                 {"Icircumflex", 0xCE},
                                 {"Idieresis", 0xCF},
                                 {"Igrave", 0xCC},
                                 {"Ntilde", 0xD1},
                                 {"Oacute", 0xD3},
                                 {"Ocircumflex", 0xD4},
                                 {"Odieresis", 0xD6},
                                 {"Ograve", 0xD2},
                                 {"Otilde", 0xD5},
                                 {"Scaron", 0x160},
                                 {"Uacute", 0xDA},
                                 {"Ucircumflex", 0xDB},
                                 {"Udieresis", 0xDC},
                                 {"Ugrave", 0xD9},
                                 {"Yacute", 0xDD},
                                 {"Ydieresis", 0x178},
                                 {"Zcaron", 0x17D},
                                 {"aacute", 0xE1},
                                 {"acircumflex", 0xE2},
                                 {"adieresis", 0xE4},
                                 {"agrave", 0xE0},
                                 {"aring", 0xE5},
                                 {"atilde", 0xE3},
                                 {"ccedilla", 0xE7},
                                 {"eacute", 0xE9},
                                 {"ecircumflex", 0xEA},
                                 {"edieresis", 0xEB},
                                 {"egrave", 0xE8},
                                 {"iacute", 0xED},
                                 {"icircumflex", 0xEE},
                                 {"idieresis", 0xEF},
                                 {"igrave", 0xEC},
                                 {"ntilde", 0xF1},
                                 {"oacute", 0xF3},
                                 {"ocircumflex", 0xF4},
                                 {"odieresis", 0xF6},
                                 {"ograve", 0xF2},
                                 {"otilde", 0xF5},
                                 {"scaron", 0x161},
                                 {"uacute", 0xFA},
                                 {"ucircumflex", 0xFB},
                                 {"udieresis", 0xFC},
                                 {"ugrave", 0xF9},
                                 {"yacute", 0xFD},
                                 {"ydieresis", 0xFF},
                                 {"zcaron", 0x17E},
                                 {"Euro", 0x20AC},
                                 {"nbspace", 0xA0},
                                 {"softhyphen", 0xAD},
                                 {"sfthyphen", 0xAD},
                                 {"Abreve", 0x102},
                                 {"abreve", 0x103},
                                 {"Aogonek", 0x104},
                                 {"aogonek", 0x105},
                                 {"Cacute", 0x106},
                                 {"cacute", 0x107},
                                 {"Ccaron", 0x10C},
                                 {"ccaron", 0x10D},
                                 {"Dcaron", 0x10E},
                                 {"dcaron", 0x10F},
                                 {"Dcroat", 0x110},
                                 {"dcroat", 0x111},
                                 {"Ecaron", 0x11A},
                                 {"ecaron", 0x11B},
                                 {"Eogonek", 0x118},
                                 {"eogonek", 0x119},
                                 {"Gbreve", 0x11E},
                                 {"gbreve", 0x11F},
                                 {"Idotaccent", 0x130},
                                 {"Lcaron", 0x13D},
                                 {"lcaron", 0x13E},
                                 {"Nacute", 0x143},
                                 {"nacute", 0x144},
                                 {"Ncaron", 0x147},
                                 {"ncaron", 0x148},
                                 {"Ohungarumlaut", 0x150},
                                 {"ohungarumlaut", 0x151},
                                 {"Rcaron", 0x158},
                                 {"rcaron", 0x159},
                                 {"Sacute", 0x15A},
                                 {"sacute", 0x15B},
                                 {"Scedilla", 0x15E},
                                 {"scedilla", 0x15F},
                                 {"Tcaron", 0x164},
                                 {"tcaron", 0x165},
                                 {"Uhungarumlaut", 0x170},
                                 {"uhungarumlaut", 0x171},
                                 {"Uring", 0x16E},
                                 {"uring", 0x16F},
                                 {"Zacute", 0x179},
                                 {"zacute", 0x17A},
                                 {"Zdotaccent", 0x17B},
                                 {"zdotaccent", 0x17C},
                                 {"ff", 0xFB00},
                                 {"ffi", 0xFB03},
                                 {"ffl", 0xFB04},
                                 {"Delta", 0x2206},
                                 {"Omega", 0x2126},
                                 {"lozenge", 0x25CA},
                                 {"notequal", 0x2260},
                                 {"lessequal", 0x2264},
                                 {"greaterequal", 0x2265},
                                 {"infinity", 0x221E},
                                 {"partialdiff", 0x2202},
                                 {"summation", 0x2211},
                                 {"product", 0x220F},
                                 {"pi", 0x3C0},
                                 {"integral", 0x222B},
                                 {"radical", 0x221A},
                                 {"approxequal", 0x2248},
                                 {"apple", 0xF8FF}};

constexpr int standard_strings = 228;

/// Codes of StandardEncoding above the ASCII range, as runs of consecutive standard strings.
struct Run {
  int first_code;
  int last_code;
  int first_string;
};
constexpr Run standard_runs[] = {{32, 126, 1},    {161, 175, 96},  {177, 180, 111}, {182, 189, 115},
                                 {191, 191, 123}, {193, 200, 124}, {202, 203, 132}, {205, 208, 134},
                                 {225, 225, 138}, {227, 227, 139}, {232, 235, 140}, {241, 241, 144},
                                 {245, 245, 145}, {248, 251, 146}};

char32_t only_character(const std::string& utf8) {
  std::size_t position = 0;
  bool malformed = false;
  const unsigned long value = QUtil::get_next_utf8_codepoint(utf8, position, malformed);
  return malformed ? 0 : static_cast<char32_t>(value);
}

}  // namespace

std::string standard_string(int number) {
  return number >= 1 && number <= standard_strings ? glyphs[number - 1].name : std::string();
}

char32_t character_of_glyph(const std::string& name) {
  static const std::map<std::string, char32_t> known = [] {
    std::map<std::string, char32_t> result;
    for (const NamedGlyph& glyph : glyphs) result.emplace(glyph.name, glyph.character);
    return result;
  }();
  const auto found = known.find(name);
  if (found != known.end()) return found->second;
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); };
  std::string digits;
  if (name.size() == 7 && name.starts_with("uni")) digits = name.substr(3);
  if (name.size() >= 5 && name.size() <= 7 && name[0] == 'u') digits = name.substr(1);
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_hex)) return 0;
  return static_cast<char32_t>(std::strtoul(digits.c_str(), nullptr, 16));
}

std::string glyph_of_character(char32_t character) {
  static const std::map<char32_t, std::string> known = [] {
    std::map<char32_t, std::string> result;
    for (const NamedGlyph& glyph : glyphs) result.emplace(glyph.character, glyph.name);
    // WinAnsi shows a blank and a hyphen for these.
    result[0xA0] = "space";
    result[0xAD] = "hyphen";
    return result;
  }();
  const auto found = known.find(character);
  return found == known.end() ? std::string() : found->second;
}

std::string glyph_in_encoding(const std::string& encoding, unsigned char code) {
  const std::string byte(1, static_cast<char>(code));
  if (encoding == "/WinAnsiEncoding")
    return glyph_of_character(only_character(QUtil::win_ansi_to_utf8(byte)));
  if (encoding == "/MacRomanEncoding")
    return glyph_of_character(only_character(QUtil::mac_roman_to_utf8(byte)));
  if (encoding != "/StandardEncoding") return {};
  for (const Run& run : standard_runs) {
    if (code >= run.first_code && code <= run.last_code)
      return standard_string(run.first_string + code - run.first_code);
  }
  return {};
}

}  // namespace eakte::archive
