#include "index/german_text.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace eakte::index {
namespace {

std::string words(const TokenizedText& text) {
  std::string all;
  for (const Token& token : text.tokens) all += (all.empty() ? "" : " ") + token.exact;
  return all;
}

bool has_run(const TokenizedText& text, TokenRun::Kind kind, const std::string& term) {
  return std::ranges::any_of(text.runs,
                             [&](const TokenRun& run) { return run.kind == kind && run.term == term; });
}

TEST(GermanText, WritesTheSameWordOneWay) {
  const std::vector<std::vector<std::string>> alike{
      {"Müller", "Mueller", "MÜLLER", "muller", "Mu\u0308ller"},
      {"Straße", "Strasse", "STRASSE", "STRAẞE"},
      {"Häuser", "Haeuser", "hauser"},
      {"säen", "saeen"},
      {"Größe", "Groesse", "GRÖSSE"},
      {"Łódź", "Lodz"},
      {"Crème", "creme"},
  };
  for (const auto& group : alike) {
    for (const std::string& word : group) EXPECT_EQ(fold(word), fold(group.front())) << word;
  }
}

TEST(GermanText, KeepsAnEThatIsNoUmlaut) {
  EXPECT_EQ(fold("Steuer"), "steuer");
  EXPECT_EQ(fold("neue"), "neue");
  EXPECT_EQ(fold("Quelle"), "quelle");
}

TEST(GermanText, StemsInflections) {
  const std::vector<std::pair<std::string, std::string>> pairs{
      {"Bescheide", "Bescheid"}, {"Bescheides", "Bescheid"}, {"Häuser", "Haus"},
      {"Gebühren", "Gebühr"},    {"Steuern", "Steuer"},      {"neues", "neue"},
      {"Satzungen", "Satzung"},  {"Anträge", "Antrag"},      {"Grundstücke", "Grundstück"}};
  for (const auto& [one, other] : pairs) EXPECT_EQ(stem(fold(one)), stem(fold(other))) << one;
}

TEST(GermanText, JoinsWordsDividedAtTheLineEnd) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"die Gewerbe-\nsteuer", "die gewerbesteuer"},
      {"Gewer-\nbe-\nsteuer", "gewerbesteuer"},
      {"Gewerbe\u00AD\nsteuer", "gewerbesteuer"},
      {"Gewerbe\u00ADsteuer", "gewerbesteuer"},
      {"Gewerbe¬ \n steuer", "gewerbesteuer"},
      {"Grund-\nund Gewerbesteuer", "grund und gewerbesteuer"},
      {"Garten-\noder Hofabfälle", "garten oder hofabfalle"},
      {"Müller-\nLüdenscheidt", "muller ludenscheidt"},
      {"Haus -\nhof", "haus hof"},
      {"Ende-\n\nanfang", "ende anfang"},
      {"Säu-\nerung", "sauerung"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(words(tokenize(text)), expected) << text;
}

TEST(GermanText, ATokenCoversBothPartsOfADividedWord) {
  const std::string text = "die Gewerbe-\nsteuer";
  const TokenizedText tokenized = tokenize(text);
  ASSERT_EQ(tokenized.tokens.size(), 2U);
  EXPECT_EQ(tokenized.tokens[1].begin, 4U);
  EXPECT_EQ(tokenized.tokens[1].end, text.size());
}

TEST(GermanText, FindsNumbersAsAWhole) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"Az. 32.1-4711/24", "32-1-4711-24"},
      {"Kassenzeichen 5.0123.456789.0 bitte", "5-0123-456789-0"},
      {"Flurstück 123/4", "123-4"},
      {"am 3.11.2024.", "d2024-11-03"},
      {"am 03.11.24", "d2024-11-03"},
      {"3. November 2024", "d2024-11-03"},
      {"den 1. März 2023", "d2023-03-01"},
      {"1.234,56 EUR", "1234-56"},
      {"IBAN: DE89 3704 0044 0532 0130 00", "de89370400440532013000"},
      {"DE89370400440532013000", "de89370400440532013000"},
      {"32.1-\n4711/24", "32-1-4711-24"},
  };
  for (const auto& [text, expected] : table) {
    EXPECT_TRUE(has_run(tokenize(text), TokenRun::Kind::number, expected)) << text;
  }
  EXPECT_FALSE(has_run(tokenize("31.2.2024"), TokenRun::Kind::number, "d2024-02-31"));
  EXPECT_FALSE(
      has_run(tokenize("DE88 3704 0044 0532 0130 00"), TokenRun::Kind::number, "de88370400440532013000"));
}

TEST(GermanText, JoinsHyphenatedWordsAndKeepsTheirParts) {
  const TokenizedText text = tokenize("Abwasser-Gebühr und/oder E-Mail");
  EXPECT_EQ(words(text), "abwasser gebuhr und oder e mail");
  EXPECT_TRUE(has_run(text, TokenRun::Kind::joined, "abwassergebuhr"));
  EXPECT_TRUE(has_run(text, TokenRun::Kind::joined, "email"));
  EXPECT_FALSE(has_run(text, TokenRun::Kind::joined, "undoder"));
}

TEST(GermanText, CutsLongWordsInsteadOfDroppingThem) {
  const std::string seventy_nine =
      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
  EXPECT_EQ(words(tokenize(seventy_nine)),
            "donaudampfschifffahrtselektrizitatenhauptbetriebswerkbauunterbeamtengesellschaft");
  const TokenizedText endless = tokenize(std::string(5000, 'x'));
  ASSERT_EQ(endless.tokens.size(), 1U);
  EXPECT_EQ(endless.tokens[0].exact.size(), longest_token);
  EXPECT_EQ(endless.tokens[0].end, 5000U);
}

TEST(GermanText, AcceptsAnyBytes) {
  EXPECT_EQ(words(tokenize("\xFF\xFE Stra\xDF"
                           "e")),
            "yt strasse");
  EXPECT_TRUE(tokenize(std::string_view("\0\0", 2)).tokens.empty());
  EXPECT_TRUE(tokenize("").tokens.empty());
  EXPECT_EQ(words(tokenize("Київ")), "київ");
}

}  // namespace
}  // namespace eakte::index
