#include "archive/destruction.h"

#include <gtest/gtest.h>

#include <set>

#include "archive/accounts.h"
#include "archive/appraisal.h"
#include "archive/destruction_log.h"
#include "archive/destruction_permission.h"
#include "archive/holds.h"
#include "archive/refusals.h"
#include "tests/archive/tenant.h"
#include "tests/support/day.h"

namespace eakte::archive {
namespace {

using testing::day;

const Date today = day("2027-06-01");

/// Five years from closing; entry 1 is to be destroyed, 2 appraised, 3 transferred.
constexpr const char* plan = R"(schema_version: 1
aktenplan: {bezeichnung: Probe, version: "7"}
vorgaben: {frist: {art: mindest, jahre: 5, beginn: zdA, rundung: jahresende}, aussonderungsart: V}
einheiten:
- kz: "1"
  titel: Eins
  einheiten:
  - {kz: "1.1", titel: Eins Eins, aktenbildend: true}
- {kz: "2", titel: Zwei, aktenbildend: true, aussonderungsart: B}
- {kz: "3", titel: Drei, aktenbildend: true, aussonderungsart: A}
- {kz: "4", titel: Vier, aktenbildend: true, frist: {unbefristet: true}}
)";

class DestructionRules : public ::testing::Test {
protected:
  DestructionRules() : archive_(created(temporary_.path() / "probe")) {
    const auto account = [&](const char* name, Role role) {
      add_account(archive_, {name, name, {role}, "lange Wörter hintereinander"}, "cli", {1, 8}, 0);
    };
    account("root", Role::administrator);
    account("meier", Role::records_manager);
    account("schulz", Role::records_manager);
    account("kurz", Role::clerk);
  }

