#include "archive/file_plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <memory>

#include "archive/error.h"
#include "archive/file_plan_exchange.h"
#include "archive/file_plan_receipt.h"
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

const std::string head =
    "aktenplan: {bezeichnung: Probe, version: '1'}\n"
    "codelisten: {ereignis: {zdA: Schluss}}\n"
    "vorgaben: {frist: {jahre: 10, beginn: zdA, rundung: jahresende}}\n"
    "einheiten:\n";

struct Wrong {
  std::string text;
  int line;
  const char* entry;
  const char* code;
};

/// All problems as "line entry code".
std::vector<std::string> told(const PlanReading& reading) {
  std::vector<std::string> all;
  for (const PlanProblem& problem : reading.problems)
    all.push_back(fmt::format("{} {} {}", problem.line, problem.entry, problem.code));
  return all;
}

TEST(FilePlan, TellsWhatIsWrongWithLineAndReason) {
  const Wrong cases[] = {
      {"- {titel: A}", 5, "", "number_missing"},
      {"- {kz: '1'}", 5, "1", "title_missing"},
      {"- {kz: 'a b', titel: A}", 5, "a b", "number_wrong"},
      {"- {kz: '1', titel: A}\n- {kz: '1', titel: B}", 6, "1", "number_twice"},
      {"- {kz: '1', titel: A, gueltig_bis: '2020-12-31'}\n- {kz: '1', titel: B, gueltig_von: '2020-12-31'}",
       6, "1", "validity_overlap"},
      {"- {kz: '1', titel: A, gueltig_bis: '2020-12-31'}\n- {kz: '1', titel: B, gueltig_von: '2021-01-01'}",
       6, "1", "number_reused"},
      {"- {kz: '1', titel: A, gueltig_von: '2021-01-01', gueltig_bis: '2020-01-01'}", 5, "1",
       "validity_backwards"},
      {"- kz: '1'\n  titel: A\n  gueltig_bis: '2020-12-31'\n  einheiten:\n  - {kz: '1.1', titel: B, "
       "gueltig_bis: "
       "'2021-12-31'}",
       9, "1.1", "validity_outside_parent"},
      {"- {kz: '1', titel: A, gueltig_von: '2021-02-29'}", 5, "1", "day_wrong"},
      {"- {kz: '1', titel: A, id: 'x'}", 5, "1", "id_wrong"},
      {"- {kz: '1', titel: A, id: '11111111-1111-4111-8111-111111111111'}\n- {kz: '2', titel: A, id: "
       "'11111111-1111-4111-8111-111111111111'}",
       6, "2", "id_twice"},
      {"- {kz: '11', titel: A, einheiten: [{kz: '12.10', titel: B}]}", 5, "12.10", "outside_parent"},
      {"- {kz: '11', titel: A, einheiten: [{kz: '110', titel: B}]}", 5, "110", "outside_parent"},
      {"- {kz: '1', titel: A}\n- {kz: '1.1', titel: B, ueber: '9'}", 6, "1.1", "number_unknown"},
      {"- {kz: '1', titel: A, ueber: '1.1'}\n- {kz: '1.1', titel: B, ueber: '1'}", 5, "1", "cycle"},
      {"- {kz: '1', titel: A, aussonderungsart: X}", 5, "", "code_unknown"},
      {"- {kz: '1', titel: A, schutzbedarf: hx}", 5, "", "code_unknown"},
      {"- {kz: '1', titel: A, vertraulichkeit: intern}", 5, "", "code_unknown"},
      {"- {kz: '1', titel: A, aussonderungart: V}", 5, "1", "field_unknown"},
      {"- {kz: '1', titel: A, aktenbildend: vielleicht}", 5, "", "field_wrong"},
      {"- {kz: '1', titel: A, frist: {jahre: 5, beginn: zda, rundung: jahresende}}", 5, "", "event_unknown"},
      {"- {kz: '1', titel: A, frist: {jahre: 5, beginn: zdA, rundung: monatsende}}", 5, "", "code_unknown"},
      {"- {kz: '1', titel: A, frist: {art: minimal, jahre: 5, beginn: zdA, rundung: jahresende}}", 5, "",
       "code_unknown"},
      {"- {kz: '1', titel: A, frist: {jahre: fünf, beginn: zdA, rundung: jahresende}}", 5, "",
       "amount_wrong"},
      {"- {kz: '1', titel: A, frist: {jahre: 99999, beginn: zdA, rundung: jahresende}}", 5, "",
       "amount_wrong"},
      {"- {kz: '1', titel: A, frist: {beginn: zdA, rundung: jahresende}}", 5, "", "rule_incomplete"},
      {"- {kz: '1', titel: A, frist: {jahre: 5, beginn: zdA}}", 5, "", "rule_incomplete"},
      {"- {kz: '1', titel: A, frist: {jahre: 5, rundung: jahresende}}", 5, "", "rule_incomplete"},
      {"- {kz: '1', titel: A, frist: {kombination: stufen, teile: [{jahre: 5, beginn: vorige_stufe, rundung: "
       "jahresende}]}}",
       5, "", "no_stage_before"},
      {"- {kz: '1', titel: A, frist: {kombination: max}}", 5, "", "rule_incomplete"},
      {"- {kz: '1', titel: A, frist: 5}", 5, "", "field_wrong"},
      {"- {kz: '1', titel: A, aktenbildend: true, einheiten: [{kz: '1.1', titel: B}]}", 5, "1",
       "folders_and_entries"},
      {"- {kz: '1', titel: A}\nabweichungen:\n- {kz: '2', frist: {unbefristet: true}}", 7, "2",
       "number_unknown"},
      {"- {kz: '1', titel: A}\nabweichungen:\n- {kz: '1', frist: {unbefristet: true}}", 7, "1",
       "override_wrong"},
      {"- kz: '1'\n   titel: [", 6, "", "not_readable"},
      {"- {kz: '1', kz: '2', titel: A}", 5, "", "field_twice"},
  };
  for (const Wrong& c : cases) {
    const PlanReading reading = read_file_plan(head + c.text + "\n", PlanFormat::yaml);
    EXPECT_FALSE(reading.plan) << c.text;
    ASSERT_EQ(reading.problems.size(), 1U)
        << c.text << " " << fmt::format("{}", fmt::join(told(reading), ", "));
    EXPECT_EQ(reading.problems[0].line, c.line) << c.text;
    EXPECT_EQ(reading.problems[0].code, c.code) << c.text;
    if (*c.entry != 0) {
      EXPECT_EQ(reading.problems[0].entry, c.entry) << c.text;
    }
  }
}

