#include "ingest/destruction_run.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "archive/destruction_log.h"
#include "archive/holds.h"
#include "archive/scan_check.h"
#include "ingest/classify/features.h"
#include "ingest/classify/kept_features.h"
#include "ingest/learning.h"
#include "tests/ingest/destruction_tenant.h"

namespace eakte::ingest {
namespace {

using archive::DestructionState;
using archive::FolderId;
using testing::bytes_of;
using testing::day;
using testing::DestructionTenant;
using testing::TemporaryDirectory;

/// In no dictionary, and as common in the files of a tenant that never had it as a random word of its length.
constexpr const char* canary = "Zwergtaucherquark";

class DestructionRun : public ::testing::Test {
protected:
  std::filesystem::path directory() const { return temporary_.path() / "probe"; }
  TemporaryDirectory temporary_;
};

/// Holds a scan against its paper and seals a note about it, which has the canary too.
void note_transfer(DestructionTenant& tenant, const archive::DocumentId& document) {
  const int version = archive::add_scan_profile(tenant.archive, "Eingang", "300 dpi", "meier").version;
  archive::release_scan_profile(tenant.archive, "Eingang", version, "schulz");
  archive::draw_scans(tenant.archive, 1, "seed", "meier");
  archive::record_scan_check(tenant.archive, document, {true, 1, true, true, canary}, "meier");
  archive::make_transfer_note(tenant.archive, document, {1, "VD 1", "Eingang"},
                              archive::InstallationKey::of(tenant.archive.directory().parent_path()),
                              "meier");
}

/// A folder whose content, title, case, hold and file names have the canary, and another one beside it.
FolderId filled(DestructionTenant& tenant, archive::DocumentId* survivor = nullptr) {
  const FolderId folder = tenant.folder("A 1", std::string("Akte ") + canary);
  const auto record_case = tenant.archive.add_case(folder, "A 1-1", std::string("Vorgang ") + canary, "cli");
  const Intake intake = tenant.accept("bytes of Zwergtaucherquark", std::string(canary) + ".tif", canary);
  archive::Document document = tenant.file(intake, folder, canary);
  tenant.index.catch_up(tenant.archive);
  // A text a person corrected, and then once more: the first correction is only in an old manifest.
  document =
      tenant.archive.correct_page(document.id, 1, {{"ZWERGTAUCHERQUARK eins"}}, document.revision, "cli");
  document =
      tenant.archive.correct_page(document.id, 1, {{"ZWERGTAUCHERQUARK zwei"}}, document.revision, "cli");
  archive::DocumentFields fields = document.content.fields;
  fields.title = "Neuer Titel";
  fields.recipient = canary;
  tenant.archive.confirm(document.id, fields, "cli");
  note_transfer(tenant, document.id);
  tenant.accept("bytes of Zwergtaucherquark", std::string("nochmals ") + canary);  // a duplicate
  tenant.index.catch_up(tenant.archive);
  const archive::HoldId hold =
      archive::place_hold(tenant.archive, {folder}, {canary, "Rechtsamt", day("2028-01-01")}, "cli").at(0);
  archive::lift_hold(tenant.archive, hold, canary, "cli");
  archive::close_case(tenant.archive, record_case, day("2020-05-05"), DestructionTenant::today(), "cli");
  const archive::Document other = tenant.file(tenant.folder("A 2", "Andere Akte"), "other bytes", "Buchfink");
  if (survivor != nullptr) *survivor = other.id;
  tenant.index.catch_up(tenant.archive);
  return folder;
}

TEST_F(DestructionRun, NoFileHasAWordOfItAnyMoreAndEverythingElseIsThere) {
  DestructionTenant tenant(directory());
  archive::DocumentId survivor;
  const FolderId folder = filled(tenant, &survivor);
  // Files a watched directory has kept, and features of the type model.
  const auto done = directory() / "inbox" / "done" / "unter";
  std::filesystem::create_directories(done);
  std::ofstream(done / (std::string(canary) + ".tif"), std::ios::binary) << "bytes of Zwergtaucherquark";
  std::ofstream(directory() / "inbox" / "done" / "bleibt.tif", std::ios::binary)
      << "bytes of something different";
  const std::string text_hash = archive::sha256_hex(std::string(canary) + " " + canary + "\n\f");
  save_features(directory() / "type.features", {{text_hash, packed(features_of(canary))},
                                                {std::string(64, 'a'), packed(features_of("Rechnung"))}});
  EXPECT_GE(tenant.files_with(canary).size(), 6U) << "the test must be able to find it";
  const archive::DestructionId id = tenant.approve(folder);

  const DestructionRunReport report = tenant.run();
  EXPECT_EQ(report.begun.begun, 1);
  EXPECT_EQ(report.done, 1);
  EXPECT_EQ(tenant.files_with(canary), std::vector<std::string>());
  EXPECT_GE(tenant.files_with("Buchfink").size(), 4U);
  EXPECT_EQ(load_features(directory() / "type.features").size(), 1U);
  EXPECT_EQ(bytes_of(directory() / "type.features").find(text_hash), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(directory() / "inbox" / "done" / "bleibt.tif"));
  EXPECT_FALSE(std::filesystem::exists(done));
  EXPECT_EQ(tenant.problems(), std::vector<std::string>());
  EXPECT_EQ(tenant.archive.document(survivor).content.fields.sender, "Buchfink");
  EXPECT_EQ(archive::destruction(tenant.archive, id).state, DestructionState::done);
  EXPECT_EQ(archive::folder_record(tenant.archive, folder).status, archive::FolderStatus::destroyed);
  EXPECT_EQ(archive::why_not_destroyable(tenant.archive, folder, DestructionTenant::today()),
            "already_destroyed");
}

TEST_F(DestructionRun, WhatStaysIsATombstoneARecordAndALine) {
  DestructionTenant tenant(directory());
  const FolderId folder = tenant.folder("A 1", "Hund Müller");
  const archive::Document document = tenant.file(folder, "bytes", "Hund");
  tenant.approve(folder);
  tenant.run();
  const auto tombstone = archive::tombstone_of(tenant.archive, document.id);
  ASSERT_TRUE(tombstone);
  EXPECT_EQ(tombstone->person.size(), 16U);
  EXPECT_NE(tombstone->destruction.record.find("\"person\":\"" + tombstone->person + "\""),
            std::string::npos);
  EXPECT_EQ(tombstone->intake, document.content.intake);
  const std::string& record = tombstone->destruction.record;
  for (const char* part :
       {"\"reference\":\"A 1\"", "\"file_plan_version\":\"7\"", "\"number\":\"1\"",
        "\"retention_end\":\"2021-12-31\"", "\"kind\":\"permission\",\"source\":\"V-1\"", "\"by\":\"meier\"",
        "\"by\":\"schulz\"", "\"by\":\"system\"", "\"disposal_of_this_record\":\"A\"",
        "\"method\":", "\"backups\":", "1 Jahr ab Ende des Jahres"})
    EXPECT_NE(record.find(part), std::string::npos) << part << "\n" << record;
  EXPECT_NE(record.find(document.content.renditions[0].object.sha256), std::string::npos);
  EXPECT_EQ(record.find("Hund"), std::string::npos);
  EXPECT_THROW(tenant.archive.document(document.id), archive::NotFound);
  const archive::DestructionLog log(archive::destruction_log_file(tenant.archive),
                                    archive::destruction_key(tenant.archive));
  EXPECT_EQ(log.destructions().at(0).record, record);
  const DestructionRunReport again = tenant.run();
  EXPECT_EQ(again.begun.begun + again.done + again.resumed, 0);
}

TEST_F(DestructionRun, APersonHasTheSamePseudonymInATenantAndAnotherOneElsewhere) {
  DestructionTenant tenant(directory());
  DestructionTenant elsewhere(temporary_.path() / "elsewhere");
  const auto destroyed = [](DestructionTenant& there, const char* reference, const char* name) {
    const FolderId folder = there.folder(reference, "Akte");
    const archive::DocumentId document = there.file(folder, reference, name).id;
    there.approve(folder);
    there.run();
    return archive::tombstone_of(there.archive, document)->person;
  };
  const std::string person = destroyed(tenant, "A 1", "Jörg Wößner");
  EXPECT_EQ(destroyed(tenant, "A 2", " jörg  Wößner "), person);
  EXPECT_NE(destroyed(tenant, "A 3", "Jörg Wöllner"), person);
  EXPECT_NE(destroyed(elsewhere, "A 1", "Jörg Wößner"), person) << "each tenant has a key of its own";
}

TEST_F(DestructionRun, ATrainingAfterItForgetsItsWords) {
  constexpr const char* words = "Qvyxzz Jwbkkq";
  constexpr const char* never_seen = "Xhhggw Ptttzv";
  DestructionTenant tenant(directory());
  const FolderId folder = tenant.folder("A 1", "Akte");
  const FolderId other = tenant.folder("A 2", "Akte");
  const auto confirmed = [&](const FolderId& where, const std::string& word, const char* type) {
    const archive::Document document = tenant.file(where, "bytes of " + word, word);
    archive::DocumentFields fields = document.content.fields;
    fields.document_type = type;
    tenant.archive.confirm(document.id, fields, "meier");
  };
  for (const char* number : {"1", "2", "3"}) {
    confirmed(folder, std::string(words) + " " + number, "Rechnung");
    confirmed(other, std::string("Rechnung Umsatzsteuer ") + number, "Rechnung");
    confirmed(other, std::string("Niederschrift Tagesordnung ") + number, "Niederschrift");
  }
  const auto learn = [&] { return learn_from_filings(tenant.archive, {}).confirmed; };
  const auto belief = [&](const char* text) {
    return TypeModel::load(model_file(directory())).guess(text).at(0).confidence;
  };
  EXPECT_EQ(learn(), 9);
  EXPECT_EQ(learn(), 9);
  EXPECT_NE(belief(words), belief(never_seen)) << "it knows the words";
  EXPECT_FALSE(must_forget(tenant.archive));
  tenant.index.catch_up(tenant.archive);
  tenant.approve(folder);
  tenant.run();
  EXPECT_TRUE(must_forget(tenant.archive));
  EXPECT_EQ(learn(), 6);
  EXPECT_FALSE(must_forget(tenant.archive));
  EXPECT_EQ(belief(words), belief(never_seen)) << "no weight of its hashed features is left";
  EXPECT_NE(belief("Rechnung Umsatzsteuer"), belief(never_seen));
  EXPECT_FALSE(std::filesystem::exists(directory() / "type.model.previous"))
      << "the one before knows it still";
}

TEST_F(DestructionRun, HappensAfterTheQuarantineAndNotBefore) {
  DestructionTenant tenant(directory());
  const FolderId folder = tenant.folder("A 1", "Akte");
  tenant.close(folder);
  archive::record_permission(tenant.archive, {"V-1", day("2026-01-01"), day("2030-12-31"), {"1"}},
                             DestructionTenant::today(), "meier");
  const auto proposed =
      archive::propose_destruction(tenant.archive, {folder}, DestructionTenant::today(), "meier").taken;
  const auto run_on = [&](const char* on) {
    return run_destructions(tenant.archive, tenant.index, {.today = day(on)}).done;
  };
  EXPECT_EQ(run_on("2029-01-01"), 0) << "not approved";
  archive::approve_destruction(tenant.archive, proposed, DestructionTenant::today(), 30, "schulz");
  EXPECT_EQ(run_on("2027-06-30"), 0);
  EXPECT_EQ(run_on("2027-07-01"), 1);
  try {
    archive::withdraw_destruction(tenant.archive, proposed.at(0), "zu spät", "meier");
    FAIL();
  } catch (const archive::Forbidden& forbidden) {
    EXPECT_EQ(forbidden.code, "destruction_begun");
  }
}

TEST_F(DestructionRun, IsStoppedByAHoldARevocationAndAReopening) {
  DestructionTenant tenant(directory());
  const FolderId held = tenant.folder("A 1", "Akte");
  const FolderId held_once = tenant.folder("A 2", "Akte");
  const FolderId reopened = tenant.folder("A 3", "Akte");
  for (const FolderId& folder : {held, held_once, reopened}) tenant.approve(folder);
  archive::place_hold(tenant.archive, {held}, {"Klage", "Rechtsamt", day("2028-01-01")}, "cli");
  const archive::HoldId lifted =
      archive::place_hold(tenant.archive, {held_once}, {"Klage", "Rechtsamt", day("2028-01-01")}, "cli")
          .at(0);
  archive::lift_hold(tenant.archive, lifted, "Irrtum", "cli");
  archive::reopen_folder(tenant.archive, reopened, "cli");
  const DestructionRunReport report = tenant.run();
  EXPECT_EQ(report.begun.stopped, 3);
  EXPECT_EQ(report.begun.begun, 0);
  const auto reason = [&](const FolderId& folder) {
    return archive::destruction_of(tenant.archive, folder)->withdraw_reason;
  };
  EXPECT_EQ(reason(held), "hold_standing");
  EXPECT_EQ(reason(held_once), "hold_placed_meanwhile");
  EXPECT_EQ(reason(reopened), "folder_not_closed");
  const FolderId permitted = tenant.folder("A 4", "Akte");
  tenant.approve(permitted);
  archive::revoke_permission(tenant.archive, archive::destruction_permissions(tenant.archive).at(0).id,
                             "meier");
  EXPECT_EQ(tenant.run().begun.stopped, 1);
  EXPECT_EQ(reason(permitted), "permission_missing");
}

TEST_F(DestructionRun, BytesSomebodyElseHasStayUntilTheLastUserGoes) {
  DestructionTenant tenant(directory());
  const FolderId first = tenant.folder("A 1", "Akte");
  const FolderId second = tenant.folder("A 2", "Akte");
  tenant.file(first, "one picture", "Haubenmeise");
  const archive::Document other = tenant.file(second, "another picture", "Haubenmeise");
  const std::string shared = archive::sha256_hex("Haubenmeise Haubenmeise\n\f");
  tenant.approve(first);
  tenant.run();
  EXPECT_TRUE(tenant.archive.objects().exists(shared));
  EXPECT_FALSE(tenant.archive.objects().exists(archive::sha256_hex("one picture")));
  EXPECT_NE(archive::destruction_of(tenant.archive, first)->record.find("\"kept\""), std::string::npos);
  EXPECT_EQ(tenant.problems(), std::vector<std::string>());
  EXPECT_EQ(tenant.archive.objects().read(shared), "Haubenmeise Haubenmeise\n\f");
  tenant.approve(second);
  tenant.run();
  EXPECT_FALSE(tenant.archive.objects().exists(shared));
  EXPECT_EQ(tenant.problems(), std::vector<std::string>());
  EXPECT_THROW(tenant.archive.document(other.id), archive::NotFound);
}

TEST_F(DestructionRun, TheSameBytesMayComeInAnewAndAreNoDuplicateOfWhatIsGone) {
  DestructionTenant tenant(directory());
  const FolderId folder = tenant.folder("A 1", "Akte");
  tenant.file(folder, "the bytes", "Wiedehopf");
  tenant.approve(folder);
  // Handed in before, committed after the destruction: the bytes were there when they were compared.
  archive::StagedObject staged = tenant.archive.objects().stage();
  staged.append(std::as_bytes(std::span("the bytes", 9)));
  staged.commit();
  tenant.run();
  EXPECT_FALSE(tenant.archive.objects().exists(archive::sha256_hex("the bytes")));
  const Intake intake = tenant.queue.accept(std::move(staged), {.source = "upload", .name = "neu.tif"});
  EXPECT_EQ(intake.state, IntakeState::queued);
  EXPECT_EQ(tenant.archive.objects().read(intake.sha256), "the bytes");
  EXPECT_EQ(tenant.problems(), std::vector<std::string>());
}

TEST_F(DestructionRun, PartsOfABatchGoOneByOneAndTheBatchWithTheLast) {
  DestructionTenant tenant(directory());
  const std::vector<FolderId> folders{tenant.folder("A 1", "Akte"), tenant.folder("A 2", "Akte")};
  const Intake archive_file = tenant.accept("a zip", "Eisvogel.zip");
  tenant.queue.claim();
  const auto batch = tenant.queue.finish_unpacked(
      archive_file.id, {{tenant.archive.objects().put("a batch of two"),
                         {.source = "archive", .name = "Eisvogel.pdf", .parent = archive_file.id}}});
  const Intake whole = tenant.queue.claim().value();
  std::vector<BatchPart> parts;
  std::vector<archive::NewDocument> documents;
  std::vector<BatchPage> pages;
  for (int i = 0; i < 2; ++i) {
    Intake part = whole;
    part.id = {archive::new_id_text()};
    part.name = "Eisvogel.pdf, Seite " + std::to_string(i + 1);
    documents.push_back(
        tenant.letter(part, folders[static_cast<std::size_t>(i)], i == 0 ? "Neuntöter" : "Goldammer"));
    parts.push_back({part.id, part.name, {i + 1}});
    pages.push_back({i + 1, "page", part.id, R"([{"text":"Eisvogel"}])"});
  }
  tenant.archive.file_together(
      documents, {}, "system",
      [&](archive::Connection& connection, const std::vector<archive::DocumentId>& ids) {
        IntakeQueue::mark_split(connection, whole, parts, ids,
                                {archive::DocumentState::filed, archive::DocumentState::filed}, pages);
      });
  ASSERT_EQ(tenant.problems(), std::vector<std::string>());
  tenant.approve(folders[0]);
  EXPECT_EQ(tenant.run().done, 1);
  EXPECT_EQ(tenant.files_with("Neuntöter"), std::vector<std::string>());
  EXPECT_TRUE(tenant.archive.objects().exists(whole.sha256)) << "the original of the other part";
  EXPECT_EQ(tenant.problems(), std::vector<std::string>());
  EXPECT_THROW(tenant.queue.join(whole.id, "cli"), archive::Conflict) << "that would bring it back";
  tenant.approve(folders[1]);
  EXPECT_EQ(tenant.run().done, 1);
  EXPECT_EQ(tenant.files_with("Eisvogel"), std::vector<std::string>());
  EXPECT_FALSE(tenant.archive.objects().exists(whole.sha256));
  EXPECT_FALSE(tenant.archive.objects().exists(archive_file.sha256)) << "the archive it came in";
  EXPECT_EQ(tenant.queue.intake(archive_file.id).state, IntakeState::destroyed);
  EXPECT_EQ(tenant.problems(), std::vector<std::string>());
}

TEST_F(DestructionRun, WhatAFilingThatDiedLeftGoesToo) {
  DestructionTenant tenant(directory());
  const FolderId folder = tenant.folder("A 1", "Akte");
  const Intake intake = tenant.accept("bytes", "a.tif");
  archive::NewDocument draft = tenant.letter(intake, folder, "Rohrdommel");
  EXPECT_THROW(tenant.archive.file(draft, "system",
                                   [](archive::Connection&, const archive::DocumentId&) {
                                     throw archive::Error("the process dies here");
                                   }),
               archive::Error);
  tenant.file(intake, folder, "Wasserralle");
  EXPECT_GE(tenant.files_with("Rohrdommel").size(), 2U);
  tenant.approve(folder);
  tenant.run();
  EXPECT_EQ(tenant.files_with("Rohrdommel"), std::vector<std::string>());
  EXPECT_EQ(tenant.problems(), std::vector<std::string>());
}

/// A copy of the prepared tenant whose run is killed at the given place; false when there is no such place.
bool run_and_kill(const std::filesystem::path& prepared, const std::filesystem::path& directory, int place) {
  std::filesystem::copy(prepared, directory, std::filesystem::copy_options::recursive);
  const pid_t child = fork();
  if (child == 0) {
    DestructionTenant tenant(directory);
    int reached = 0;
    tenant.run([&](std::string_view) {
      if (++reached == place) kill(getpid(), SIGKILL);
    });
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGKILL;
  EXPECT_EQ(WEXITSTATUS(status), 0) << "the child failed by itself";
  return false;
}

TEST_F(DestructionRun, KilledAtAnyStepItIsResumedAndEndsComplete) {
  const auto prepared = temporary_.path() / "prepared";
  FolderId folder;
  archive::DocumentId survivor;
  {
    DestructionTenant tenant(prepared);
    folder = filled(tenant, &survivor);
    tenant.approve(folder);
  }
  int place = 1;
  for (;; ++place) {
    SCOPED_TRACE("killed at place " + std::to_string(place));
    const auto directory = temporary_.path() / std::to_string(place);
    if (!run_and_kill(prepared, directory, place)) break;
    DestructionTenant tenant(directory);
    EXPECT_EQ(archive::folder_record(tenant.archive, folder).status, archive::FolderStatus::destroyed)
        << "from the first step on it is gone for everybody";
    tenant.run();
    EXPECT_EQ(tenant.files_with(canary), std::vector<std::string>());
    EXPECT_EQ(archive::destruction_of(tenant.archive, folder)->state, DestructionState::done);
    EXPECT_EQ(tenant.problems(), std::vector<std::string>());
    EXPECT_NO_THROW(tenant.archive.document(survivor));
    EXPECT_EQ(archive::DestructionLog(archive::destruction_log_file(tenant.archive),
                                      archive::destruction_key(tenant.archive))
                  .destructions()
                  .size(),
              1U);
    std::filesystem::remove_all(directory);
  }
  EXPECT_GE(place, 12);
}

TEST_F(DestructionRun, ARestoredBackupIsDestroyedAgainFromTheLog) {
  const auto backup = temporary_.path() / "backup";
  const auto early = temporary_.path() / "early";
  const auto log = temporary_.path() / "elsewhere.log";
  FolderId folder;
  archive::DocumentId survivor;
  {
    DestructionTenant tenant(directory());
    const Intake waiting = tenant.accept("bytes of the Zwergtaucherquark", std::string(canary) + ".tif");
    std::filesystem::copy(directory(), early, std::filesystem::copy_options::recursive);
    folder = filled(tenant, &survivor);
    tenant.file(waiting, folder, canary);
    std::filesystem::copy(directory(), backup, std::filesystem::copy_options::recursive);
    tenant.approve(folder);
    run_destructions(tenant.archive, tenant.index,
                     {.today = DestructionTenant::today(), .actor = "system", .log_copies = {log}});
  }
  for (const auto& restored : {backup, early}) {
    DestructionTenant tenant(restored);
    ASSERT_FALSE(tenant.files_with(canary).empty());
    EXPECT_EQ(apply_destruction_logs(tenant.archive, {log}, "system"), 1);
    EXPECT_EQ(tenant.run().done, 1);
    EXPECT_EQ(tenant.files_with(canary), std::vector<std::string>());
    EXPECT_EQ(tenant.problems(), std::vector<std::string>());
    EXPECT_EQ(archive::folder_record(tenant.archive, folder).status, archive::FolderStatus::destroyed);
    EXPECT_EQ(apply_destruction_logs(tenant.archive, {log}, "system"), 0);
    EXPECT_NE(archive::destruction_of(tenant.archive, folder)->record.find("applied_again"),
              std::string::npos);
  }
  DestructionTenant of_another(temporary_.path() / "another");
  EXPECT_THROW(apply_destruction_logs(of_another.archive, {log}, "system"), archive::Error)
      << "a log is no way to destroy somebody else's folders";
}

}  // namespace
}  // namespace eakte::ingest
