#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "archive/archive.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

using testing::Tenant;

std::size_t manifests_below(const std::filesystem::path& directory) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory / "manifests")) {
    count += entry.is_regular_file() ? 1 : 0;
  }
  return count;
}

std::filesystem::path manifest_file(const Tenant& tenant, const Document& document) {
  return tenant.path() / "manifests" / "2026" / "03" /
         (document.id.text + "." + document.manifest_sha256 + ".json");
}

TEST(Filing, MakesADocumentThatComesBackAsItWentIn) {
  Tenant tenant;
  const IntakeId intake = tenant.accept("tiff");
  NewDocument letter = tenant.letter(intake, "tiff");
  letter.state = DocumentState::review;
  letter.review_reasons = {"type_unsure"};
  const Document filed = tenant.archive.file(letter, "system");
  const Document found = tenant.archive.document(filed.id);
  EXPECT_EQ(found.revision, 1);
  EXPECT_EQ(found.revision, filed.revision);
  EXPECT_EQ(found.manifest_sha256, filed.manifest_sha256);
  const NewDocument& content = found.content;
  EXPECT_EQ(content.intake, intake);
  EXPECT_EQ(content.state, DocumentState::review);
  EXPECT_EQ(content.review_reasons, letter.review_reasons);
  EXPECT_EQ(content.fields.title, letter.fields.title);
  EXPECT_EQ(content.fields.document_date, letter.fields.document_date);
  EXPECT_EQ(content.received_on, letter.received_on);
  EXPECT_EQ(content.access, (std::vector<std::string>{"all"}));
  EXPECT_EQ(content.pages.at(0).confidence, 0.93);
  EXPECT_EQ(content.pages.at(0).steps, letter.pages[0].steps);
  EXPECT_EQ(content.proposals.at(0).reason, letter.proposals[0].reason);
  EXPECT_EQ(content.processing, letter.processing);
  EXPECT_EQ(tenant.archive.rendition(found, RenditionRole::original).object.size, 4U);
  EXPECT_THROW(tenant.archive.rendition(found, RenditionRole::pdfa), NotFound);
  EXPECT_EQ(tenant.archive.document_of(intake), found.id);
  EXPECT_FALSE(tenant.archive.document_of({"nobody"}));
  EXPECT_THROW(tenant.archive.document({"nobody"}), NotFound);
}

TEST(Filing, WritesAManifestNamedAfterItsBytes) {
  Tenant tenant;
  const FolderId folder = tenant.archive.add_folder("11.50.20", "20.1-RE/2026", "Rechnungen 2026", "cli");
  const IntakeId intake = tenant.accept("tiff");
  NewDocument letter = tenant.letter(intake, "tiff");
  letter.fields.folder = folder;
  const Document filed = tenant.archive.file(letter, "system");
  const std::string text = testing::file_content(manifest_file(tenant, filed));
  EXPECT_EQ(sha256_hex(text), filed.manifest_sha256);
  const auto manifest = nlohmann::json::parse(text);
  EXPECT_EQ(manifest["format"], "eakte-manifest-1");
  EXPECT_EQ(manifest["tenant"], "musterstadt");
  EXPECT_EQ(manifest["intake"], intake.text);
  EXPECT_EQ(manifest["folder"]["reference"], "20.1-RE/2026");
  EXPECT_EQ(manifest["renditions"][0]["role"], "original");
  EXPECT_EQ(manifest["renditions"][0]["sha256"], sha256_hex("tiff"));
  EXPECT_EQ(manifest["retention"]["end"], "2034-12-31");
  EXPECT_EQ(manifest["pages"][0]["steps"][0]["step"], "deskew");
}

