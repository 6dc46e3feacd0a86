#include "ocr/reading/name_lists.h"

#include <gtest/gtest.h>

#include <sstream>

namespace eakte::ocr::reading {
namespace {

using Row = std::vector<std::string>;  // the cells of one row; an empty one is none

/// Cells 400 pixels apart in rows of 40, letters 20 pixels high, all of one block, read row by row.
PageText page_of(const std::vector<Row>& rows) {
  PageText page;
  for (size_t row = 0; row < rows.size(); ++row) {
    for (size_t cell = 0; cell < rows[row].size(); ++cell) {
      std::istringstream text(rows[row][cell]);
      int left = 100 + 400 * static_cast<int>(cell);
      for (std::string word; text >> word; left += static_cast<int>(word.size()) * 12 + 10) {
        page.words.push_back(
            {word,
             {left, 100 + 40 * static_cast<int>(row), static_cast<int>(word.size()) * 12, 20},
             0.9F,
             0,
             static_cast<int>(row)});
      }
    }
  }
  return page;
}

std::string in_order(const std::vector<Row>& rows) {
  PageText page = page_of(rows);
  put_name_lists_in_columns(page.words);
  return plain_text(page);
}

TEST(NameLists, ThoseCopiedInAreReadDownTheColumns) {
  EXPECT_EQ(in_order({{"Verteiler an alle Anwesenden"},
                      {"A. Amsel", "E. Elster", "I. Ibis"},
                      {"B. Bussard", "F. Falke", "J. Jagdfalke"},
                      {"C. Chukar", "G. Geier", "K. Kranich"},
                      {"D. Dohle", "H. Habicht", "L. Lerche"}}),
            "Verteiler an alle Anwesenden\n\n"
            "A. Amsel\nB. Bussard\nC. Chukar\nD. Dohle\n\n"
            "E. Elster\nF. Falke\nG. Geier\nH. Habicht\n\n"
            "I. Ibis\nJ. Jagdfalke\nK. Kranich\nL. Lerche\n");
}

TEST(NameLists, ThosePresentAreReadDownTheColumnsThoughSomeRowsAreEmpty) {
  EXPECT_EQ(in_order({{"Frau Anna von Amsel", "Dr. Egon Elster"},
                      {"Herr Bruno Bussard", ""},
                      {"Herr Carl-Christian Chukar", "Stadträtin Frieda Falke"},
                      {"Dorothea Dohle", "Stadtrat Gustav Geier"},
                      {"", "Prof. Dr. Hanna Habicht"},
                      {"Beginn der Sitzung um 18 Uhr"}}),
            "Frau Anna von Amsel\nHerr Bruno Bussard\nHerr Carl-Christian Chukar\nDorothea Dohle\n\n"
            "Dr. Egon Elster\nStadträtin Frieda Falke\nStadtrat Gustav Geier\nProf. Dr. Hanna Habicht\n\n"
            "Beginn der Sitzung um 18 Uhr\n");
}

TEST(NameLists, AMisreadNameStaysInItsColumn) {
  EXPECT_EQ(in_order({{"A. Amsel", "E. Elster"},
                      {"B. Bussard", "&. Fa1ke"},
                      {"C. Chukar", "G. Geier"},
                      {"D. Dohle", "H. Habicht"},
                      {"O. Otter", "I. Ibis"}}),
            "A. Amsel\nB. Bussard\nC. Chukar\nD. Dohle\nO. Otter\n\n"
            "E. Elster\n&. Fa1ke\nG. Geier\nH. Habicht\nI. Ibis\n");
}

struct Kept {
  std::string what;
  std::vector<Row> rows;
};

void PrintTo(const Kept& kept, std::ostream* out) { *out << kept.what; }

class RowsThatStay : public testing::TestWithParam<Kept> {};

TEST_P(RowsThatStay, InTheirOrder) {
  PageText page = page_of(GetParam().rows);
  const std::vector<Word> before = page.words;
  put_name_lists_in_columns(page.words);
  ASSERT_EQ(page.words.size(), before.size());
  for (size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(page.words[i].text, before[i].text);
    EXPECT_EQ(page.words[i].line, before[i].line);
  }
}

INSTANTIATE_TEST_SUITE_P(
    NameLists, RowsThatStay,
    testing::Values(Kept{"MembersAndTheirDeputies",
                         {{"Mitglied", "Vertretung"},
                          {"A. Amsel", "E. Elster"},
                          {"B. Bussard", "F. Falke"},
                          {"C. Chukar", "G. Geier"},
                          {"D. Dohle", "H. Habicht"}}},
                    Kept{"NamesAndAmounts",
                         {{"A. Amsel", "12,50 EUR"},
                          {"B. Bussard", "8,00 EUR"},
                          {"C. Chukar", "9,10 EUR"},
                          {"D. Dohle", "1,00 EUR"}}},
                    Kept{"LabelsAndNames",
                         {{"Antragsteller:", "A. Amsel"},
                          {"Vertreter:", "B. Bussard"},
                          {"Zeuge:", "C. Chukar"},
                          {"Bearbeiter:", "D. Dohle"}}},
                    Kept{"NounsWithoutInitialsAndTitles",
                         {{"Rathaus Nord", "Hof Mitte"},
                          {"Schule Ost", "Halle West"},
                          {"Bad Mitte", "Park Ost"},
                          {"Hort West", "Markt Nord"}}},
                    Kept{"TooFewNames",
                         {{"A. Amsel", "E. Elster"}, {"B. Bussard", "F. Falke"}, {"C. Chukar", "G. Geier"}}},
                    Kept{"OneColumn",
                         {{"A. Amsel"}, {"B. Bussard"}, {"C. Chukar"}, {"D. Dohle"}, {"E. Elster"}}},
                    Kept{"NamesWithALineAcrossThem",
                         {{"A. Amsel", "E. Elster"},
                          {"B. Bussard", "F. Falke"},
                          {"dazu kamen aus der Verwaltung und aus den Vereinen noch"},
                          {"C. Chukar", "G. Geier"},
                          {"D. Dohle", "H. Habicht"}}},
                    Kept{"NothingAtAll", {}}),
    [](const auto& tested) { return tested.param.what; });

}  // namespace
}  // namespace eakte::ocr::reading
