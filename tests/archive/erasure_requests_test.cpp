#include "archive/erasure_requests.h"

#include <gtest/gtest.h>

#include "archive/accounts.h"
#include "archive/destruction.h"
#include "archive/destruction_permission.h"
#include "archive/holds.h"
#include "archive/life_cycle.h"
#include "tests/archive/tenant.h"
#include "tests/support/day.h"

namespace eakte::archive {
namespace {

using testing::day;

const Date today = day("2027-06-01");

/// Ten years from closing under 1, none (but a maximum) under 2.
constexpr const char* plan = R"(schema_version: 1
aktenplan: {bezeichnung: Probe, version: "7"}
vorgaben: {frist: {art: mindest, jahre: 10, beginn: zdA, rundung: jahresende}, aussonderungsart: V}
einheiten:
- {kz: "1", titel: Eins, aktenbildend: true}
- {kz: "2", titel: Pässe, aktenbildend: true, frist: {art: hoechst, jahre: 1, beginn: zdA, rundung: jahresende}}
- {kz: "3", titel: Drei, aktenbildend: true, aussonderungsart: B, frist: {jahre: 1, beginn: zdA, rundung: jahresende}}
)";

class Erasure : public ::testing::Test {
protected:
  Erasure() : archive_(created(temporary_.path() / "probe")) {
    for (const char* name : {"meier", "schulz"})
      add_account(archive_,
                  {name, name, {Role::administrator, Role::records_manager}, "lange Wörter hintereinander"},
                  "cli", {1, 8}, 0);
    add_account(archive_, {"kurz", "Kurz", {Role::clerk}, "lange Wörter hintereinander"}, "cli", {1, 8}, 0);
    record_permission(archive_, {"V-1", day("2026-01-01"), day("2030-12-31"), {"1", "2"}}, today, "meier");
  }

