#include "ocr/reading/specks.h"

#include <gtest/gtest.h>

namespace eakte::ocr::reading {
namespace {

Word word(std::string text, float confidence, int block, int line) {
  Word made{.text = std::move(text), .box = {0, 0, 10, 10}, .confidence = confidence};
  made.block = block;
  made.line = line;
  return made;
}

TEST(Specks, AreShortUnsureAndWithoutDigits) {
  std::vector<Word> words{word("Amt", 0.2F, 0, 0), word("|", 0.4F, 0, 0), word("ä.", 0.3F, 0, 0),
                          word("zu", 0.9F, 0, 0),  word("7", 0.1F, 0, 0), word("5.", 0.2F, 0, 0),
                          word("äöü", 0.1F, 0, 0), word("a", 0.5F, 0, 0)};
  drop_specks(words);
  std::vector<std::string> left;
  for (const Word& kept : words) left.push_back(kept.text);
  EXPECT_EQ(left, (std::vector<std::string>{"Amt", "zu", "7", "5.", "äöü", "a"}));
}

TEST(Specks, AreWordsReadOnTheHolesOfAPunch) {
  std::vector<Word> words{word("®", 0.9F, 0, 0), word("Antrag", 0.9F, 1, 1), word("e", 0.8F, 2, 2),
                          word("zu", 0.9F, 3, 3)};
  words[0].box = {52, 600, 34, 36};
  words[1].box = {80, 600, 200, 36};  // begins on the hole and goes on
  words[2].box = {55, 610, 20, 20};
  words[3].box = {400, 900, 30, 30};
  drop_words_in(words, {{50, 600, 38, 38}});
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].text, "Antrag");
  EXPECT_EQ(words[1].text, "zu");
  EXPECT_EQ(words[0].line, 0);
  EXPECT_EQ(words[1].block, 1);
  drop_words_in(words, {});
  EXPECT_EQ(words.size(), 2U);
}

TEST(Specks, LeaveNoGapsInBlocksAndLines) {
  std::vector<Word> words{word("~", 0.1F, 0, 0),   word("Stadt", 0.9F, 1, 1),   word("Neustadt", 0.9F, 1, 1),
                          word("—", 0.1F, 1, 2),   word("Rathaus", 0.9F, 1, 3), word(".", 0.1F, 2, 4),
                          word("Ende", 0.9F, 3, 5)};
  drop_specks(words);
  ASSERT_EQ(words.size(), 4U);
  std::vector<std::pair<int, int>> places;
  for (const Word& kept : words) places.emplace_back(kept.block, kept.line);
  EXPECT_EQ(places, (std::vector<std::pair<int, int>>{{0, 0}, {0, 0}, {0, 1}, {1, 2}}));
}

TEST(Specks, NothingComesOfNothing) {
  std::vector<Word> words;
  drop_specks(words);
  EXPECT_TRUE(words.empty());
}

}  // namespace
}  // namespace eakte::ocr::reading