TEST(Filing, ComputesTheRetentionEndFromThePlan) {
  const struct {
    const char* entry;
    const char* date;
    const char* end;
    const char* disposal;
    const char* sentence;
  } cases[] = {
      {"11.50.20", "2026-02-27", "2034-12-31", "V",
       "8 Jahre ab Ende des Jahres, in dem die Rechnung ausgestellt wurde; aufzubewahren bis 31.12.2034"},
      {"11.50.20", "", "", "V",
       "8 Jahre ab Ende des Jahres, in dem die Rechnung ausgestellt wurde; die Frist beginnt, wenn das "
       "Rechnungsdatum "
       "feststeht"},
      {"11.50.50", "2026-02-27", "", "V",
       "10 Jahre ab Ende des Jahres der Schlussverfügung (z. d. A.); die Frist beginnt, wenn der Vorgang "
       "geschlossen "
       "wird"},
      {"12.30.10", "2026-02-27", "", "B",
       "110 Jahre ab Ende des Jahres der Beurkundung; die Frist beginnt, wenn der Tag der Beurkundung "
       "eingetragen ist"},
      {"12.10.20", "2026-02-27", "", "V",
       "Bis 61 Tage vor der nächsten gleichartigen Wahl; das Ende steht fest, wenn der Tag der nächsten "
       "gleichartigen "
       "Wahl feststeht"},
      {"11.10.10", "2026-02-27", "", "A", "Dauernd aufzubewahren"},
      {"", "2026-02-27", "", "",
       "Die Frist steht noch nicht fest: Das Dokument ist noch keinem Eintrag des Aktenplans zugeordnet."},
  };
  Tenant tenant;
  int number = 0;
  for (const auto& c : cases) {
    const std::string bytes = "letter " + std::to_string(number++);
    NewDocument letter = tenant.letter(tenant.accept(bytes), bytes);
    letter.fields.plan_entry = c.entry;
    letter.fields.document_date = date_from_iso(c.date);
    const Document filed = tenant.archive.document(tenant.archive.file(letter, "system").id);
    EXPECT_EQ(filed.retention_end ? to_iso(*filed.retention_end) : "", c.end) << c.entry;
    EXPECT_EQ(filed.disposal, c.disposal);
    EXPECT_EQ(filed.retention_sentence, c.sentence);
    EXPECT_EQ(filed.retention_unlimited, std::string(c.entry) == "11.10.10");
  }
}

TEST(Filing, TheSameIntakeIsFiledOnce) {
  Tenant tenant;
  const IntakeId intake = tenant.accept("tiff");
  const NewDocument letter = tenant.letter(intake, "tiff");
  int told = 0;
  const auto also = [&](Connection&, const DocumentId&) { ++told; };
  const Document first = tenant.archive.file(letter, "system", also);
  const Document second = tenant.archive.file(letter, "system", also);
  EXPECT_EQ(first.id, second.id);
  EXPECT_EQ(told, 1);
  EXPECT_EQ(tenant.archive.revision(), 1);
  EXPECT_EQ(manifests_below(tenant.path()), 1U);
}

TEST(Filing, TheSameIntakeFromManyThreadsIsFiledOnce) {
  Tenant tenant;
  const NewDocument letter = tenant.letter(tenant.accept("tiff"), "tiff");
  std::vector<DocumentId> ids(8);
  std::vector<std::jthread> threads;
  threads.reserve(ids.size());
  for (DocumentId& id : ids) {
    threads.emplace_back([&tenant, &letter, &id] { id = tenant.archive.file(letter, "system").id; });
  }
  threads.clear();
  for (const DocumentId& id : ids) EXPECT_EQ(id, ids[0]);
  EXPECT_EQ(tenant.archive.revision(), 1);
  EXPECT_EQ(manifests_below(tenant.path()), 1U);
}

TEST(Filing, IsUndoneWhenItsCompanionFails) {
  Tenant tenant;
  const NewDocument letter = tenant.letter(tenant.accept("tiff"), "tiff");
  EXPECT_THROW(
      tenant.archive.file(letter, "system", [](Connection&, const DocumentId&) { throw Conflict("no"); }),
      Conflict);
  EXPECT_FALSE(tenant.archive.document_of(letter.intake));
  EXPECT_EQ(tenant.archive.revision(), 0);
  EXPECT_EQ(tenant.archive.file(letter, "system").revision, 1);
}