  FolderId folder(const std::string& entry) {
    return archive_.add_folder(entry, entry + "/" + std::to_string(++number_), "Akte", "cli",
                               day("2015-01-01"));
  }
  DocumentId filed(const FolderId& id) {
    NewDocument letter{.intake = {new_id_text()}, .received_on = day("2016-01-02")};
    letter.fields.title = "Antrag";
    letter.fields.folder = id;
    letter.renditions = {{RenditionRole::original, archive_.objects().put("bytes"), "image/tiff"}};
    archive_.database().write([&](Connection& connection) {
      connection.execute(
          "INSERT INTO intake(id, received_at, source, name, sha256, size, languages, state, updated_at) "
          "VALUES(?, ?, 'cli', 'scan.tif', ?, 5, 'deu', 'filed', ?)",
          {letter.intake.text, now_utc(), letter.renditions[0].object.sha256, now_utc()});
      archive_.record(connection, {"cli", "intake.accepted", letter.intake.text, ""});
    });
    return archive_
        .file(letter, "system",
              [&](Connection& connection, const DocumentId& document) {
                connection.execute("UPDATE intake SET document = ? WHERE id = ?",
                                   {document.text, letter.intake.text});
              })
        .id;
  }
  DocumentId closed(const std::string& entry, FolderId* where = nullptr) {
    const FolderId id = folder(entry);
    const DocumentId document = filed(id);
    close_folder(archive_, id, day("2020-05-05"), today, "cli");
    if (where != nullptr) *where = id;
    return document;
  }
  ErasureRequestId requested() {
    return record_erasure_request(
        archive_, {"Jörg Wößner", "Bahnhofstraße 27 b, 39999 Musterstadt", "", day("2027-05-31")}, today,
        "meier");
  }
  ErasureRequest decided(const std::vector<DocumentId>& documents) {
    return decide_erasure(archive_, requested(), documents, today, "meier");
  }
  std::vector<std::string> problems() { return verify_archive(archive_).problems; }

private:
  static std::filesystem::path created(const std::filesystem::path& directory) {
    Archive::create(directory, "probe", plan);
    return directory;
  }
  eakte::testing::TemporaryDirectory temporary_;
  int number_ = 0;

protected:
  Archive archive_;
};

TEST_F(Erasure, ARunningPeriodStandsAgainstItAndTheDocumentIsRestricted) {
  const DocumentId kept = closed("1");
  const std::int64_t before = archive_.document(kept).revision;
  const ErasureRequest request = decided({kept});
  ASSERT_EQ(request.items.size(), 1U);
  EXPECT_EQ(request.items[0].decision, ErasureDecision::restricted) << "Z13";
  EXPECT_EQ(request.items[0].code, "retention_running");
  const Document document = archive_.document(kept);
  EXPECT_TRUE(is_restricted(document));
  EXPECT_EQ(document.content.access, std::vector<std::string>{"restricted"}) << "nobody else finds it";
  EXPECT_GT(document.revision, before) << "the search learns of it";
  EXPECT_NE(request.letter.find("bis 31.12.2030 (Art. 17 Abs. 3 Buchst. b DSGVO)"), std::string::npos)
      << request.letter;
  EXPECT_NE(request.letter.find("Art. 18 DSGVO"), std::string::npos);
  EXPECT_NE(request.letter.find("Art. 77 DSGVO"), std::string::npos);
  EXPECT_EQ(erasure_request(archive_, request.id).letter, request.letter);
  EXPECT_EQ(problems(), std::vector<std::string>());
}

TEST_F(Erasure, AHoldOnWhatShouldBeGoneLeadsToRestrictionToo) {
  FolderId where;
  const DocumentId held = closed("2", &where);
  place_hold(archive_, {where}, {"Klage", "Rechtsamt", day("2028-01-01")}, "cli");
  const ErasureRequest request = decided({held});
  EXPECT_EQ(request.items[0].decision, ErasureDecision::restricted) << "Z06";
  EXPECT_EQ(request.items[0].code, "hold_standing");
  EXPECT_NE(request.letter.find("Art. 17 Abs. 3 Buchst. e DSGVO"), std::string::npos);
}

TEST_F(Erasure, WhatTheArchiveMustBeOfferedStaysForItAndWhatNothingStandsAgainstIsProposed) {
  FolderId where;
  const DocumentId free = closed("2", &where);
  const DocumentId for_archive = closed("3");
  const ErasureRequest request = decided({free, for_archive});
  EXPECT_EQ(request.items[0].decision, ErasureDecision::proposed);
  EXPECT_EQ(destruction_of(archive_, where)->state, DestructionState::proposed);
  EXPECT_EQ(destruction_of(archive_, where)->proposed_by, "meier") << "so another person approves";
  EXPECT_EQ(request.items[1].code, "appraisal_missing");
  EXPECT_NE(request.letter.find("Art. 17 Abs. 3 Buchst. d DSGVO"), std::string::npos);
  EXPECT_NE(request.letter.find("Die Löschung ist eingeleitet"), std::string::npos);
}

TEST_F(Erasure, TwoDocumentsOfOneFolderAreProposedOnce) {
  const FolderId where = folder("2");
  const std::vector<DocumentId> both{filed(where), filed(where)};
  close_folder(archive_, where, day("2020-05-05"), today, "cli");
  const ErasureRequest request = decided({both[0], both[1], both[0]});
  EXPECT_EQ(request.items.size(), 2U);
  EXPECT_EQ(request.items[1].decision, ErasureDecision::proposed);
  EXPECT_TRUE(
      archive_.database().query("SELECT 1 FROM audit_trail WHERE action = 'destruction.refused'").empty());
}

TEST_F(Erasure, WhatIsInProcessingIsRefusedAndStaysWithThoseWhoProcessIt) {
  const DocumentId open = filed(folder("2"));
  const DocumentId unfiled = filed({});
  const ErasureRequest request = decided({open, unfiled});
  EXPECT_EQ(request.items[0].decision, ErasureDecision::refused);
  EXPECT_EQ(request.items[0].code, "folder_not_closed");
  EXPECT_EQ(request.items[1].code, "not_in_a_folder");
  EXPECT_FALSE(is_restricted(archive_.document(open)));
}

TEST_F(Erasure, IsDecidedOnceByRecordsManagersAndARestrictionCanBeLifted) {
  const DocumentId kept = closed("1");
  const ErasureRequestId id = requested();
  EXPECT_THROW(decide_erasure(archive_, id, {kept}, today, "kurz"), Forbidden);
  EXPECT_FALSE(is_restricted(archive_.document(kept)));
  decide_erasure(archive_, id, {kept}, today, "schulz");
  EXPECT_THROW(decide_erasure(archive_, id, {}, today, "schulz"), Forbidden);
  EXPECT_THROW(lift_restriction(archive_, kept, "kurz"), Forbidden);
  lift_restriction(archive_, kept, "schulz");
  EXPECT_EQ(archive_.document(kept).content.access, std::vector<std::string>{"all"});
  EXPECT_THROW(lift_restriction(archive_, kept, "schulz"), Forbidden);
  EXPECT_EQ(problems(), std::vector<std::string>());
  EXPECT_EQ(erasure_requests(archive_, 10).at(0).answer_by, day("2027-06-30")) << "a month has no 31st";
}

}  // namespace
}  // namespace eakte::archive
