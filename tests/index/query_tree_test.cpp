#include "index/query_tree.h"

#include <gtest/gtest.h>

namespace eakte::index {
namespace {

std::string field_name(Field field) {
  switch (field) {
    case Field::any:
      return "";
    case Field::type:
      return "typ:";
    case Field::reference:
      return "az:";
    case Field::sender:
      return "von:";
    case Field::title:
      return "betreff:";
    case Field::folder:
      return "akte:";
    case Field::plan:
      return "plan:";
    case Field::date:
      return "datum:";
  }
  return "?";
}

// The tree in one line: & for all, | for any, ! for none.
std::string written(const QueryNode& node) {
  const auto joined = [&](const std::string& between) {
    std::string all;
    for (const QueryNode& child : node.children) all += (all.empty() ? "" : between) + written(child);
    return "(" + all + ")";
  };
  switch (node.kind) {
    case QueryNode::Kind::everything:
      return "*";
    case QueryNode::Kind::word:
      return field_name(node.field) + node.text;
    case QueryNode::Kind::prefix:
      return field_name(node.field) + node.text + "*";
    case QueryNode::Kind::phrase:
      return field_name(node.field) + "'" + node.text + "'";
    case QueryNode::Kind::days:
      return node.from + ".." + node.to;
    case QueryNode::Kind::all_of:
      return joined("&");
    case QueryNode::Kind::any_of:
      return joined("|");
    case QueryNode::Kind::none_of:
      return "!" + written(node.children.front());
  }
  return "?";
}

TEST(QueryTree, ReadsWhatPeopleType) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"", "*"},
      {"   ", "*"},
      {"Bescheid", "Bescheid"},
      {"Bescheid Steuer", "(Bescheid&Steuer)"},
      {"Bescheid UND Steuer", "(Bescheid&Steuer)"},
      {"Hund ODER Katze", "(Hund|Katze)"},
      {"Hund OR Katze", "(Hund|Katze)"},
      {"rot Hund ODER Katze", "((rot&Hund)|Katze)"},
      {"rot (Hund ODER Katze)", "(rot&(Hund|Katze))"},
      {"Hund -Katze", "(Hund&!Katze)"},
      {"Hund NICHT Katze", "(Hund&!Katze)"},
      {"Hund UND NOT Katze", "(Hund&!Katze)"},
      {"-Katze", "!Katze"},
      {"-(Hund Katze)", "!(Hund&Katze)"},
      {"\"zu zahlen\"", "'zu zahlen'"},
      {"„zu zahlen“", "'zu zahlen'"},
      {"»zu zahlen«", "'zu zahlen'"},
      {"“zu zahlen”", "'zu zahlen'"},
      {"\"nicht geschlossen", "'nicht geschlossen'"},
      {"Gewerbe*", "Gewerbe*"},
      {"typ:Bescheid von:Müller", "(typ:Bescheid&von:Müller)"},
      {"TYP: Bescheid", "typ:Bescheid"},
      {"betreff:\"neue Satzung\"", "betreff:'neue Satzung'"},
      {"betreff:(neue ODER alte)", "(betreff:neue|betreff:alte)"},
      {"az:32.1-4711/24", "az:32.1-4711/24"},
      {"-typ:Rechnung", "!typ:Rechnung"},
      {"akte:12 plan:11.50", "(akte:12&plan:11.50)"},
      {"10:30", "10:30"},
      {"http://beispiel.de", "http://beispiel.de"},
      {"und oder", "(und&oder)"},
      {"Hund ODER", "Hund"},
      {"ODER Hund", "Hund"},
      {"Hund UND", "Hund"},
      {"Hund -", "Hund"},
      {"Hund NICHT", "Hund"},
      {"§ 35 GewO", "(35&GewO)"},
      {"()", "*"},
      {"*", "*"},
      {"DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"},
      {"Konto DE89 3704 0044 0532 0130 00 Gebühr", "(Konto&DE89 3704 0044 0532 0130 00&Gebühr)"},
      {"3. November 2024", "3. November 2024"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(written(parse_query(text)), expected) << text;
}

TEST(QueryTree, ReadsDays) {
  const std::vector<std::pair<std::string, std::string>> table{{"2024", "20240101..20241231"},
                                                               {"2024-02", "20240201..20240231"},
                                                               {"2024-02-29", "20240229..20240229"},
                                                               {"03.11.2024", "20241103..20241103"},
                                                               {"3.11.24", "20241103..20241103"},
                                                               {"11.2024", "20241101..20241131"},
                                                               {"2024-01..2024-06", "20240101..20240631"},
                                                               {"..2023", "..20231231"},
                                                               {"2023..", "20230101.."},
                                                               {"1.1.2024..31.3.2024", "20240101..20240331"}};
  for (const auto& [days, expected] : table)
    EXPECT_EQ(written(parse_query("datum:" + days)), expected) << days;
}

TEST(QueryTree, RefusesWithAGermanSentence) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"(Hund", "Es fehlt eine schließende Klammer."},
      {"Hund)", "Zu einer schließenden Klammer fehlt die öffnende."},
      {"typ:", "Hinter »typ:« fehlt, wonach gesucht werden soll."},
      {"(typ:)", "Hinter »typ:« fehlt, wonach gesucht werden soll."},
      {"a*", "Vor dem Stern müssen mindestens zwei Zeichen stehen."},
  };
  for (const auto& [text, expected] : table) {
    try {
      parse_query(text);
      ADD_FAILURE() << text << " was accepted";
    } catch (const BadQuery& refusal) {
      EXPECT_EQ(refusal.what(), expected) << text;
    }
  }
  for (const char* text : {"datum:2024-13", "datum:gestern", "datum:31.02.2024", "datum:..",
                           "datum:2024..2023", "datum:5", "datum:2024-1-1-1",
                           "datum:2024.."
                           ".."}) {
    EXPECT_THROW(parse_query(text), BadQuery) << text;
  }
}

TEST(QueryTree, LimitsLengthDepthAndWords) {
  EXPECT_THROW(parse_query(std::string(2001, 'a')), BadQuery);
  EXPECT_THROW(parse_query(std::string(500, '(') + "a" + std::string(500, ')')), BadQuery);
  std::string minus;
  for (int i = 0; i < 900; ++i) minus += "-";
  EXPECT_THROW(parse_query(minus + "wort"), BadQuery);
  std::string many;
  for (int i = 0; i < 65; ++i) many += "wort ";
  EXPECT_THROW(parse_query(many), BadQuery);
}

TEST(QueryTree, TellsWhereAWordStands) {
  const QueryNode root = parse_query("typ:Bescheid Hund");
  ASSERT_EQ(root.children.size(), 2U);
  EXPECT_EQ(root.children[0].begin, 4U);
  EXPECT_EQ(root.children[0].end, 12U);
  EXPECT_EQ(root.children[1].begin, 13U);
}

}  // namespace
}  // namespace eakte::index