TEST(FilePlan, TellsEverythingThatIsWrongByLine) {
  const PlanReading reading = read_file_plan(
      "aktenplan: {bezeichnung: Probe}\n"
      "einheiten:\n"
      "- {kz: '1', titel: A, aktenbildend: true}\n"
      "- {kz: '1', titel: B, aussonderungsart: Z}\n"
      "- {kz: '2', titel: C, aktenbildend: true, frist: {jahre: 3, beginn: zdA, rundung: nie}}\n",
      PlanFormat::yaml);
  EXPECT_EQ(told(reading),
            (std::vector<std::string>{"1  version_missing", "3 1 no_schedule", "4 1 code_unknown",
                                      "4 1 number_twice", "5 2 code_unknown"}));
  EXPECT_EQ(
      sentence(reading.problems[1]),
      "Zeile 3 (1): Für diese Einheit gibt es keine Frist, weder hier noch darüber noch in den Vorgaben.");
}

TEST(FilePlan, RefusesWhatIsNoPlanAndSaysSo) {
  for (const char* nothing : {"", "[]", "42", "aktenplan: {}", "a: *b", "&a [*a]", "\x01\x02", "- -\n-"}) {
    EXPECT_THROW(parse_file_plan(nothing), Error) << nothing;
    EXPECT_THROW(parse_stored_file_plan(nothing), Error) << nothing;
  }
  try {
    parse_file_plan(head + "- {titel: A}\n- {kz: '1'}\n");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_STREQ(
        error.what(),
        "Aktenplan:\n  Zeile 5: Das Kennzeichen (kz) fehlt.\n  Zeile 6 (1): Der Titel (titel) fehlt.");
  }
}

TEST(FilePlan, OpensWhatAnOlderProgramAccepted) {
  const FilePlan plan = parse_stored_file_plan(head +
                                               "- {kz: '11', titel: A, einheiten: [{kz: '12', titel: B, "
                                               "aktenbildend: true, farbe: rot}]}\n");
  EXPECT_EQ(plan.entries.size(), 2U);
  EXPECT_EQ(plan.find("12")->retention.periods.at(0).years, 10);
}

