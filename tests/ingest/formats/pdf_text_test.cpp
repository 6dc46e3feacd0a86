#include "ingest/formats/pdf_text.h"

#include <gtest/gtest.h>

namespace eakte::ingest {
namespace {

TEST(PdfText, WordsBecomeUtf8) {
  struct Case {
    std::u16string drawn;
    std::string word;
  };
  const std::vector<Case> cases = {
      {u"Straße", "Straße"},
      {u"Müller", "Müller"},
      {u"Mu\u0308ller", "Müller"},  // as a Mac writes it
      {u"A\u030Angstro\u0308m", "Ångström"},
      {u"Re\u0301sume\u0301", "Résumé"},
      {u"x\u0308", "x\u0308"},  // no such letter
      {u" Wort\u00A0\n", "Wort"},
      {u"Be\u00ADscheid-", "Be\u00ADscheid-"},  // hyphens stay
      {u"\u0001\u0002", ""},
      {u"\U0001F4C4", "\U0001F4C4"},
      {u"\xD83Dx", "x"},
      {u"€", "€"},
      {u"", ""},
  };
  for (const Case& sample : cases) EXPECT_EQ(utf8_word(sample.drawn), sample.word);
}

TEST(PdfText, CountsWhatStandsForNoLetter) {
  EXPECT_EQ(unusable_characters(u"Bescheid"), 0);
  EXPECT_EQ(unusable_characters(u"\uE001\uF02A\u0003\uFFFD"), 4);
}

DrawnWord word(std::u16string text, double left, double top, double width = 40, double height = 10) {
  return {std::move(text), left, top, left + width, top + height, false};
}

TEST(PdfText, PutsWordsIntoLinesAndBlocks) {
  const ocr::PageText page = page_text_from(
      {
          word(u"Stadt", 50, 50), word(u"Musterstadt", 95, 51), word(u"Bauamt", 50, 63),  // letter head
          word(u"Sehr", 50, 150), word(u"geehrte", 95, 150),                              // past a gap
          word(u"rechts", 350, 50), word(u"oben", 395, 50),                               // another column
      },
      595, 842, 144);
  ASSERT_EQ(page.words.size(), 7U);
  std::vector<int> lines;
  std::vector<int> blocks;
  for (const ocr::Word& found : page.words) {
    lines.push_back(found.line);
    blocks.push_back(found.block);
  }
  EXPECT_EQ(lines, (std::vector<int>{0, 0, 1, 2, 2, 3, 3}));
  EXPECT_EQ(blocks, (std::vector<int>{0, 0, 0, 1, 1, 2, 2}));
  EXPECT_EQ(page.words[0].box, (ocr::Box{100, 100, 80, 20}));
  EXPECT_EQ(page.width, 1190);
  EXPECT_EQ(page.height, 1684);
  EXPECT_EQ(page.confidence, 1.0F);
}

TEST(PdfText, KeepsColumnsOfOneHeightApart) {
  const ocr::PageText page = page_text_from({word(u"links", 50, 50), word(u"rechts", 300, 50)}, 595, 842, 72);
  ASSERT_EQ(page.words.size(), 2U);
  EXPECT_NE(page.words[0].line, page.words[1].line);
}

TEST(PdfText, LeavesOutWhatStandsBesideThePage) {
  const ocr::PageText page =
      page_text_from({word(u"weg", -100, 50), word(u"weg", 50, 900), word(u"halb", 580, 50)}, 595, 842, 72);
  ASSERT_EQ(page.words.size(), 1U);
  EXPECT_EQ(page.words[0].text, "halb");
  EXPECT_EQ(page.words[0].box.left + page.words[0].box.width, 595);
}

}  // namespace
}  // namespace eakte::ingest