TEST(Filing, RefusesWhatDoesNotFit) {
  Tenant tenant;
  const FolderId folder = tenant.archive.add_folder("11.50.20", "R1", "Rechnungen", "cli");
  const FolderId other = tenant.archive.add_folder("61.10.10", "G1", "Grundsteuer", "cli");
  const CaseId open_case = tenant.archive.add_case(other, "G1-7", "Erlass", "cli");
  const NewDocument good = tenant.letter(tenant.accept("tiff"), "tiff");
  const auto refused = [&](const std::function<void(NewDocument&)>& change) {
    NewDocument letter = good;
    change(letter);
    EXPECT_THROW(tenant.archive.file(letter, "system"), Error);
  };
  refused([](NewDocument& letter) { letter.fields.plan_entry = "99"; });
  refused([](NewDocument& letter) { letter.fields.plan_entry = "11.50"; });
  refused([](NewDocument& letter) { letter.fields.folder = {"nobody"}; });
  refused([](NewDocument& letter) { letter.fields.open_case = {"nobody"}; });
  refused([](NewDocument& letter) { letter.renditions[0].object.sha256 = sha256_hex("never stored"); });
  refused([](NewDocument& letter) { letter.intake = {}; });
  refused([&](NewDocument& letter) {
    letter.fields.folder = folder;
    letter.fields.open_case = open_case;
  });
  EXPECT_EQ(tenant.archive.revision(), 0);
}

TEST(Filing, ACaseBringsItsFolderAndAFolderItsEntry) {
  Tenant tenant;
  const FolderId folder = tenant.archive.add_folder("61.10.10", "G1", "Grundsteuer", "cli");
  const CaseId open_case = tenant.archive.add_case(folder, "G1-7", "Erlass", "cli");
  NewDocument letter = tenant.letter(tenant.accept("tiff"), "tiff");
  letter.fields.plan_entry = "11.50.20";
  letter.fields.open_case = open_case;
  const Document filed = tenant.archive.file(letter, "system");
  EXPECT_EQ(filed.content.fields.folder, folder);
  EXPECT_EQ(filed.content.fields.plan_entry, "61.10.10");
}

TEST(Filing, ConfirmingTakesADocumentOffTheReviewList) {
  Tenant tenant;
  NewDocument letter = tenant.letter(tenant.accept("tiff"), "tiff");
  letter.state = DocumentState::review;
  letter.review_reasons = {"plan_entry_unsure"};
  letter.fields.plan_entry = "";
  const Document before = tenant.archive.file(letter, "system");
  DocumentFields fields = before.content.fields;
  fields.title = "Grundsteuerbescheid";
  fields.plan_entry = "61.10.10";
  int told = 0;
  const Document after = tenant.archive.confirm(before.id, fields, "web", [&](Connection&) { ++told; });
  EXPECT_EQ(told, 1);
  const Document found = tenant.archive.document(before.id);
  EXPECT_EQ(found.content.state, DocumentState::filed);
  EXPECT_TRUE(found.content.review_reasons.empty());
  EXPECT_EQ(found.content.fields.title, "Grundsteuerbescheid");
  EXPECT_EQ(found.disposal, "V");
  EXPECT_EQ(found.revision, 2);
  EXPECT_EQ(found.manifest_sha256, after.manifest_sha256);
  const auto manifest = nlohmann::json::parse(testing::file_content(manifest_file(tenant, found)));
  EXPECT_EQ(manifest["previous"], before.manifest_sha256);
  EXPECT_EQ(manifests_below(tenant.path()), 2U) << "the earlier manifest stays";
}

TEST(Filing, ConfirmingRefusesWhatDoesNotFit) {
  Tenant tenant;
  const FolderId folder = tenant.archive.add_folder("61.10.10", "G1", "Grundsteuer", "cli");
  const Document document = tenant.file("tiff");
  DocumentFields fields = document.content.fields;
  fields.folder = folder;
  EXPECT_THROW(tenant.archive.confirm(document.id, fields, "web"), Error) << "the folder is of another entry";
  fields = document.content.fields;
  fields.plan_entry = "99";
  EXPECT_THROW(tenant.archive.confirm(document.id, fields, "web"), Error);
  EXPECT_THROW(tenant.archive.confirm({"nobody"}, document.content.fields, "web"), NotFound);
  EXPECT_EQ(tenant.archive.document(document.id).revision, document.revision);
}

