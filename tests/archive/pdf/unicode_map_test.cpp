#include "archive/pdf/unicode_map.h"

#include <gtest/gtest.h>

namespace eakte::archive {
namespace {

std::optional<UnicodeMap> map_of(const std::string& text) {
  QPDF pdf;
  pdf.emptyPDF();
  return read_unicode_map(pdf.newStream(text));
}

TEST(UnicodeMap, TellsWhatCodesStandFor) {
  const auto map = map_of(
      "1 beginbfchar <01> <0041> endbfchar 2 beginbfrange <02> <03> <00420058> <04> <05> [<0061> <0062>] "
      "endbfrange");
  using namespace std::string_literals;
  EXPECT_EQ(map, (UnicodeMap{{1, "\0A"s}, {2, "\0B\0X"s}, {3, "\0B\0Y"s}, {4, "\0a"s}, {5, "\0b"s}}));
}

TEST(UnicodeMap, OfEveryCodeOfAFontIsRead) {
  const auto map = map_of("1 beginbfrange <0000> <ffff> <0000> endbfrange");
  ASSERT_TRUE(map);
  EXPECT_EQ(map->size(), 65536U);
}

TEST(UnicodeMap, MadeToTakeHoursOrAllMemoryIsNotRead) {
  std::string again = "1000 beginbfrange";
  for (int i = 0; i < 100'000; ++i) again += " <0000> <ffff> <0041>";
  EXPECT_FALSE(map_of(again + " endbfrange"));
  EXPECT_FALSE(map_of("1 beginbfrange <0000> <ffff> <" + std::string(4'000'000, '4') + "> endbfrange"));
}

}  // namespace
}  // namespace eakte::archive
