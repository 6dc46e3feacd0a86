#include "archive/text_correction.h"

#include <gtest/gtest.h>

#include <sstream>

namespace eakte::archive {
namespace {

/// Lines of words, 20 pixels a letter, 40 pixels high, one line every 60 pixels.
ocr::PageText page_of(const std::vector<std::string>& lines) {
  ocr::PageText page;
  page.width = 2000;
  page.height = 3000;
  page.confidence = 0.5F;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    std::istringstream words(lines[line]);
    int left = 100;
    for (std::string word; words >> word;) {
      const int width = 20 * static_cast<int>(word.size());
      page.words.push_back({.text = word,
                            .box = {left, 200 + 60 * static_cast<int>(line), width, 40},
                            .confidence = 0.5F,
                            .block = 0,
                            .line = static_cast<int>(line)});
      left += width + 20;
    }
  }
  return page;
}

using Lines = std::vector<std::string>;

TEST(TextCorrection, AWordThatIsWrittenOtherwiseKeepsItsBox) {
  const ocr::PageText machine = page_of({"Stadt Musterhausem den", "Hundesleuer Bescheid"});
  const ocr::PageText page = corrected_text(machine, {"Stadt Musterhausen den", "Hundesteuer Bescheid"});
  ASSERT_EQ(page.words.size(), machine.words.size());
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    EXPECT_EQ(page.words[i].box, machine.words[i].box) << page.words[i].text;
    EXPECT_EQ(page.words[i].line, machine.words[i].line);
    EXPECT_EQ(page.words[i].confidence, 1.0F);
  }
  EXPECT_EQ(page.confidence, 1.0F);
  EXPECT_EQ(lines_of(page), (Lines{"Stadt Musterhausen den", "Hundesteuer Bescheid"}));
}

TEST(TextCorrection, AWordTheMachineMissedLiesInTheGapOfItsLine) {
  ocr::PageText machine = page_of({"Der Antrag wurde gestern bewilligt"});
  const ocr::Box missed = machine.words[3].box;
  machine.words.erase(machine.words.begin() + 3);
  const ocr::PageText page = corrected_text(machine, {"Der Antrag wurde gestern bewilligt"});
  ASSERT_EQ(page.words.size(), 5U);
  const ocr::Box& box = page.words[3].box;
  EXPECT_GE(box.left, missed.left - 20);
  EXPECT_LE(box.left + box.width, missed.left + missed.width + 20);
  EXPECT_EQ(box.top, missed.top);
  EXPECT_GT(box.width, missed.width / 2);
}

TEST(TextCorrection, ASplitWordSharesTheBox) {
  const ocr::PageText machine = page_of({"vom 12.März2026xyzuvw an"});
  const ocr::PageText page = corrected_text(machine, {"vom zwölften dritten an"});
  ASSERT_EQ(page.words.size(), 4U);
  const ocr::Box& whole = machine.words[1].box;
  for (const std::size_t i : {1U, 2U}) {
    EXPECT_GE(page.words[i].box.left, whole.left);
    EXPECT_LE(page.words[i].box.left + page.words[i].box.width, whole.left + whole.width);
  }
  EXPECT_LE(page.words[1].box.left + page.words[1].box.width, page.words[2].box.left);
}

TEST(TextCorrection, ALineTheMachineMissedLiesBelowTheOneBefore) {
  const ocr::PageText machine = page_of({"Erste Zeile", "dritte Zeile"});
  const ocr::PageText page =
      corrected_text(machine, {"Erste Zeile", "Handschriftlicher Vermerk", "dritte Zeile"});
  ASSERT_EQ(page.words.size(), 6U);
  EXPECT_GT(page.words[2].box.top, page.words[0].box.top);
  EXPECT_EQ(page.words[2].line, 1);
  EXPECT_EQ(page.words[4].line, 2);
  EXPECT_EQ(page.words[4].box, machine.words[2].box);
}

TEST(TextCorrection, AnEmptyPageTakesText) {
  ocr::PageText machine = page_of({});
  const ocr::PageText page = corrected_text(machine, {"", "  Vermerk\tvom 3. Mai  ", "", "gez. Beispiel"});
  ASSERT_EQ(page.words.size(), 6U);
  EXPECT_EQ(page.words[0].line, 0);
  EXPECT_EQ(page.words[4].line, 1);
  for (const ocr::Word& word : page.words) {
    EXPECT_GE(word.box.left, 0);
    EXPECT_GT(word.box.width, 0);
    EXPECT_LE(word.box.left + word.box.width, page.width);
    EXPECT_LE(word.box.top + word.box.height, page.height);
  }
  EXPECT_TRUE(corrected_text(page, {}).words.empty());
  EXPECT_TRUE(corrected_text(page, {"", " "}).words.empty());
}

TEST(TextCorrection, BoxesStayOnThePageAndInOrderWhateverIsWritten) {
  const ocr::PageText machine =
      page_of({"Sehr geehrte Damen und Herren", "hiermit teilen wir Ihnen mit", "dass der Bescheid ergeht"});
  const std::vector<Lines> texts = {
      {"ganz anderes", "und noch mehr ganz anderes als das was dort gestanden hat, Wort für Wort"},
      {"dass der Bescheid ergeht", "Sehr geehrte Damen und Herren"},
      {std::string(5000, 'x')},
      {"a b c d e f g h i j k l m n o p q r s t u v w x y z geehrte a b c d e f g h i j k l m n o p"},
      {"Sehr", "geehrte", "Damen", "und", "Herren"},
  };
  for (const Lines& lines : texts) {
    const ocr::PageText page = corrected_text(machine, lines);
    EXPECT_EQ(lines_of(page).size(), lines.size());
    for (const ocr::Word& word : page.words) {
      EXPECT_GE(word.box.left, 0);
      EXPECT_GE(word.box.top, 0);
      EXPECT_GE(word.box.width, 1);
      EXPECT_GE(word.box.height, 1);
      EXPECT_LE(word.box.left + word.box.width, page.width);
      EXPECT_LE(word.box.top + word.box.height, page.height);
    }
  }
}

TEST(TextCorrection, APageWithoutSizeIsNoTrap) {
  const ocr::PageText page = corrected_text({}, {"Wort auf einer Seite ohne Maße"});
  EXPECT_EQ(page.words.size(), 6U);
}

}  // namespace
}  // namespace eakte::archive
