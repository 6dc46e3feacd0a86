#include "archive/file_plan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "archive/error.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

TEST(FilePlan, ReadsTheSamplePlan) {
  const FilePlan plan = parse_file_plan(testing::sample_plan());
  EXPECT_EQ(plan.title, "Aktenplan Musterstadt (Altmark)");
  EXPECT_EQ(plan.version, "2026.1");
  EXPECT_EQ(plan.entries.size(), 86U);
  EXPECT_EQ(std::ranges::count(plan.entries, true, &FilePlanEntry::takes_folders), 61);
  EXPECT_EQ(plan.find("99.99"), nullptr);
  for (const FilePlanEntry& entry : plan.entries) {
    EXPECT_TRUE(entry.parent.empty() || plan.find(entry.parent) < &entry) << entry.number;
  }
}

TEST(FilePlan, ReadsEveryFieldOfAnEntry) {
  const FilePlan plan = parse_file_plan(testing::sample_plan());
  const FilePlanEntry& passports = *plan.find("12.20.30");
  EXPECT_EQ(passports.title, "Reisepässe");
  EXPECT_EQ(passports.parent, "12.20");
  EXPECT_TRUE(passports.takes_folders);
  EXPECT_EQ(passports.retention.kind, RetentionRule::Kind::maximum);
  EXPECT_EQ(passports.retention.periods.at(0).years, 5);
  EXPECT_EQ(passports.retention.periods.at(0).rounding, Rounding::exact_day);
  EXPECT_EQ(passports.disposal, DisposalAction::destroy);
  EXPECT_EQ(code_of(passports.disposal), "V");
  EXPECT_EQ(passports.legal_basis, "PaßG § 21 Abs. 4");
  EXPECT_EQ(passports.personal_data, "art9");
  EXPECT_EQ(passports.document_types, (std::vector<std::string>{"Passantrag", "Passkopie"}));
  EXPECT_EQ(passports.search_locks, (std::vector<std::string>{"seriennummer"}));
}

TEST(FilePlan, FieldsComeFromTheNearestAncestorElseFromTheDefaults) {
  const FilePlan plan = parse_file_plan(R"(
aktenplan: {bezeichnung: Probe, version: "1"}
vorgaben: {frist: {art: mindest, jahre: 10, beginn: zdA, rundung: jahresende}, aussonderungsart: B, schutzbedarf: nnn}
einheiten:
- kz: "1"
  titel: Eins
  frist: {jahre: 3, beginn: zdA, rundung: taggenau}
  rechtsgrundlage: "Satzung § 1"
  einheiten:
  - kz: "1.1"
    titel: Eins Eins
    aussonderungsart: A
    einheiten:
    - {kz: "1.1.1", titel: Blatt, aktenbildend: true}
    - {kz: "1.1.2", titel: Blatt mit eigener Frist, aktenbildend: true, frist: {unbefristet: true}}
- {kz: "2", titel: Zwei, aktenbildend: true}
)");
  const FilePlanEntry& leaf = *plan.find("1.1.1");
  EXPECT_EQ(leaf.retention.periods.at(0).years, 3);
  EXPECT_EQ(leaf.disposal, DisposalAction::transfer);
  EXPECT_EQ(leaf.protection, "nnn");
  EXPECT_EQ(leaf.legal_basis, "Satzung § 1");
  EXPECT_TRUE(plan.find("1.1.2")->retention.unlimited);
  EXPECT_EQ(plan.find("1.1.2")->legal_basis, "");
  EXPECT_EQ(plan.find("2")->retention.periods.at(0).years, 10);
  EXPECT_EQ(plan.find("2")->disposal, DisposalAction::appraise);
}

TEST(FilePlan, RefusalsNameLineAndReason) {
  const std::string head =
      "aktenplan: {bezeichnung: Probe, version: '1'}\n"
      "codelisten: {ereignis: {zdA: Schluss}}\n"
      "vorgaben: {frist: {jahre: 10, beginn: zdA, rundung: jahresende}}\n"
      "einheiten:\n";
  const struct {
    std::string entries;
    const char* message;
  } cases[] = {
      {"- {titel: A}", "file plan, line 5: kz is missing"},
      {"- {kz: '1', titel: A}\n- {kz: '1', titel: B}", "file plan, line 6: the number 1 is used twice"},
      {"- {kz: '1', titel: A, aussonderungsart: X}", "file plan, line 5: aussonderungsart cannot be \"X\""},
      {"- {kz: '1', titel: A, aktenbildend: vielleicht}",
       "file plan, line 5: aktenbildend is neither true nor false"},
      {"- {kz: '1', titel: A, frist: {jahre: 5, beginn: zda, rundung: jahresende}}",
       "file plan, line 5: the event \"zda\" is not in codelisten.ereignis"},
      {"- {kz: '1', titel: A, frist: {jahre: fünf, beginn: zdA, rundung: jahresende}}",
       "file plan, line 5: jahre is not a whole number"},
      {"- {kz: '1', titel: A, frist: {jahre: 99999, beginn: zdA, rundung: jahresende}}",
       "file plan, line 5: jahre is out of range"},
      {"- {kz: '1', titel: A, frist: {beginn: zdA, rundung: jahresende}}",
       "file plan, line 5: frist has neither jahre nor monate nor tage"},
      {"- {kz: '1', titel: A, frist: {jahre: 5, beginn: zdA}}", "file plan, line 5: rundung is missing"},
      {"- {kz: '1', titel: A, frist: {kombination: stufen, teile: [{jahre: 5, beginn: vorige_stufe, rundung: "
       "jahresende}]}}",
       "file plan, line 5: there is no stage before this one"},
      {"- {kz: '1', titel: A, frist: {kombination: max}}", "file plan, line 5: kombination without teile"},
      {"- {kz: '1', titel: A, aktenbildend: true, einheiten: [{kz: '1.1', titel: B}]}",
       "file plan, line 5: 1 takes folders and has entries below"},
      {"- kz: '1'\n   titel: [", "file plan, line 6: "},
  };
  for (const auto& c : cases) {
    try {
      parse_file_plan(head + c.entries + "\n");
      ADD_FAILURE() << "accepted: " << c.entries;
    } catch (const Error& error) {
      EXPECT_TRUE(std::string(error.what()).starts_with(c.message))
          << error.what() << "\nexpected " << c.message;
    }
  }
  for (const char* nothing : {"", "[]", "42", "aktenplan: {}", "a: *b", "&a [*a]"}) {
    EXPECT_THROW(parse_file_plan(nothing), Error) << nothing;
  }
}

}  // namespace
}  // namespace eakte::archive
