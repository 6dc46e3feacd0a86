#include "index/compounds.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "index/german_text.h"

namespace eakte::index {
namespace {

std::string parts(const Compounds& compounds, std::string_view word) {
  std::string all;
  for (const std::string& part : compounds.split(fold(word))) all += (all.empty() ? "" : "|") + part;
  return all;
}

TEST(Compounds, SplitOfficeWordsWithoutAWordList) {
  const Compounds compounds("/does/not/exist");
  const std::vector<std::pair<std::string, std::string>> table{
      {"Abwassergebührenbescheid", "abwasser|gebuhren|bescheid"},
      {"Gewerbesteuer", "gewerbe|steuer"},
      {"Bebauungsplan", "bebauungs|plan"},
      {"Meldebescheinigung", "melde|bescheinigung"},
      {"Eheschließung", "ehe|schliessung"},
      {"Bauamt", "bau|amt"},
      {"Gemeinderat", "gemeinde|rat"},
      {"Verwaltungsgericht", "verwaltung|gericht"},
  };
  for (const auto& [word, expected] : table) EXPECT_EQ(parts(compounds, word), expected) << word;
}

TEST(Compounds, LeaveSimpleWordsWhole) {
  const Compounds compounds;
  for (const char* word : {"Verwaltung", "Information", "Gebäude", "Antrag", "Mahnung", "Unterlagen", "Monat",
                           "Genehmigung", "Beteiligung", "Vertrag", "x", ""}) {
    EXPECT_EQ(parts(compounds, word), "") << word;
  }
}

TEST(Compounds, UseTheWordListWhenThereIsOne) {
  if (!std::filesystem::exists("/usr/share/dict/ngerman"))
    GTEST_SKIP() << "package wngerman is not installed";
  const Compounds compounds;
  EXPECT_EQ(parts(compounds, "Führerscheinstelle"), "fuhrer|schein|stelle");
  EXPECT_EQ(parts(compounds, "Zahlungserinnerung"), "zahlungs|erinnerung");
  EXPECT_EQ(parts(compounds, "Staubecken"), "stau|becken");
}

TEST(Compounds, DoNotSplitWhatIsNoWord) {
  const Compounds compounds;
  EXPECT_EQ(parts(compounds, "qwrtzxcvbnmqwrtz"), "");
  EXPECT_EQ(parts(compounds, std::string(3000, 'a')), "");
}

}  // namespace
}  // namespace eakte::index
