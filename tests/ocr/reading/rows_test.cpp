#include "ocr/reading/rows.h"

#include <gtest/gtest.h>

namespace eakte::ocr::reading {
namespace {

/// A word of letters 20 pixels high whose baseline is at `baseline`.
Word word(const std::string& text, int left, int baseline, int block, int line) {
  return {text, {left, baseline - 20, static_cast<int>(text.size()) * 12, 20}, 0.9F, block, line};
}

PageText page_of(std::vector<Word> words) {
  PageText page;
  page.words = std::move(words);
  return page;
}

std::string joined(std::vector<Word> words) {
  join_rows(words);
  return plain_text(page_of(std::move(words)));
}

std::vector<Word> column(int left, int top, int lines, int block, int first_line, const std::string& text) {
  std::vector<Word> words;
  for (int line = 0; line < lines; ++line)
    for (int i = 0; i < 5; ++i)
      words.push_back(word(text, left + i * 80, top + line * 30, block, first_line + line));
  return words;
}

TEST(Rows, LabelsAndValuesThatCameAsBlocksBecomeRows) {
  EXPECT_EQ(joined({word("Gemarkung", 100, 100, 0, 0), word("Auenheim", 100, 140, 1, 1),
                    word("Parzelle", 500, 100, 2, 2), word("8098", 500, 141, 3, 3)}),
            "Gemarkung Parzelle\n\nAuenheim 8098\n");
}

TEST(Rows, ATableReadColumnByColumnIsReadRowByRow) {
  std::vector<Word> words;
  for (int column = 0; column < 3; ++column)
    for (int row = 0; row < 4; ++row)
      words.push_back(word(std::string(1, static_cast<char>('A' + column)) + std::to_string(row),
                           100 + 300 * column, 100 + 40 * row, column, column * 4 + row));
  EXPECT_EQ(joined(words), "A0 B0 C0\nA1 B1 C1\nA2 B2 C2\nA3 B3 C3\n");
}

TEST(Rows, ColumnsOfRunningTextStayColumns) {
  std::vector<Word> words = column(100, 100, 4, 0, 0, "links");
  for (const Word& other : column(700, 100, 4, 1, 4, "drueben")) words.push_back(other);
  const std::vector<Word> before = words;
  join_rows(words);
  ASSERT_EQ(words.size(), before.size());
  for (size_t i = 0; i < words.size(); ++i) {
    EXPECT_EQ(words[i].text, before[i].text);
    EXPECT_EQ(words[i].line, before[i].line);
  }
}

TEST(Rows, BlocksWhoseBaselinesDifferAreNotTornApart) {
  // The address of a letter, with the reference lines beside it in another spacing.
  std::vector<Word> words{word("Herrn", 100, 100, 0, 0), word("Est", 100, 140, 0, 1),
                          word("Weg", 100, 180, 0, 2), word("Ort", 100, 220, 0, 3)};
  for (int i = 0; i < 4; ++i) words.push_back(word("Zeichen", 600, 112 + i * 33, 1, 4 + i));
  EXPECT_EQ(joined(words), "Herrn\nEst\nWeg\nOrt\n\nZeichen\nZeichen\nZeichen\nZeichen\n");
}

TEST(Rows, WhatStandsBetweenJoinedRowsKeepsItsPlace) {
  EXPECT_EQ(
      joined({word("Name", 100, 100, 0, 0), word("Ort", 100, 300, 1, 1), word("Ueberschrift", 100, 200, 2, 2),
              word("Est", 500, 100, 3, 3), word("Auenheim", 500, 300, 4, 4)}),
      "Name Est\n\nUeberschrift\n\nOrt Auenheim\n");
}

TEST(Rows, NoWordIsLostAndLinesAreNumberedInOrder) {
  std::vector<Word> words{word("b", 500, 100, 4, 7), word("a", 100, 100, 9, 8), word("c", 100, 160, 9, 9)};
  join_rows(words);
  ASSERT_EQ(words.size(), 3U);
  EXPECT_EQ(words[0].text, "a");
  EXPECT_EQ(words[1].text, "b");
  EXPECT_EQ(words[0].line, words[1].line);
  EXPECT_EQ(words[2].line, words[1].line + 1);
  std::vector<Word> none;
  join_rows(none);
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace eakte::ocr::reading
