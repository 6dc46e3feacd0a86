#include "archive/pdf/font_program.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <filesystem>

#include "archive/pdf/stand_in_font.h"
#include "archive/pdf/truetype_subset.h"
#include "tests/archive/pdf_samples.h"

namespace eakte::archive {
namespace {

std::string encrypted(const std::string& plain, unsigned key) {
  std::string cipher;
  for (const char c : plain) {
    const auto byte = static_cast<unsigned char>(static_cast<unsigned char>(c) ^ (key >> 8U));
    cipher.push_back(static_cast<char>(byte));
    key = ((byte + key) * 52845U + 22719U) & 0xFFFFU;
  }
  return cipher;
}

/// A charstring with four bytes of noise before it.
std::string glyph(const std::string& name, const std::string& code) {
  const std::string cipher = encrypted("noise" + code, 4330).substr(0, 5 + code.size());
  return fmt::format("/{} {} RD {} ND\n", name, cipher.size(), cipher);
}

/// A Type 1 program whose charstrings have five bytes of noise.
std::string type1(const std::string& glyphs, const std::string& encoding = "StandardEncoding def") {
  const std::string hidden =
      "dup /Private 8 dict dup begin /lenIV 5 def /CharStrings 3 dict dup begin\n" + glyphs + "end end";
  return fmt::format(
             "%!PS-AdobeFont-1.0: Probe\n/FontMatrix [0.002 0 0 0.002 0 0] readonly def\n/Encoding {}\n",
             encoding) +
         "currentfile eexec\n" + encrypted("\x01\x02\x03\x04" + hidden, 55665);
}

TEST(Type1Program, TellsWidthsNamesAndEncoding) {
  // 0 250 hsbw; 0 1000 2 div hsbw
  const std::string plain = "\x8B\xF7\x8E\x0D";
  const std::string divided = "\x8B\xFA\x7C\x8D\x0C\x0C\x0D";
  const auto program =
      read_type1(type1(glyph(".notdef", plain) + glyph("A", plain) + glyph("odieresis", divided),
                       "256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 65 /A put\ndup 246 "
                       "/odieresis put\nreadonly def"));
  ASSERT_TRUE(program.has_value());
  ASSERT_EQ(program->widths.size(), 3U);
  EXPECT_DOUBLE_EQ(program->widths[static_cast<std::size_t>(program->names.at("A"))], 2 * 250);
  EXPECT_DOUBLE_EQ(program->widths[static_cast<std::size_t>(program->names.at("odieresis"))], 2 * 500);
  EXPECT_EQ(program->encoding[65], "A");
  EXPECT_EQ(program->encoding[246], "odieresis");
  EXPECT_EQ(program->encoding[66], "");
}

TEST(Type1Program, ThatIsBrokenIsNotRead) {
  const std::string whole = type1(glyph("A", "\x8B\xF7\x8E\x0D"));
  EXPECT_TRUE(read_type1(whole).has_value());
  for (std::size_t length = 0; length + 12 < whole.size(); length += 7) {
    EXPECT_FALSE(read_type1(whole.substr(0, length)).has_value()) << length;
  }
  EXPECT_FALSE(read_type1(type1(glyph("A", "\x0A"))).has_value());      // calls a subroutine without a number
  EXPECT_FALSE(read_type1(type1(glyph("A", "\x8B\x0B"))).has_value());  // ends without a width
}

TEST(StandInFont, IsChosenByNameAndStyle) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"Helvetica", "LiberationSans-Regular"},
      {"Arial-BoldMT", "LiberationSans-Bold"},
      {"ArialNarrow", "LiberationSansNarrow-Regular"},
      {"TimesNewRomanPS-BoldItalicMT", "LiberationSerif-BoldItalic"},
      {"Courier-Oblique", "LiberationMono-Italic"},
      {"CourierNewPSMT", "LiberationMono-Regular"}};
  for (const auto& [wanted, expected] : cases) {
    const StandInFont* font = stand_in_for({wanted, 0});
    if (font == nullptr) GTEST_SKIP() << "fonts-liberation is not installed";
    EXPECT_EQ(font->name, expected) << wanted;
    EXPECT_TRUE(has_usual_metrics({wanted, 0})) << wanted;
  }
  EXPECT_FALSE(has_usual_metrics({"Tahoma", 32}));
}

TEST(TrueTypeSubset, KeepsNumbersWidthsAndUsedOutlines) {
  const StandInFont* font = stand_in_for({"Helvetica", 0});
  if (font == nullptr) GTEST_SKIP() << "fonts-liberation is not installed";
  const int umlaut = font->program.unicode.at(U'ä');  // composed of two glyphs
  const std::string subset = truetype_subset(font->bytes, {umlaut});
  EXPECT_LT(subset.size(), font->bytes.size() / 2);
  const auto program = read_truetype(subset);
  ASSERT_TRUE(program.has_value());
  EXPECT_EQ(program->unicode, font->program.unicode);
  EXPECT_EQ(program->widths, font->program.widths);
  const auto wider = read_truetype(truetype_with_widths(subset, {{umlaut, 800}}));
  ASSERT_TRUE(wider.has_value());
  EXPECT_NEAR(wider->widths[static_cast<std::size_t>(umlaut)], 800, 0.5);
  EXPECT_EQ(wider->widths[36], program->widths[36]);
}

}  // namespace
}  // namespace eakte::archive