  FolderId open_folder(const std::string& entry) {
    return archive_.add_folder(entry, "A " + std::to_string(++number_), "Akte", "cli", day("2015-01-01"));
  }
  FolderId folder(const std::string& entry, const char* closed = "2020-05-05") {
    const FolderId id = open_folder(entry);
    close_folder(archive_, id, day(closed), today, "cli");
    return id;
  }
  PermissionId permit(const std::string& entry, const char* until = "2030-12-31") {
    return record_permission(
        archive_, {"V-" + std::to_string(++number_), day("2026-01-01"), day(until), {entry}}, today, "meier");
  }
  void decide(const FolderId& id, AppraisalDecision decision) {
    record_appraisal(archive_, {id, decision, "prozess-1", day("2027-02-01")}, today, "meier");
  }
  std::string code(const FolderId& id, Date on = today) {
    return why_not_destroyable(archive_, id, on).value_or("");
  }
  DestructionId proposed(const FolderId& id, const std::string& actor = "meier") {
    const DestructionOutcome outcome = propose_destruction(archive_, {id}, today, actor);
    EXPECT_EQ(outcome.taken.size(), 1U) << (outcome.refused.empty() ? "" : outcome.refused[0].code);
    return outcome.taken.at(0);
  }

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

TEST_F(DestructionRules, NothingIsDestroyedBeforeItsPeriodIsOver) {
  permit("1");
  EXPECT_EQ(code(open_folder("1.1")), "folder_not_closed");
  const FolderId closed = folder("1.1", "2021-05-05");
  EXPECT_EQ(code(closed, day("2026-12-31")), "retention_running");
  EXPECT_EQ(code(closed, day("2027-01-01")), "");
  EXPECT_EQ(code(folder("4")), "retention_running") << "kept for ever";
}

TEST_F(DestructionRules, WhatIsToBeDestroyedNeedsAPermissionThatIsValidAndCoversTheEntry) {
  const FolderId id = folder("1.1");
  EXPECT_EQ(code(id), "permission_missing") << "Z12";
  permit("2");
  EXPECT_EQ(code(id), "permission_missing") << "another entry";
  permit("1", "2027-05-31");
  EXPECT_EQ(code(id), "permission_missing") << "it has run out";
  const PermissionId valid = permit("1");
  EXPECT_EQ(code(id), "") << "an entry above counts";
  EXPECT_EQ(code(id, day("2025-12-31")), "retention_running");
  revoke_permission(archive_, valid, "meier");
  EXPECT_EQ(code(id), "permission_missing");
  EXPECT_THROW(revoke_permission(archive_, valid, "meier"), Forbidden);
}

TEST_F(DestructionRules, APermissionDoesNotReplaceTheArchivesDecision) {
  permit("2");
  permit("3");
  EXPECT_EQ(code(folder("2")), "appraisal_missing") << "Z10";
  EXPECT_EQ(code(folder("3")), "appraisal_missing");
}

TEST_F(DestructionRules, TheArchivesVAllowsItAndItsAOnlyAfterTheImportIsConfirmed) {
  const FolderId destroyable = folder("2");
  decide(destroyable, AppraisalDecision::destroy);
  EXPECT_EQ(code(destroyable), "") << "Z11";
  const FolderId wanted = folder("1.1");
  permit("1");
  decide(wanted, AppraisalDecision::transfer);
  EXPECT_EQ(code(wanted), "transfer_unconfirmed") << "a permission does not beat the archive's A";
  const auto set = [&](const char* sql) {
    archive_.database().write([&](Connection& connection) { connection.execute(sql, {wanted.text}); });
  };
  set("UPDATE folder SET status = 'transferred' WHERE id = ?");
  EXPECT_EQ(code(wanted), "transfer_unconfirmed");
  set("UPDATE appraisal SET transfer_confirmed_at = '2027-05-05T10:00:00.000Z' WHERE folder = ?");
  EXPECT_EQ(code(wanted), "");
}

TEST_F(DestructionRules, OneOfManyHoldsIsEnough) {
  permit("1");
  const FolderId id = folder("1.1");
  const NewHold hold{"Klage", "Rechtsamt", day("2028-01-01")};
  const HoldId first = place_hold(archive_, {id}, hold, "cli").at(0);
  const HoldId second = place_hold(archive_, {id}, hold, "cli").at(0);
  EXPECT_EQ(code(id), "hold_standing");
  lift_hold(archive_, first, "Urteil", "cli");
  EXPECT_EQ(code(id), "hold_standing");
  lift_hold(archive_, second, "Urteil", "cli");
  EXPECT_EQ(code(id), "");
}

TEST_F(DestructionRules, AHoldOnOnePartOfAFolderHoldsTheWhole) {
  permit("1");
  const FolderId whole = folder("1.1");
  const FolderId part = folder("1.1");
  const FolderId other_part = folder("1.1");
  const FolderId stranger = folder("1.1");
  archive_.database().write([&](Connection& connection) {
    connection.execute("UPDATE folder SET parent = ? WHERE id IN (?, ?)",
                       {whole.text, part.text, other_part.text});
  });
  const HoldId hold = place_hold(archive_, {part}, {"Klage", "Rechtsamt", today}, "meier").at(0);
  for (const FolderId& id : {whole, part, other_part}) EXPECT_EQ(code(id), "hold_standing");
  EXPECT_EQ(code(stranger), "");
  lift_hold(archive_, hold, "Urteil rechtskräftig", "meier");
  for (const FolderId& id : {whole, part, other_part}) EXPECT_EQ(code(id), "");
}

TEST_F(DestructionRules, WhatMustNotBeIsRefusedInABulkAndTheRefusalIsEvidence) {
  permit("1");
  const FolderId good = folder("1.1");
  const FolderId bad = folder("2");
  const DestructionOutcome outcome = propose_destruction(archive_, {good, bad}, today, "meier");
  EXPECT_EQ(outcome.taken.size(), 1U);
  ASSERT_EQ(outcome.refused.size(), 1U);
  EXPECT_EQ(outcome.refused[0].folder, bad);
  EXPECT_EQ(outcome.refused[0].code, "appraisal_missing");
  EXPECT_EQ(archive_.database()
                .query("SELECT detail FROM audit_trail WHERE action = 'destruction.refused' AND subject = ?",
                       {bad.text})
                .at(0)
                .text("detail"),
            R"({"code":"appraisal_missing"})");
  EXPECT_EQ(propose_destruction(archive_, {good}, today, "meier").refused.at(0).code, "destruction_underway");
}

TEST_F(DestructionRules, ASecondPersonApprovesAndNobodyDoesBoth) {
  permit("1");
  const FolderId id = folder("1.1");
  const DestructionId proposal = proposed(id);
  EXPECT_EQ(approve_destruction(archive_, {proposal}, today, 30, "meier").refused.at(0).code, "same_person");
  EXPECT_EQ(approve_destruction(archive_, {proposal}, today, 30, "schulz").taken.size(), 1U);
  const Destruction approved = destruction(archive_, proposal);
  EXPECT_EQ(approved.state, DestructionState::approved);
  EXPECT_EQ(approved.not_before, day("2027-07-01"));
  EXPECT_EQ(approved.basis, DestructionBasis::permission);
  EXPECT_EQ(approve_destruction(archive_, {proposal}, today, 30, "schulz").refused.at(0).code,
            "destruction_not_proposed");
  EXPECT_THROW(archive_.database().write([&](Connection& connection) {
    connection.execute("UPDATE destruction SET approved_by = proposed_by");
  }),
               Conflict)
      << "the catalogue itself does not take it";
}

TEST_F(DestructionRules, AnApprovalAsksEverythingAgain) {
  permit("1");
  const FolderId id = folder("1.1");
  const DestructionId proposal = proposed(id);
  place_hold(archive_, {id}, {"Klage", "Rechtsamt", day("2028-01-01")}, "cli");
  EXPECT_EQ(approve_destruction(archive_, {proposal}, today, 30, "schulz").refused.at(0).code,
            "hold_standing");
}

TEST_F(DestructionRules, EitherPersonTakesItBackAndItCanBeProposedAnew) {
  permit("1");
  const FolderId id = folder("1.1");
  const DestructionId first = proposed(id);
  withdraw_destruction(archive_, first, "Irrtum", "meier");
  const DestructionId second = proposed(id);
  approve_destruction(archive_, {second}, today, 30, "schulz");
  withdraw_destruction(archive_, second, "Anfrage des Archivs", "schulz");
  EXPECT_EQ(destruction_of(archive_, id)->state, DestructionState::withdrawn);
  try {
    withdraw_destruction(archive_, second, "nochmals", "schulz");
    FAIL();
  } catch (const Forbidden& forbidden) {
    EXPECT_EQ(forbidden.code, "destruction_withdrawn");
  }
  EXPECT_EQ(destructions(archive_, DestructionState::withdrawn, "", 10).destructions.size(), 2U);
}

TEST_F(DestructionRules, PermissionsAreCheckedWhenTheyAreRecorded) {
  const NewPermission good{"V-1", day("2026-01-01"), day("2030-01-01"), {"1"}};
  record_permission(archive_, good, today, "meier");
  EXPECT_THROW(record_permission(archive_, good, today, "meier"), Forbidden) << "the number is taken";
  EXPECT_THROW(
      record_permission(archive_, {"V-2", day("2026-01-01"), day("2030-01-01"), {"9"}}, today, "meier"),
      Error);
  EXPECT_THROW(
      record_permission(archive_, {"V-2", day("2026-01-01"), day("2025-01-01"), {"1"}}, today, "meier"),
      Error);
  EXPECT_THROW(
      record_permission(archive_, {"V-2", day("2028-01-01"), day("2030-01-01"), {"1"}}, today, "meier"),
      Forbidden);
  EXPECT_THROW(archive_.database().write([](Connection& connection) {
    connection.execute("UPDATE destruction_permission SET valid_until = '2099-01-01'");
  }),
               Conflict);
}

TEST_F(DestructionRules, OnlyRecordsManagersDoAnyOfItAndAdministratorsDoNot) {
  permit("1");
  const FolderId id = folder("1.1");
  const DestructionId proposal = proposed(id);
  for (const char* actor : {"root", "kurz", "cli", "system", ""}) {
    EXPECT_THROW(propose_destruction(archive_, {id}, today, actor), Forbidden) << actor;
    EXPECT_THROW(approve_destruction(archive_, {proposal}, today, 30, actor), Forbidden) << actor;
    EXPECT_THROW(withdraw_destruction(archive_, proposal, "so", actor), Forbidden) << actor;
    EXPECT_THROW(
        record_permission(archive_, {"V", day("2026-01-01"), day("2030-01-01"), {"1"}}, today, actor),
        Forbidden)
        << actor;
    EXPECT_THROW(revoke_permission(archive_, destruction_permissions(archive_).at(0).id, actor), Forbidden)
        << actor;
  }
}

TEST_F(DestructionRules, EveryCodeHasItsSentence) {
  for (const char* code :
       {"folder_not_closed", "retention_running", "hold_standing", "appraisal_missing", "permission_missing",
        "transfer_unconfirmed", "already_destroyed", "destruction_underway", "destruction_not_proposed",
        "destruction_withdrawn", "destruction_begun", "hold_placed_meanwhile", "same_person",
        "permission_exists", "permission_revoked"}) {
    EXPECT_NE(refusal_sentence(code), refusal_sentence("no such code")) << code;
  }
}

TEST_F(DestructionRules, EveryTableThatNamesADocumentIsEmptiedWithIt) {
  std::set<std::string> tables;
  for (const Row& row : archive_.database().query(
           "SELECT DISTINCT schema.name FROM sqlite_schema AS schema, pragma_foreign_key_list(schema.name) "
           "AS "
           "foreign_key WHERE schema.type = 'table' AND foreign_key.\"table\" = 'document'"))
    tables.insert(row.text("name"));
  EXPECT_EQ(tables, (std::set<std::string>{"page", "proposal", "rendition"}))
      << "say in destruction_steps.cpp (delete_document) what becomes of the new one";
}

TEST(DestructionLogFile, FindsChangedDroppedAndForeignLinesAndDropsACutEnd) {
  const eakte::testing::TemporaryDirectory temporary;
  const auto file = temporary.path() / "destroyed.log";
  const auto logged = [](const std::string& id) {
    return LoggedDestruction{{id}, R"({"destruction":")" + id + R"(","ü":1})"};
  };
  DestructionLog(file, "key").append({logged("a"), logged("b")});
  {
    DestructionLog again(file, "key");
    again.append({logged("b"), logged("c")});
    EXPECT_EQ(again.destructions().size(), 3U) << "what is in it is not added twice";
  }
  const std::string whole = eakte::testing::file_content(file);
  const auto write = [&](const std::string& text) { std::ofstream(file, std::ios::binary) << text; };
  EXPECT_EQ(DestructionLog(file, "key").destructions().size(), 3U);
  EXPECT_THROW(DestructionLog(file, "another key"), Error);
  write(whole.substr(0, whole.size() - 5));
  DestructionLog cut(file, "key");
  EXPECT_EQ(cut.destructions().size(), 2U);
  cut.append({logged("d")});
  EXPECT_EQ(DestructionLog(file, "key").destructions().back().id.text, "d");
  std::string changed = whole;
  changed[whole.find("\"a\"") + 1] = 'x';
  write(changed);
  EXPECT_THROW(DestructionLog(file, "key"), Error);
  write(whole.substr(whole.find('\n') + 1));
  EXPECT_THROW(DestructionLog(file, "key"), Error) << "the first line is missing";
}

}  // namespace
}  // namespace eakte::archive