TEST(FilePlan, ForeignFilesAreReadWithinLimits) {
  std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c < 'j'; ++c)
    bomb += fmt::format("{}: &{} [*{}, *{}, *{}, *{}, *{}, *{}, *{}, *{}, *{}]\n", c, c, char(c - 1),
                        char(c - 1), char(c - 1), char(c - 1), char(c - 1), char(c - 1), char(c - 1),
                        char(c - 1), char(c - 1));
  const std::string entities =
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><x>&b;</x>";
  const std::string file_entity = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>";
  std::string many = "aktenplan: {bezeichnung: x, version: 1}\neinheiten: [";
  for (int i = 0; i < 250'000; ++i) many += "a,";
  const std::pair<PlanFormat, std::string> hostile[] = {
      {PlanFormat::yaml, bomb},
      {PlanFormat::yaml, std::string(50'000, '[')},
      {PlanFormat::yaml, std::string(50'000, '{')},
      {PlanFormat::yaml, many + "a]"},
      {PlanFormat::yaml, std::string(9'000'000, 'a')},
      {PlanFormat::xdomea, entities},
      {PlanFormat::xdomea, file_entity},
      {PlanFormat::csv, "Kennzeichen;Titel\n" + std::string(300'000, ';')},
  };
  for (const auto& [format, text] : hostile) {
    const PlanReading reading = read_file_plan(text, format);
    ASSERT_EQ(reading.problems.size(), 1U) << text.substr(0, 40);
    EXPECT_EQ(reading.problems[0].code, "too_much") << text.substr(0, 40) << reading.problems[0].reason;
  }
  std::string deep =
      "<xdomea:Aktenplan.Aktenplan.0301 xmlns:xdomea=\"urn:xoev-de:xdomea:schema:3.1.0\"><xdomea:Aktenplan>";
  for (int i = 0; i < 200; ++i) deep += "<xdomea:Einheit>";
  EXPECT_FALSE(read_file_plan(deep, PlanFormat::xdomea).plan);
  for (int i = 0; i < 200; ++i) deep += "</xdomea:Einheit>";
  const PlanReading reading =
      read_file_plan(deep + "</xdomea:Aktenplan></xdomea:Aktenplan.Aktenplan.0301>", PlanFormat::xdomea);
  EXPECT_EQ(reading.problems.at(0).code, "too_much");
  EXPECT_LT(reading.problems.size(), 5U);
}

/// The sample with everything a plan can say.
FilePlan rich_plan() {
  std::string text = testing::sample_plan();
  const std::string urlaub = "{kz: \"11.30.30\", ";
  text.replace(
      text.find(urlaub), urlaub.size(),
      "{kz: \"11.30.30\", id: \"0a0b0c0d-1111-4222-8333-444455556666\", gueltig_bis: \"2030-12-31\", "
      "zugriff: "
      "[Personalamt, \"Amt; 10\"], vertraulichkeit: vertraulich, loeschfrist: {jahre: 6, beginn: zdA, "
      "rundung: "
      "taggenau}, fruehere_fristen: [{jahre: 5, beginn: zdA, rundung: jahresende, stichtag: \"2025-01-01\", "
      "rechtsgrundlage: \"alt \\\"so\\\"\"}], ");
  text +=
      "abweichungen:\n- {kz: \"11.50.20\", frist: {jahre: 10, beginn: rechnung_ausgestellt, rundung: "
      "jahresende}, "
      "rechtsgrundlage: \"KomHVO § 39\"}\n";
  const PlanReading reading = read_file_plan(text, PlanFormat::yaml);
  EXPECT_TRUE(reading.plan) << fmt::format("{}", fmt::join(told(reading), ", "));
  return reading.plan.value();
}

TEST(FilePlan, ATenantsOwnRuleTakesThePlaceOfThePlans) {
  const FilePlan plan = rich_plan();
  EXPECT_EQ(plan.find("11.50.20")->retention.periods.at(0).years, 10);
  EXPECT_EQ(plan.find("11.50.20")->legal_basis, "KomHVO § 39");
  EXPECT_TRUE(plan.find("11.50.20")->overridden);
  EXPECT_EQ(plan.overrides.at(0).replaced.periods.at(0).years, 8);
  EXPECT_EQ(plan.find("11.30.30")->access, (std::vector<std::string>{"Personalamt", "Amt; 10"}));
  EXPECT_EQ(plan.find("11.30.30")->earlier.at(0).legal_basis, "alt \"so\"");
}

const PlanMessage message{"11111111-2222-4333-8444-555555555555", "Stadt Musterstadt & Töchter",
                          "Kreisarchiv <Musterkreis>", "2026-11-22T10:15:30Z"};

TEST(FilePlan, WhatIsWrittenIsReadBackTheSame) {
  const FilePlan plan = rich_plan();
  const std::pair<PlanFormat, std::string> forms[] = {
      {PlanFormat::yaml, file_plan_to_yaml(plan)},
      {PlanFormat::csv, file_plan_to_csv(plan)},
      {PlanFormat::xdomea, file_plan_to_xdomea(plan, message)}};
  for (const auto& [format, text] : forms) {
    EXPECT_EQ(plan_format_of(text), format);
    const PlanReading reading = read_file_plan(text, format);
    ASSERT_TRUE(reading.plan) << name_of(format) << fmt::format(" {}", fmt::join(told(reading), ", "));
    ASSERT_EQ(reading.plan->entries.size(), plan.entries.size()) << name_of(format);
    for (std::size_t i = 0; i < plan.entries.size(); ++i)
      EXPECT_TRUE(reading.plan->entries[i] == plan.entries[i])
          << name_of(format) << " " << plan.entries[i].number;
    EXPECT_EQ(reading.plan->overrides, plan.overrides) << name_of(format);
    EXPECT_EQ(reading.plan->valid_from, plan.valid_from);
    // xdomea has no place for the plan's code lists.
    if (format != PlanFormat::xdomea) {
      EXPECT_TRUE(*reading.plan == plan) << name_of(format);
    }
  }
}

TEST(FilePlan, TheMessageFollowsTheSchema) {
  const std::filesystem::path schema = std::filesystem::path(EAKTE_SHARED) /
                                       "data/xdomea/xsd/3.1.0/xdomea-Nachrichten-AktenplanAustauschen.xsd";
  if (!std::filesystem::exists(schema)) GTEST_SKIP() << "no schemas beside the checkout";
  testing::TemporaryDirectory directory;
  for (const std::string& text : {file_plan_to_xdomea(rich_plan(), message),
                                  file_plan_receipt(message, "Wir", "2026-11-22T10:15:30Z")}) {
    const auto file = directory.path() / "message.xml";
    std::ofstream(file) << text;
    const std::string command =
        fmt::format("xmllint --noout --nonet --schema '{}' '{}' 2>&1", schema.string(), file.string());
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::string said;
    std::array<char, 4096> buffer{};
    while (std::fgets(buffer.data(), buffer.size(), pipe.get()) != nullptr) said += buffer.data();
    EXPECT_NE(said.find("validates"), std::string::npos) << said.substr(0, 2000);
  }
}

TEST(FilePlan, AMessageIsAcknowledgedToItsSenderInTheSameProcess) {
  const auto received = plan_message_of(file_plan_to_xdomea(rich_plan(), message));
  ASSERT_TRUE(received);
  EXPECT_EQ(received->process, message.process);
  EXPECT_EQ(received->sender, message.sender);
  const std::string receipt = file_plan_receipt(*received, "Stadt <Wir>", "2026-11-22T10:15:30Z");
  EXPECT_NE(receipt.find(message.process), std::string::npos);
  EXPECT_NE(receipt.find("<code>0302</code>"), std::string::npos);
  EXPECT_LT(receipt.find("Stadt &lt;Wir&gt;"), receipt.find("Empfaenger")) << "we send it";
  EXPECT_FALSE(plan_message_of(file_plan_to_csv(rich_plan())));
  EXPECT_FALSE(plan_message_of("<a/>"));
  // A receipt is no plan, and says so.
  const PlanReading reading = read_file_plan(receipt, PlanFormat::xdomea);
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_NE(reading.problems[0].reason.find("0302"), std::string::npos);
}

TEST(FilePlan, ReadsMessagesOfOthers) {
  const PlanReading reading = read_file_plan(
      R"(<?xml version="1.0"?>
<xdomea:Aktenplan.Aktenplan.0301 xmlns:xdomea="urn:xoev-de:xdomea:schema:2.4.0"><xdomea:Kopf>
<xdomea:Erstellungszeitpunkt>2024-05-05T10:00:00</xdomea:Erstellungszeitpunkt></xdomea:Kopf><xdomea:Aktenplan>
<xdomea:Bezeichnung>Fremd</xdomea:Bezeichnung><xdomea:Version>7</xdomea:Version>
<xdomea:Einheit><xdomea:Kennzeichen>1</xdomea:Kennzeichen><xdomea:Inhaltsangabe>Eins</xdomea:Inhaltsangabe>
<xdomea:Aussonderungsart><code>B</code></xdomea:Aussonderungsart><xdomea:Stillgelegt>0</xdomea:Stillgelegt>
<xdomea:Aufbewahrungsdauer>5</xdomea:Aufbewahrungsdauer>
<xdomea:Einheit><xdomea:Kennzeichen>1.1</xdomea:Kennzeichen><xdomea:Inhaltsangabe>Eins Eins</xdomea:Inhaltsangabe>
<xdomea:Aussonderungsart><xdomea:Aussonderungsart><code>V</code></xdomea:Aussonderungsart></xdomea:Aussonderungsart>
<xdomea:Stillgelegt>1</xdomea:Stillgelegt>
<xdomea:Aufbewahrungsdauer><xdomea:AnzahlJahre>8</xdomea:AnzahlJahre></xdomea:Aufbewahrungsdauer></xdomea:Einheit>
</xdomea:Einheit></xdomea:Aktenplan></xdomea:Aktenplan.Aktenplan.0301>)",
      PlanFormat::xdomea);
  ASSERT_TRUE(reading.plan) << fmt::format("{}", fmt::join(told(reading), ", "));
  EXPECT_EQ(describe(reading.plan->find("1")->retention),
            "5 Jahre ab Ende des Jahres der Schlussverfügung (z. d. A.)");
  const FilePlanEntry& leaf = *reading.plan->find("1.1");
  EXPECT_TRUE(leaf.takes_folders);
  EXPECT_EQ(code_of(leaf.disposal), "V");
  EXPECT_EQ(leaf.valid_to, date_from_iso("2024-05-05"));
  EXPECT_FALSE(leaf.open_on(date_from_iso("2024-05-06").value()));
}

TEST(FilePlan, CsvTellsLinesAndColumns) {
  const PlanReading reading = read_file_plan(
      "#Bezeichnung;Probe\n#Version;1\nKennzeichen;Titel;Übergeordnet;Aktenbildend;Frist;Aussonderungsart\n"
      "1;Eins;;nein;;\n"
      "1.1;\"Eins; \"\"Eins\"\"\";1;ja;mindest / 8 Jahre 6 Monate ab zdA (jahresende);V\n"
      "1.2;Zwei;9;ja;8 Jahre;V\n"
      "1.3;Drei;1;ja;;Q\n",
      PlanFormat::csv);
  EXPECT_EQ(told(reading),
            (std::vector<std::string>{"6  rule_unreadable", "6 1.2 number_unknown", "6 1.2 code_unknown",
                                      "7 1.3 code_unknown", "7 1.3 no_schedule"}));
}

TEST(FilePlan, ASuccessorKeepsItsEntriesAndNumbers) {
  FilePlan before = rich_plan();
  for (FilePlanEntry& entry : before.entries) entry.id = "id of " + entry.number;
  before.entries[4].valid_to = date_from_iso("2026-12-31");
  FilePlan next = before;
  next.version = "2027.1";
  EXPECT_TRUE(problems_as_successor(before, next).empty());
  next.entries[4].valid_to.reset();
  const std::string gone = next.entries.back().number;
  next.entries.back().id = "another";
  std::vector<std::string> codes;
  for (const PlanProblem& problem : problems_as_successor(before, next))
    codes.push_back(problem.entry + " " + problem.code);
  EXPECT_EQ(codes, (std::vector<std::string>{gone + " entry_missing",
                                             next.entries[4].number + " closed_stays_closed",
                                             gone + " number_reused"}));
  next.version = before.version;
  EXPECT_EQ(problems_as_successor(before, next).at(0).code, "version_used");
}

}  // namespace
}  // namespace eakte::archive
