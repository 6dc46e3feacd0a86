#include "ingest/classify.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "classify_sheet.h"
#include "ingest/classify/document_type.h"
#include "ingest/classify/plan_entry.h"

namespace eakte::ingest {
namespace {

using eakte::testing::Sheet;
using eakte::testing::small_plan;

const archive::Date kToday{std::chrono::year(2026), std::chrono::March, std::chrono::day(10)};

const archive::Proposal* proposal(const Classification& found, const std::string& field) {
  const auto it = std::find_if(found.proposals.begin(), found.proposals.end(),
                               [&](const archive::Proposal& p) { return p.field == field; });
  return it == found.proposals.end() ? nullptr : &*it;
}

Sheet fee_notice() {
  return Sheet()
      .at(25, 13, "Stadt Musterstadt (Altmark)", 4.6)
      .at(25, 22, "Friedhofsverwaltung", 3)
      .at(25, 46, "Stadt Musterstadt (Altmark) · Marktplatz 1 · 39999 Musterstadt", 1.8)
      .at(25, 53, "Frau")
      .at(25, 58, "Gisela Körtge")
      .at(25, 63, "Lindenstraße 14")
      .at(25, 68, "39999 Musterstadt (Altmark)")
      .at(125, 53, "Unser Zeichen:", 2.4)
      .at(154, 53, "55.10.10-382/26", 2.4)
      .at(125, 58, "Datum:", 2.4)
      .at(154, 58, "12.02.2026", 2.4)
      .at(25, 98, "Gebührenbescheid", 4.2)
      .at(25, 107, "Verlängerung des Nutzungsrechts an der Wahlgrabstätte C 12")
      .at(25, 116, "Sehr geehrte Frau Körtge,")
      .at(25, 124, "für die Grabstätte setzen wir folgende Gebühren fest:")
      .at(25, 132, "Verlängerung um 10 Jahre")
      .at(175, 132, "420,00")
      .at(25, 138, "Gesamtbetrag")
      .at(175, 138, "482,50")
      .at(25, 146,
          "Bitte zahlen Sie bis zum 16.03.2026 unter Angabe des Kassenzeichens 5.4711.000382.6 auf das Konto")
      .at(25, 151, "IBAN DE89 3704 0044 0532 0130 00.");
}

TEST(Classify, ReadsALetterOfAnOffice) {
  const Classification found = classify(fee_notice().pages(), small_plan(), nullptr, kToday);
  EXPECT_EQ(found.fields.document_type, "Gebührenbescheid");
  EXPECT_GT(found.type_confidence, 0.8);
  EXPECT_EQ(found.fields.sender, "Stadt Musterstadt (Altmark)");
  EXPECT_EQ(found.fields.recipient, "Gisela Körtge");
  EXPECT_EQ(found.fields.reference, "55.10.10-382/26");
  EXPECT_EQ(found.fields.title, "Verlängerung des Nutzungsrechts an der Wahlgrabstätte C 12");
  ASSERT_TRUE(found.fields.document_date);
  EXPECT_EQ(archive::to_iso(*found.fields.document_date), "2026-02-12");
  // Two entries take fee notices; the reference begins with the number of one of them.
  EXPECT_EQ(found.fields.plan_entry, "55.10.10");
  EXPECT_GT(found.plan_confidence, 0.8);
  ASSERT_NE(proposal(found, "amount"), nullptr);
  EXPECT_EQ(proposal(found, "amount")->value, "482.50");
  EXPECT_EQ(proposal(found, "iban")->value, "DE89370400440532013000");
  EXPECT_EQ(proposal(found, "kassenzeichen")->value, "5.4711.000382.6");
}

TEST(Classify, GivesEachProposalAReasonAndAConfidence) {
  for (const archive::Proposal& one :
       classify(fee_notice().pages(), small_plan(), nullptr, kToday).proposals) {
    EXPECT_FALSE(one.value.empty()) << one.field;
    EXPECT_FALSE(one.reason.empty()) << one.field;
    EXPECT_GE(one.confidence, 0) << one.field;
    EXPECT_LE(one.confidence, 1) << one.field;
  }
}

TEST(Classify, IsUnsureWhenSeveralEntriesAreEquallyGood) {
  const Sheet letter = Sheet()
                           .at(25, 98, "Bescheid", 4.4)
                           .at(25, 110, "Sehr geehrte Frau Höhne,")
                           .at(25, 118, "auf Ihre Eingabe ergeht folgender Bescheid.")
                           .at(25, 124, "Die Entscheidung ist kostenfrei.");
  const Classification found = classify(letter.pages(), small_plan(), nullptr, kToday);
  EXPECT_EQ(found.fields.document_type, "Bescheid");
  EXPECT_LT(found.plan_confidence, 0.6);
}

TEST(Classify, ProposesNothingForABlankPageOrAnUnknownText) {
  EXPECT_TRUE(classify(PagesToClassify(), small_plan(), nullptr, kToday).proposals.empty());
  EXPECT_TRUE(classify({ocr::PageText{}}, small_plan(), nullptr, kToday).proposals.empty());
  const Classification found =
      classify(Sheet().at(25, 98, "Die Amsel sang im Apfelbaum").pages(), small_plan(), nullptr, kToday);
  EXPECT_TRUE(found.fields.document_type.empty());
  EXPECT_TRUE(found.fields.plan_entry.empty());
  EXPECT_EQ(found.plan_confidence, 0);
  EXPECT_EQ(found.fields.title, "Die Amsel sang im Apfelbaum");
}

TEST(Classify, KeepsTheFirstAndLastPagesOfALongDocument) {
  PagesToClassify pages;
  for (int number = 1; number <= 3000; ++number) pages.add({.width = number, .height = 1, .words = {}});
  std::vector<int> kept;
  for (const ocr::PageText& page : pages.telling()) kept.push_back(page.width);
  EXPECT_EQ(kept, (std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2999, 3000}));
}

TEST(Classify, SurvivesPagesWithoutResolutionOrWithStrangeBoxes) {
  ocr::PageText page;
  page.dpi = 0;
  page.words = {{"Rechnung", {-5, -7, 100, 20}, 0.5F, 0, 0},
                {"\xFF\xFE", {0, 0, 0, 0}, 0.1F, 0, 0},
                {"12.02.2026", {2000000000, 2000000000, 100, 100}, 1.0F, 1, 1}};
  EXPECT_NO_THROW(classify({page}, small_plan(), nullptr, kToday));
}

TEST(Classify, NamesAnInvoiceByItsNumber) {
  const Sheet invoice = Sheet()
                            .at(25, 46, "Böhlke GmbH · Ziegeleiweg 4 · 39999 Musterstadt", 1.8)
                            .at(125, 53, "Rechnungsnummer:")
                            .at(170, 53, "2026-00117")
                            .at(25, 90, "Rechnung", 5)
                            .at(25, 105, "Räumen und Streuen Marktplatz, je Einsatz")
                            .at(25, 111, "Streugut Splitt, eine Tonne, geliefert");
  const Classification found = classify(invoice.pages(), small_plan(), nullptr, kToday);
  EXPECT_EQ(found.fields.title, "Rechnung 2026-00117");
  EXPECT_EQ(found.fields.plan_entry, "11.50.20");
  EXPECT_EQ(found.fields.sender, "Böhlke GmbH");
}

struct NamedType {
  const char* line;
  const char* type;
  bool named;
};

class TypeNames : public ::testing::TestWithParam<NamedType> {};

TEST_P(TypeNames, AreFoundInHeadlines) {
  EXPECT_EQ(named_in(GetParam().line, GetParam().type) > 0, GetParam().named) << GetParam().line;
}

INSTANTIATE_TEST_SUITE_P(
    Table, TypeNames,
    ::testing::Values(NamedType{"Gebührenbescheid", "Gebührenbescheid", true},
                      NamedType{"Gebuhrenbescheid", "Gebührenbescheid", true},
                      NamedType{"Gebührenbeschcid", "Gebührenbescheid", true},
                      NamedType{"Antrag auf Baumfällung", "Antrag Baumfällung", true},
                      NamedType{"Antrag auf Zuteilung einer Hausnummer", "Antrag Hausnummer", true},
                      NamedType{"Gewerbe-Anmeldung nach § 14 GewO", "Gewerbeanmeldung", true},
                      NamedType{"Kündigung des Mietvertrages", "Kündigung", true},
                      NamedType{"Satzung über die Hundesteuer", "Satzung", true},
                      NamedType{"Hundesteuersatzung", "Satzung", false},
                      NamedType{"Antrag", "Antrag Hausnummer", false}, NamedType{"", "Antrag", false}));

TEST(TypeNames, AloneOnALineSayMoreThanInsideOne) {
  EXPECT_GT(named_in("Widerspruch", "Widerspruch"),
            named_in("Widerspruch gegen den Bescheid", "Widerspruch"));
  EXPECT_GT(named_in("Widerspruch gegen den Bescheid", "Widerspruch"),
            named_in("Eingang Ihres Widerspruchs", "Widerspruch"));
}

TEST(PlanEntry, BeliefsAddUpToAtMostOne) {
  double sum = 0;
  for (const Finding& entry : plan_entries_for({{{"Gebührenbescheid", 0.9, ""}}, {}, "", ""}, small_plan()))
    sum += entry.confidence;
  EXPECT_LE(sum, 1.0);
}

TEST(PlanEntry, WordsOfTheTitleDecideBetweenEntriesOfOneType) {
  const std::vector<Finding> entries =
      plan_entries_for({{{"Angebot", 0.95, ""}}, {}, "Vergabeverfahren Gehweg", ""}, small_plan());
  ASSERT_FALSE(entries.empty());
  EXPECT_EQ(entries[0].value, "11.60.10");
}

TEST(PlanEntry, TheContestedNoticesReferenceDoesNotMoveAnObjection) {
  archive::FilePlan plan = small_plan();
  plan.entries.push_back(
      eakte::testing::plan_leaf("54.10.10", "Straßenausbaubeiträge, Widmungen", {"Beitragsbescheid"}));
  const std::vector<Finding> entries = plan_entries_for(
      {{{"Widerspruch", 0.95, ""}}, {{"54.10.10-077/26", 0.6, ""}}, "Widerspruch", "Straßenausbaubeiträge"},
      plan);
  EXPECT_EQ(entries[0].value, "11.20.20");
}

/// The lines of a text one below the other, as a born-digital page without layout would give them.
std::vector<ocr::PageText> stacked(const std::string& text) {
  Sheet sheet;
  std::istringstream lines(text);
  double y = 12;
  for (std::string line; std::getline(lines, line); y += 4.5) {
    if (!line.empty()) sheet.at(25, y, line);
  }
  return sheet.pages();
}

TEST(ClassifySharedPages, FindsDateAndReferenceInTheTruthOfGeneratedLetters) {
  const std::filesystem::path set = std::filesystem::path(EAKTE_SHARED) / "data" / "ocr";
  if (!std::filesystem::exists(set / "meta")) GTEST_SKIP() << "no page set at " << set;
  int dates = 0, right = 0, wrong = 0, references = 0, references_right = 0, ibans = 0, ibans_right = 0;
  for (const auto& entry : std::filesystem::directory_iterator(set / "meta")) {
    const auto meta = nlohmann::json::parse(std::ifstream(entry.path()), nullptr, false);
    if (meta.is_discarded() || !meta.contains("fields") ||
        !entry.path().filename().string().starts_with("syn-"))
      continue;
    std::ifstream in(set / "gt" / entry.path().filename().replace_extension(".txt"));
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const std::string cls = meta.value("cls", "");
    if (text.empty() || (cls != "brief" && cls != "bescheid" && cls != "rechnung")) continue;
    const Classification found = classify(stacked(text), small_plan(), nullptr, kToday);
    const auto& fields = meta["fields"];
    const std::string date = found.fields.document_date ? archive::to_iso(*found.fields.document_date) : "";
    ++dates;
    right += date == fields.value("date", "") ? 1 : 0;
    wrong += !date.empty() && date != fields.value("date", "") ? 1 : 0;
    if (fields.contains("reference")) {
      ++references;
      references_right += found.fields.reference == fields["reference"].get<std::string>() ? 1 : 0;
    }
    if (fields.contains("iban")) {
      ++ibans;
      const archive::Proposal* iban = proposal(found, "iban");
      ibans_right += iban != nullptr && iban->value == fields["iban"].get<std::string>() ? 1 : 0;
    }
  }
  std::printf("dates %d of %d right, %d wrong; references %d of %d; IBANs %d of %d\n", right, dates, wrong,
              references_right, references, ibans_right, ibans);
  ASSERT_GT(dates, 10);
  EXPECT_GE(right * 10, dates * 9);
  EXPECT_LE(wrong, 1);
  EXPECT_GE(references_right * 10, references * 9);
  EXPECT_GE(ibans_right * 10, ibans * 9);
}

TEST(WeighedEntries, AgreementStrengthensAndContradictionWeakens) {
  const archive::FilePlan plan = small_plan();
  std::vector<std::string> takers;
  std::string other;
  for (const archive::FilePlanEntry& entry : plan.entries) {
    if (entry.takes_folders) {
      takers.push_back(entry.number);
    } else {
      other = entry.number;
    }
  }
  ASSERT_GE(takers.size(), 2U);
  const std::string a = takers[0], b = takers[1];
  struct Case {
    std::vector<Finding> found;
    std::vector<Finding> learned;
    std::string best;
    double least, most;
  };
  const std::vector<Case> cases{{{{a, 0.5, ""}}, {}, a, 0.5, 0.5},
                                {{{a, 0.5, ""}}, {{a, 0.8, ""}}, a, 0.8, 0.9},
                                {{{a, 0.5, ""}}, {{b, 0.9, ""}}, b, 0.6, 0.7},
                                {{{a, 0.9, ""}}, {{b, 0.2, ""}}, a, 0.8, 0.82},
                                {{}, {{b, 0.9, ""}}, b, 0.9, 0.9},
                                {{{a, 0.5, ""}}, {{"99.99.99", 0.9, ""}}, a, 0.5, 0.5},
                                {{{a, 0.5, ""}}, {{other, 0.9, ""}}, a, 0.5, 0.5}};
  for (const Case& one : cases) {
    const std::vector<Finding> weighed = weighed_entries(one.found, one.learned, plan);
    ASSERT_FALSE(weighed.empty());
    EXPECT_EQ(weighed[0].value, one.best);
    EXPECT_GE(weighed[0].confidence, one.least - 1e-9);
    EXPECT_LE(weighed[0].confidence, one.most + 1e-9);
    for (const Finding& entry : weighed) {
      ASSERT_NE(plan.find(entry.value), nullptr);
      EXPECT_TRUE(plan.find(entry.value)->takes_folders);
    }
  }
  EXPECT_TRUE(weighed_entries({}, {{"99.99.99", 0.9, ""}}, plan).empty());
}

}  // namespace
}  // namespace eakte::ingest
