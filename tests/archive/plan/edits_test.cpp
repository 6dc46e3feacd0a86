#include <gtest/gtest.h>

#include "archive/error.h"
#include "archive/file_plan_exchange.h"

namespace eakte::archive {
namespace {

const char* const family = R"(aktenplan: {bezeichnung: Probe, version: "1"}
einheiten:
- kz: "6"
  titel: Steuern
  frist: {jahre: 10, beginn: zdA, rundung: jahresende}
  rechtsgrundlage: "AO"
  aussonderungsart: B
  schutzbedarf: nnn
  einheiten:
  - {kz: "6.1", titel: Erbt, aktenbildend: true}
  - {kz: "6.2", titel: Eigenes, aktenbildend: true, frist: {jahre: 3, beginn: zdA, rundung: jahresende}, aussonderungsart: V}
  - kz: "6.10"
    titel: Gruppe
    einheiten:
    - {kz: "6.10.1", titel: Enkel, aktenbildend: true, schutzbedarf: hhn}
- {kz: "7", titel: Anderes, aktenbildend: true, frist: {jahre: 10, beginn: zdA, rundung: jahresende}, aussonderungsart: B}
abweichungen:
- {kz: "6.2", frist: {jahre: 6, beginn: zdA, rundung: jahresende}, rechtsgrundlage: "KomHVO"}
)";

class PlanEdits : public ::testing::Test {
protected:
  FilePlan edited(const std::vector<PlanEdit>& edits) {
    const PlanReading reading =
        read_file_plan(edited_file_plan(plan_, "2", "2027-01-01", edits), PlanFormat::csv);
    EXPECT_TRUE(reading.plan) << (reading.problems.empty() ? "" : sentence(reading.problems[0]));
    return reading.plan.value_or(FilePlan());
  }
  static std::string rule_of(const FilePlan& plan, const char* number) {
    return rule_notation(plan.find(number)->retention);
  }

  FilePlan plan_ = parse_file_plan(family);
};

TEST_F(PlanEdits, WhatIsInheritedFollowsAndWhatIsStatedStays) {
  const FilePlan next = edited({{{"number", "6"},
                                 {"retention", "mindest / 12 Jahre ab zdA (jahresende)"},
                                 {"legal_basis", "AO neu"},
                                 {"disposal", "A"},
                                 {"protection", "snn"}}});
  for (const char* heir : {"6", "6.1", "6.10", "6.10.1"}) {
    EXPECT_EQ(rule_of(next, heir), "mindest / 12 Jahre ab zdA (jahresende)") << heir;
    EXPECT_EQ(next.find(heir)->legal_basis, "AO neu") << heir;
    EXPECT_EQ(next.find(heir)->disposal, DisposalAction::transfer) << heir;
  }
  EXPECT_EQ(next.find("6.2")->disposal, DisposalAction::destroy);
  EXPECT_EQ(next.find("6.10.1")->protection, "hhn");
  EXPECT_EQ(next.find("6.10")->protection, "snn");
  EXPECT_EQ(rule_of(next, "7"), "mindest / 10 Jahre ab zdA (jahresende)");
}

TEST_F(PlanEdits, ARuleOfTheTenantsOwnIsWhatIsEdited) {
  const FilePlan next = edited({{{"number", "6.2"},
                                 {"retention", "mindest / 9 Jahre ab zdA (jahresende)"},
                                 {"legal_basis", "Erlass"}}});
  EXPECT_EQ(rule_of(next, "6.2"), "mindest / 9 Jahre ab zdA (jahresende)");
  EXPECT_EQ(next.find("6.2")->legal_basis, "Erlass");
  ASSERT_EQ(next.overrides.size(), 1U);
  EXPECT_EQ(rule_notation(next.overrides[0].replaced), "mindest / 3 Jahre ab zdA (jahresende)");
  const FilePlan without = edited({{{"number", "6.2"}, {"override", ""}}});
  EXPECT_EQ(rule_of(without, "6.2"), "mindest / 3 Jahre ab zdA (jahresende)");
}

TEST_F(PlanEdits, ANewEntryStandsInItsPlaceAndInherits) {
  const FilePlan next =
      edited({{{"number", "6.3"}, {"parent", "6"}, {"title", "Neu"}, {"takes_folders", "ja"}},
              {{"number", "8"}, {"title", "Oben"}, {"retention", "unbefristet"}}});
  std::vector<std::string> numbers;
  for (const FilePlanEntry& entry : next.entries) numbers.push_back(entry.number);
  EXPECT_EQ(numbers, (std::vector<std::string>{"6", "6.1", "6.2", "6.3", "6.10", "6.10.1", "7", "8"}));
  EXPECT_EQ(rule_of(next, "6.3"), "mindest / 10 Jahre ab zdA (jahresende)");
  EXPECT_EQ(next.find("6.3")->legal_basis, "AO");
}

TEST_F(PlanEdits, ClosingAGroupClosesWhatLiesBelow) {
  const FilePlan next = edited({{{"number", "6.10"}, {"valid_to", "2027-12-31"}}});
  EXPECT_EQ(next.find("6.10.1")->valid_to, date_from_iso("2027-12-31"));
  EXPECT_FALSE(next.find("6.1")->valid_to);
}

TEST_F(PlanEdits, AreRefusedWhereTheyNameNothingKnown) {
  EXPECT_THROW(edited_file_plan(plan_, "2", "", {{{"title", "ohne Kennzeichen"}}}), Error);
  EXPECT_THROW(edited_file_plan(plan_, "2", "", {{{"number", "6"}, {"colour", "blue"}}}), Error);
  EXPECT_THROW(edited_file_plan(plan_, "2", "morgen", {}), Error);
}

}  // namespace
}  // namespace eakte::archive
