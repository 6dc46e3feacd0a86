#include "archive/xdomea.h"

#include <gtest/gtest.h>

#include <fstream>

#include "archive/id.h"
#include "tests/archive/tenant.h"
#include "tests/archive/xdomea/samples.h"

namespace eakte::archive {
namespace {

using eakte::testing::head_of;
using eakte::testing::offer;
using eakte::testing::transfer;
using eakte::testing::xdomea_schemas;

/// Every kind of message we write.
std::vector<XdomeaMessage> all_messages() {
  std::vector<XdomeaMessage> messages{offer(), transfer()};
  for (const MessageType type :
       {MessageType::offer_received, MessageType::appraisal_received, MessageType::transfer_received,
        MessageType::plan_received, MessageType::plan_appraisal_received}) {
    messages.emplace_back();
    messages.back().head = head_of(type);
  }
  const std::string id = "a0000000-0000-4000-8000-000000000001";
  for (const MessageType type : {MessageType::appraisal, MessageType::plan_appraisal}) {
    messages.emplace_back();
    messages.back().head = head_of(type);
    messages.back().appraised = {{id, "A"}, {"b0000000-0000-4000-8000-000000000001", "V"}};
  }
  for (const MessageType type : {MessageType::import_report, MessageType::plan_imported}) {
    messages.emplace_back();
    messages.back().head = head_of(type);
    messages.back().imported = {{id, true, "", type == MessageType::import_report ? "Best. 3 Nr. 7" : ""},
                                {"b0000000-0000-4000-8000-000000000001", false, "Datei nicht lesbar", ""}};
  }
  messages.emplace_back();
  messages.back().head = head_of(MessageType::plan);
  const PlanUnit leaf{"e0000000-0000-4000-8000-000000000002", "61.10", "Steuern", "B", false, 10, {}};
  messages.back().plan = PlanForAppraisal{"e0000000-0000-4000-8000-000000000000", "Aktenplan", "2026", {}};
  messages.back().plan->units = {
      {"e0000000-0000-4000-8000-000000000001", "61", "Finanzen", "A", true, std::nullopt, {leaf}}};
  return messages;
}

std::string refusal(const std::string& xml, const std::filesystem::path& schemas = {}) {
  try {
    read_xdomea(xml, schemas);
  } catch (const BadMessage& bad) {
    return bad.code;
  }
  return "";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

TEST(Xdomea, WhatIsWrittenReadsBackTheSame) {
  for (const XdomeaMessage& message : all_messages()) {
    EXPECT_EQ(read_xdomea(write_xdomea(message)), message) << root_of(message.head.type);
    EXPECT_EQ(xdomea_from_json(xdomea_to_json(message)), message);
  }
}

TEST(Xdomea, WhatIsWrittenIsValidAgainstTheSchema) {
  const auto schemas = xdomea_schemas();
  if (schemas.empty()) GTEST_SKIP() << "no XSDs in ../shared/data/xdomea";
  for (const XdomeaMessage& message : all_messages())
    EXPECT_EQ(refusal(write_xdomea(message), schemas), "") << root_of(message.head.type);
}

TEST(Xdomea, ReadsAllSamplesOfAllVersions) {
  const auto directory = std::filesystem::path(EAKTE_SHARED) / "data/xdomea/samples";
  if (!std::filesystem::exists(directory)) GTEST_SKIP() << "no samples in ../shared/data/xdomea";
  int read = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (entry.path().extension() != ".xml") continue;
    const std::string xml = eakte::testing::file_content(entry.path());
    const bool four = entry.path().string().find("nrw-4.0.0") != std::string::npos;
    EXPECT_EQ(refusal(xml), four ? "xdomea_version" : "") << entry.path();
    EXPECT_EQ(refusal(xml, xdomea_schemas()), four ? "xdomea_version" : "") << entry.path();
    ++read;
  }
  EXPECT_EQ(read, 17);
}

TEST(Xdomea, ReadsWhatA2xMessageSays) {
  const auto file = std::filesystem::path(EAKTE_SHARED) /
                    "data/xdomea/samples/toolkit-patterns/xdomea_2.3.0/"
                    "xx_Aussonderung.Anbieteverzeichnis.0501.xml";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no samples in ../shared/data/xdomea";
  const XdomeaMessage message = read_xdomea(eakte::testing::file_content(file));
  EXPECT_EQ(message.head.version, "2.3.0");
  EXPECT_EQ(message.head.recipient.code, "LATh");
  ASSERT_EQ(message.objects.size(), 1U);
  const RecordObject& folder = message.objects[0];
  EXPECT_EQ(folder.disposal, "B");
  ASSERT_EQ(folder.children.size(), 1U);
  EXPECT_EQ(folder.children[0].kind, RecordKind::record_case);
  EXPECT_TRUE(folder.children[0].closed);
  ASSERT_EQ(folder.children[0].children.size(), 1U);
  EXPECT_EQ(folder.children[0].children[0].received_on, "2018-07-24");
}

/// A 2.x answer: one outcome for the objects it names.
std::string report_of_two(const std::string& outcome) {
  return R"(<?xml version="1.0"?><xdomea:Aussonderung.AussonderungImportBestaetigen.0506 xmlns:xdomea="urn:xoev-de:xdomea:schema:2.4.0">
<xdomea:Kopf><xdomea:ProzessID>0B9F4D62-7A61-4F0E-8A55-3F1F0A1C2D3E</xdomea:ProzessID><xdomea:Nachrichtentyp><code>0506</code></xdomea:Nachrichtentyp>
<xdomea:Erstellungszeitpunkt>2037-01-05T10:00:00+01:00</xdomea:Erstellungszeitpunkt><xdomea:Absender/><xdomea:Empfaenger/><xdomea:SendendesSystem/></xdomea:Kopf>
<xdomea:ErfolgOderMisserfolg>)" +
         outcome + "</xdomea:ErfolgOderMisserfolg></xdomea:Aussonderung.AussonderungImportBestaetigen.0506>";
}

TEST(Xdomea, A2xImportReportTellsOneOutcomeForTheObjectsItNames) {
  const std::string returned =
      "<xdomea:Rueckgabeparameter><xdomea:ID>A0000000-0000-4000-8000-000000000001</xdomea:ID>"
      "<xdomea:Archivkennung>Best. 3</xdomea:Archivkennung></xdomea:Rueckgabeparameter>";
  const XdomeaMessage named =
      read_xdomea(report_of_two("<xdomea:Erfolgreich>true</xdomea:Erfolgreich>" + returned));
  EXPECT_EQ(named.head.process, "0b9f4d62-7a61-4f0e-8a55-3f1f0a1c2d3e");
  ASSERT_EQ(named.imported.size(), 1U);
  EXPECT_EQ(named.imported[0], (ImportedObject{"a0000000-0000-4000-8000-000000000001", true, "", "Best. 3"}));
  EXPECT_FALSE(named.whole_import);
  const XdomeaMessage unnamed = read_xdomea(report_of_two("<xdomea:Erfolgreich>1</xdomea:Erfolgreich>"));
  EXPECT_TRUE(unnamed.imported.empty());
  EXPECT_EQ(unnamed.whole_import, (ImportedObject{"", true, "", ""}));
  EXPECT_EQ(xdomea_from_json(xdomea_to_json(unnamed)), unnamed);
}

struct Refusal {
  const char* why;
  std::string xml;
  const char* code;
};

std::vector<Refusal> refusals() {
  const std::string good = write_xdomea(transfer());
  const std::string head = "<xdomea:Kopf>";
  std::string swapped = good;
  {  // ZdA stands before Laufzeit in a Vorgang, behind it in an Akte.
    const auto vorgang = swapped.find("<xdomea:Vorgang>");
    const auto closed = swapped.find("<xdomea:ZdA>", vorgang);
    const auto period = swapped.find("<xdomea:Laufzeit>", closed);
    const auto end = swapped.find("</xdomea:Laufzeit>", period) + 18;
    const std::string first = swapped.substr(closed, period - closed);
    const std::string second = swapped.substr(period, end - period);
    swapped.replace(closed, end - closed, second + first);
  }
  return {
      {"not XML", "PK nonsense", "xdomea_malformed"},
      {"cut off", good.substr(0, good.size() / 2), "xdomea_malformed"},
      {"a DTD", replaced(good, "?>\n", "?>\n<!DOCTYPE x [<!ENTITY a \"b\">]>\n"), "xdomea_malformed"},
      {"version 4", replaced(good, "schema:3.1.0", "schema:4.0.0"), "xdomea_version"},
      {"another standard", replaced(good, "urn:xoev-de:xdomea:schema:3.1.0", "urn:x"),
       "xdomea_unknown_message"},
      {"listVersionID of a format is missing",
       replaced(good, "codeliste:dateiformat\" listVersionID=\"1.0\"", "codeliste:dateiformat\""),
       "xdomea_structure"},
      {"ZdA and Laufzeit change places", swapped, "xdomea_structure"},
      {"a year where 3.x wants a day",
       replaced(good, "<xdomea:Aufbewahrungsende>2026-12-31<", "<xdomea:Aufbewahrungsende>2026<"),
       "xdomea_structure"},
      {"a day that is none", replaced(good, ">2026-12-31<", ">2026-02-30<"), "xdomea_structure"},
      {"no process",
       replaced(good, "<xdomea:ProzessID>0b9f4d62-7a61-4f0e-8a55-3f1f0a1c2d3e</xdomea:ProzessID>", ""),
       "xdomea_structure"},
      {"a process that is no UUID", replaced(good, ">0b9f4d62-", ">zb9f4d62-"), "xdomea_structure"},
      {"an unknown element", replaced(good, head, head + "<xdomea:Neu/>"), "xdomea_structure"},
      {"an unknown disposal", replaced(good, "<code>B</code>", "<code>X</code>"), "xdomea_structure"},
      {"the same id twice",
       replaced(good, "c0000000-0000-4000-8000-000000000002", "c0000000-0000-4000-8000-000000000001"),
       "xdomea_duplicate_id"},
      {"nobody confirms the import",
       replaced(good, "<xdomea:Importbestaetigung>1", "<xdomea:Importbestaetigung>0"), "xdomea_structure"},
      {"a file name without UUID", replaced(good, eakte::testing::letter_file, "Bescheid.pdf"),
       "xdomea_structure"},
  };
}

TEST(Xdomea, RefusesWithAReasonWhatDoesNotFollowTheStandard) {
  for (const Refusal& one : refusals()) EXPECT_EQ(refusal(one.xml), one.code) << one.why;
}

TEST(Xdomea, ThePrefixMustBeXdomea) {
  std::string xml = write_xdomea(offer());
  for (std::size_t at = 0; (at = xml.find("xdomea:", at)) != std::string::npos; at += 3) {
    if (xml.compare(at, 14, "xdomea:schema:") != 0 && xml.compare(at, 17, "xdomea:codeliste:") != 0)
      xml.replace(at, 7, "xd:");
  }
  EXPECT_EQ(refusal(replaced(xml, "xmlns:xdomea=", "xmlns:xd=")), "xdomea_structure");
}

TEST(Xdomea, WhatOurOwnChecksMissTheSchemaFinds) {
  const auto schemas = xdomea_schemas();
  if (schemas.empty()) GTEST_SKIP() << "no XSDs in ../shared/data/xdomea";
  const std::string bad =
      replaced(write_xdomea(offer()), "<xdomea:Institution>\n", "<xdomea:Erfunden/><xdomea:Institution>\n");
  EXPECT_EQ(refusal(bad), "");
  EXPECT_EQ(refusal(bad, schemas), "xdomea_invalid");
  EXPECT_THROW(read_xdomea(write_xdomea(offer()), "/nonexistent"), Error);
}

TEST(Xdomea, EntitiesDoNotGrowAndNothingIsFetched) {
  const std::string bomb =
      "<?xml version=\"1.0\"?><!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\" [<!ENTITY a \"aaaaaaaaaa\">"
      "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><x>&c;</x>";
  EXPECT_EQ(refusal(bomb), "xdomea_malformed");
  std::string deep;
  for (int i = 0; i < 10000; ++i) deep += "<a>";
  EXPECT_EQ(refusal(deep), "xdomea_malformed");
}

TEST(Xdomea, CharactersXmlDoesNotKnowBecomeBlanks) {
  XdomeaMessage message = offer();
  message.objects[0].title =
      "a\x01"
      "b\xff"
      "c\xEF\xBF\xBF<&>";
  EXPECT_EQ(read_xdomea(write_xdomea(message)).objects[0].title, "a b c <&>");
}

TEST(Xdomea, AnIdAndItsUuidStandForEachOther) {
  for (int i = 0; i < 200; ++i) {
    const std::string id = new_id_text();
    EXPECT_TRUE(is_uuid(uuid_of(id)));
    EXPECT_EQ(id_from_uuid(uuid_of(id)), id);
  }
  EXPECT_EQ(uuid_of("00000000000000000000000001"), "00000000-0000-0000-0000-000000000001");
  EXPECT_EQ(uuid_of("7zzzzzzzzzzzzzzzzzzzzzzzzz"), "ffffffff-ffff-ffff-ffff-ffffffffffff");
  EXPECT_EQ(id_from_uuid("FFFFFFFF-ffff-ffff-ffff-ffffffffffff"), "7zzzzzzzzzzzzzzzzzzzzzzzzz");
  EXPECT_FALSE(id_from_uuid("ffffffff"));
  EXPECT_NE(new_uuid(), new_uuid());
  EXPECT_EQ(named_uuid("a"), named_uuid("a"));
  EXPECT_NE(named_uuid("a"), named_uuid("b"));
}

}  // namespace
}  // namespace eakte::archive