TEST(Filing, OfTwoWhoConfirmAtOnceNeitherIsLostUnnoticed) {
  Tenant tenant;
  const Document document = tenant.file("tiff");
  std::atomic<int> conflicts{0};
  std::atomic<int> confirmed{0};
  std::vector<std::jthread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      DocumentFields fields = document.content.fields;
      fields.title = "Titel " + std::to_string(i);
      try {
        tenant.archive.confirm(document.id, fields, "web");
        ++confirmed;
      } catch (const Conflict&) {
        ++conflicts;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(confirmed + conflicts, 4);
  EXPECT_GE(confirmed, 1);
  EXPECT_EQ(tenant.archive.document(document.id).revision, 1 + confirmed);
}

TEST(Filing, FilesSeveralAndWithdrawsOthersInOneCommitOrNotAtAll) {
  Tenant tenant;
  const Document part = tenant.file("part");
  const IntakeId first = tenant.accept("eins");
  const IntakeId second = tenant.accept("zwei");
  const std::vector<NewDocument> both{tenant.letter(first, "eins"), tenant.letter(second, "zwei")};
  const std::int64_t before = tenant.archive.revision();
  // What is to happen in the same commit fails, as a crash would: nothing has happened.
  EXPECT_THROW(tenant.archive.file_together(both, {part.id}, "system",
                                            [](Connection&, const std::vector<DocumentId>&) {
                                              throw Conflict("the batch has ended meanwhile");
                                            }),
               Conflict);
  EXPECT_EQ(tenant.archive.revision(), before);
  EXPECT_FALSE(tenant.archive.document_of(first) || tenant.archive.document_of(second));
  EXPECT_EQ(tenant.archive.document(part.id).content.state, DocumentState::filed);

  const auto filed = tenant.archive.file_together(both, {part.id}, "system");
  ASSERT_EQ(filed.size(), 2U);
  const Document withdrawn = tenant.archive.document(part.id);
  EXPECT_EQ(withdrawn.content.state, DocumentState::withdrawn);
  EXPECT_NE(withdrawn.manifest_sha256, part.manifest_sha256);
  EXPECT_TRUE(std::filesystem::exists(manifest_file(tenant, part)));  // the former one stays
  EXPECT_EQ(tenant.archive.documents(std::nullopt, "", 9).documents.size(), 2U);
  EXPECT_EQ(tenant.archive.documents(DocumentState::withdrawn, "", 9).documents.size(), 1U);
  EXPECT_THROW(tenant.archive.confirm(part.id, part.content.fields, "web"), Conflict);
  // Once more changes nothing and gives what is there.
  const auto again = tenant.archive.file_together(both, {}, "system");
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[0].id, filed[0].id);
}

TEST(Filing, KeepsTheCodesAndMarksOfAPage) {
  Tenant tenant;
  const IntakeId intake = tenant.accept("tiff");
  NewDocument letter = tenant.letter(intake, "tiff");
  letter.pages[0].original_page = 7;
  letter.pages[0].codes = R"([{"box":[1,2,3,4],"symbology":"qr","text":"ASN00007"}])";
  letter.pages[0].marks = R"(["identity_document"])";
  const Document found = tenant.archive.document(tenant.archive.file(letter, "system").id);
  EXPECT_EQ(found.content.pages.at(0).original_page, 7);
  EXPECT_EQ(found.content.pages.at(0).codes, letter.pages[0].codes);
  EXPECT_EQ(found.content.pages.at(0).marks, letter.pages[0].marks);
  EXPECT_NE(testing::file_content(manifest_file(tenant, found)).find("ASN00007"), std::string::npos);
}

}  // namespace
}  // namespace eakte::archive
