#include "archive/drafts.h"

#include <gtest/gtest.h>

#include "archive/destruction_log.h"
#include "archive/holds.h"
#include "archive/life_cycle.h"
#include "archive/package.h"
#include "archive/relations.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

Date day(const char* iso) { return date_from_iso(iso).value(); }
const Date today = day("2027-06-01");

/// A folder with a case, in which lie a draft and the fair copy.
class Drafts : public ::testing::Test {
protected:
  Drafts() {
    folder_ = tenant_.archive.add_folder("11.50.20", "11.50.20/7", "Akte", "cli", day("2020-01-01"));
    case_ = tenant_.archive.add_case(folder_, "11.50.20/7-1", "Vorgang", "cli");
    draft_ = filed("Entwurf mit Streichungen");
    fair_ = filed("Reinschrift");
    set_draft(tenant_.archive, draft_, true, "s.arbeit");
  }

  DocumentId filed(const std::string& bytes) {
    const Document document = tenant_.file(bytes);
    DocumentFields fields = document.content.fields;
    fields.folder = folder_;
    fields.open_case = case_;
    tenant_.archive.confirm(document.id, fields, "s.arbeit");
    return document.id;
  }
  /// As ingest does it for filed intakes.
  static std::optional<ForgottenIntakes> forget(Connection& connection, const std::vector<DocumentId>& ids,
                                                const std::vector<IntakeId>& /*intakes*/) {
    ForgottenIntakes forgotten;
    for (const DocumentId& id : ids) {
      for (const Row& row : connection.query(
               "UPDATE intake SET state = 'destroyed', name = '', detail = '' WHERE id = (SELECT intake FROM "
               "document WHERE id = ?) RETURNING id, sha256, size",
               {id.text}))
        forgotten.received.push_back(
            {{row.text("id")}, {row.text("sha256"), static_cast<std::uint64_t>(row.integer("size"))}});
    }
    return forgotten;
  }
  void close(const std::vector<DocumentId>& drafts) {
    close_case_and_drafts(tenant_.archive, case_, day("2026-05-05"), today, drafts, forget, "s.arbeit");
  }
  std::string refused(const std::vector<DocumentId>& drafts) {
    try {
      close(drafts);
    } catch (const Forbidden& forbidden) {
      return forbidden.code;
    }
    return "";
  }
  void erase() {
    const StepReached reached = [](std::string_view) {};
    erase_manifests(tenant_.archive, reached);
    erase_objects(tenant_.archive, reached);
    complete_destructions(tenant_.archive, {{}, 0, today}, reached);
  }
  bool is_open() { return takes_documents(tenant_.archive, case_); }
  std::int64_t in_package(bool with_drafts) {
    const auto target = directory_.path() / (with_drafts ? "mit" : "ohne");
    PackageOptions options{.folder = folder_, .at = "2026-11-22T10:00:00.000Z"};
    options.with_drafts = with_drafts;
    const PackageReport report = export_package(tenant_.archive, target, options, "m.akte");
    EXPECT_EQ(report.drafts_left_out, with_drafts ? 0 : 1);
    std::string all;
    for (const auto& file : std::filesystem::recursive_directory_iterator(target)) {
      if (file.is_regular_file()) all += file.path().string() + testing::file_content(file.path());
    }
    EXPECT_EQ(all.find(draft_.text) != std::string::npos, with_drafts) << "neither file nor name of it";
    EXPECT_EQ(all.find("Streichungen") != std::string::npos, with_drafts);
    return report.documents;
  }

  testing::TemporaryDirectory directory_;
  testing::Tenant tenant_;
  FolderId folder_;
  CaseId case_;
  DocumentId draft_;
  DocumentId fair_;
};

TEST_F(Drafts, StayHereWhenAFolderIsGivenAwayUnlessTheyAreAskedFor) {
  EXPECT_EQ(in_package(false), 1);
  EXPECT_EQ(in_package(true), 2);
}

TEST_F(Drafts, AreListedAndStayWhereNobodyConfirmsTheirDeletion) {
  ASSERT_EQ(drafts_in(tenant_.archive, case_).size(), 1U);
  EXPECT_EQ(drafts_in(tenant_.archive, folder_).at(0).document, draft_);
  close({});
  EXPECT_EQ(drafts_in(tenant_.archive, case_).size(), 1U);
  EXPECT_FALSE(is_open());
}

TEST_F(Drafts, AreDeletedWithTheClosingAndLeaveATombstoneAndARecord) {
  const std::string sha256 = sha256_hex("Entwurf mit Streichungen");
  ASSERT_TRUE(tenant_.archive.objects().exists(sha256));
  close({draft_});
  EXPECT_FALSE(is_open());
  EXPECT_THROW(tenant_.archive.document(draft_), NotFound) << "gone for everybody at once";
  EXPECT_TRUE(destruction_is_underway(tenant_.archive));
  erase();
  EXPECT_FALSE(tenant_.archive.objects().exists(sha256));
  EXPECT_NO_THROW(tenant_.archive.document(fair_));
  const auto tombstone = tombstone_of(tenant_.archive, draft_);
  ASSERT_TRUE(tombstone);
  EXPECT_EQ(tombstone->destruction.basis, DestructionBasis::draft);
  EXPECT_EQ(tombstone->destruction.approved_by, "s.arbeit");
  EXPECT_NE(tombstone->destruction.record.find(draft_.text), std::string::npos);
  EXPECT_FALSE(destruction_of(tenant_.archive, folder_)) << "the folder itself is not destroyed";
  EXPECT_EQ(folder_record(tenant_.archive, folder_).status, FolderStatus::open);
  EXPECT_TRUE(verify_archive(tenant_.archive).problems.empty())
      << verify_archive(tenant_.archive).problems.front();
  // The folder goes on: it closes like any other.
  close_folder_and_drafts(tenant_.archive, folder_, day("2026-05-06"), today, {}, forget, "s.arbeit");
  EXPECT_EQ(folder_record(tenant_.archive, folder_).status, FolderStatus::closed);
}

TEST_F(Drafts, OnlyDraftsThatLieThereAreDeletedAndNoneUnderHold) {
  EXPECT_EQ(refused({fair_}), "not_a_draft");
  const DocumentId elsewhere = tenant_.file("anderswo").id;
  EXPECT_EQ(refused({elsewhere}), "not_in_there");
  place_hold(tenant_.archive, {folder_}, {"Klage", "Rechtsamt", day("2028-01-01")}, "m.akte");
  EXPECT_EQ(refused({draft_}), "hold_standing");
  EXPECT_TRUE(is_open()) << "nothing was closed either";
  EXPECT_NO_THROW(tenant_.archive.document(draft_));
}

TEST_F(Drafts, ABackupThatStillHasThemLosesThemAgainAndKeepsTheFolder) {
  const auto backup = directory_.path() / "backup";
  tenant_.archive.database().write([&](Connection&) {});
  std::filesystem::copy(tenant_.path(), backup, std::filesystem::copy_options::recursive);
  close({draft_});
  erase();
  const DestructionLog log(destruction_log_file(tenant_.archive), destruction_key(tenant_.archive));
  Archive restored(backup);
  EXPECT_NO_THROW(restored.document(draft_));
  EXPECT_EQ(begin_again(restored, log.destructions(), forget, "system"), 1);
  EXPECT_THROW(restored.document(draft_), NotFound);
  EXPECT_NO_THROW(restored.document(fair_));
  EXPECT_EQ(folder_record(restored, folder_).about.title, "Akte");
}

}  // namespace
}  // namespace eakte::archive
