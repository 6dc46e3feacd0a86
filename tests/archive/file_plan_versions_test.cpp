#include "archive/file_plan_versions.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <thread>

#include "archive/accounts.h"
#include "archive/due_list.h"
#include "archive/life_cycle.h"
#include "tests/archive/tenant.h"
#include "tests/support/day.h"

namespace eakte::archive {
namespace {

using testing::Tenant;

using testing::day;

const Date today = day("2027-01-04");

/// A plan whose entry 1 is kept so many years after the closing; more entries and sections as told.
std::string plan(int years, const std::string& version, const std::string& more = {},
                 const std::string& rule_more = {}) {
  return fmt::format(
      "aktenplan: {{bezeichnung: Probe, version: \"{}\"}}\n"
      "vorgaben: {{frist: {{art: mindest, jahre: 5, beginn: zdA, rundung: jahresende}}, aussonderungsart: "
      "B}}\n"
      "einheiten:\n"
      "- {{kz: \"1\", titel: Eins, aktenbildend: true, frist: {{jahre: {}, beginn: zdA, rundung: "
      "jahresende{}}}}}\n"
      "- {{kz: \"2\", titel: Zwei, aktenbildend: true, frist: {{jahre: 8, beginn: beleg_entstanden, rundung: "
      "jahresende}}}}\n{}",
      version, years, rule_more, more);
}

class Versions : public ::testing::Test {
protected:
  Versions() : directory_(temporary_.path() / "probe") {
    Archive::create(directory_, "probe", plan(10, "1"));
    archive_ = std::make_unique<Archive>(directory_);
  }

  void add_people() {
    const PasswordCost cheap{1, 8};
    add_account(*archive_, {"chef", "Chef", {Role::administrator}, "ein langes passwort"}, "cli", cheap, 0);
    for (const char* name : {"erste", "zweite"})
      add_account(*archive_, {name, name, {Role::records_manager}, "ein langes passwort"}, "chef", cheap, 0);
    add_account(*archive_, {"sachbearbeiter", "S", {Role::clerk}, "ein langes passwort"}, "chef", cheap, 0);
  }

  FolderId closed(const std::string& entry, const std::string& reference, const char* on) {
    const FolderId id = archive_->add_folder(entry, reference, "Akte " + reference, "cli", day("2010-01-01"));
    close_folder(*archive_, id, day(on), today, "cli");
    return id;
  }
  Document filed(const std::string& entry, const char* date, const FolderId& folder = {}) {
    NewDocument document{.intake = {new_id_text()}, .received_on = day("2026-01-02")};
    document.fields.title = "Beleg";
    document.fields.plan_entry = entry;
    document.fields.folder = folder;
    document.fields.document_date = day(date);
    document.renditions = {{RenditionRole::original, archive_->objects().put(date), "image/tiff"}};
    return archive_->file(document, "system");
  }
  PlanProposal propose(const std::string& yaml, const std::string& actor = "cli") {
    return propose_file_plan(*archive_, yaml, PlanFormat::yaml, "Satzung geändert", today, actor);
  }
  std::string refused(const std::function<void()>& what) {
    try {
      what();
    } catch (const Forbidden& forbidden) {
      return forbidden.code;
    }
    return "";
  }
  std::string end_of(const FolderId& id) {
    const auto end = folder_record(*archive_, id).retention.end;
    return end ? to_iso(*end) : "none";
  }
  std::string stored_end(const FolderId& id) {
    return archive_->database()
        .query("SELECT retention_end FROM folder WHERE id = ?", {id.text})
        .at(0)
        .text("retention_end");
  }
  std::vector<std::string> problems() {
    std::vector<std::string> told;
    for (const std::string& problem : verify_archive(*archive_).problems) {
      // Documents of this test come from nowhere.
      if (problem.find("intake") == std::string::npos) told.push_back(problem);
    }
    return told;
  }

  testing::TemporaryDirectory temporary_;
  std::filesystem::path directory_;
  std::unique_ptr<Archive> archive_;
};

TEST_F(Versions, ALongerRuleTakesEffectAtOnceForWhatStillRuns) {
  const FolderId running = closed("1", "A 1", "2020-05-05");
  const FolderId over = closed("1", "A 2", "2016-05-05");
  EXPECT_EQ(end_of(over), "2026-12-31");
  const PlanPreview preview = preview_file_plan(*archive_, plan(12, "2"), PlanFormat::yaml, today);
  EXPECT_FALSE(preview.second_person);
  EXPECT_EQ(preview.folders, 2);
  EXPECT_EQ(preview.longer, 1);
  EXPECT_EQ(end_of(running), "2030-12-31") << "a preview changes nothing";
  const PlanProposal proposal = propose(plan(12, "2"));
  EXPECT_EQ(proposal.state, ProposalState::in_force);
  EXPECT_EQ(archive_->file_plan().version, "2");
  EXPECT_EQ(end_of(running), "2032-12-31");
  EXPECT_EQ(stored_end(running), "2032-12-31") << "the due list asks the catalogue";
  EXPECT_EQ(end_of(over), "2026-12-31") << "was over on the reference day";
  EXPECT_NE(folder_record(*archive_, running).retention_sentence.find("Stichtag 04.01.2027 noch liefen"),
            std::string::npos);
  EXPECT_TRUE(problems().empty());
}

// RT-11: shorter needs a second person with a reason.
TEST_F(Versions, AShorterRuleWaitsForASecondPerson) {
  add_people();
  const FolderId id = closed("1", "A 1", "2020-05-05");
  EXPECT_EQ(refused([&] { propose(plan(8, "2"), "sachbearbeiter"); }), "role_missing");
  EXPECT_EQ(refused([&] { propose(plan(8, "2"), "cli"); }), "account_needed");
  const PlanProposal proposal = propose(plan(8, "2"), "erste");
  EXPECT_EQ(proposal.state, ProposalState::proposed);
  EXPECT_TRUE(proposal.second_person);
  EXPECT_EQ(archive_->file_plan().version, "1");
  EXPECT_EQ(refused([&] { release_file_plan(*archive_, proposal.id, "geprüft", today, "erste"); }),
            "same_person");
  EXPECT_EQ(refused([&] { release_file_plan(*archive_, proposal.id, "geprüft", today, "sachbearbeiter"); }),
            "role_missing");
  EXPECT_EQ(refused([&] { release_file_plan(*archive_, proposal.id, "", today, "zweite"); }),
            "reason_missing");
  EXPECT_EQ(end_of(id), "2030-12-31");
  const PlanProposal released = release_file_plan(*archive_, proposal.id, "geprüft", today, "zweite");
  EXPECT_EQ(released.state, ProposalState::in_force);
  EXPECT_EQ(released.decided_by, "zweite");
  EXPECT_EQ(end_of(id), "2028-12-31");
  EXPECT_EQ(stored_end(id), "2028-12-31");
  EXPECT_EQ(refused([&] { release_file_plan(*archive_, proposal.id, "noch einmal", today, "zweite"); }),
            "plan_decided");
  const Rows told = archive_->database().query(
      "SELECT actor, action FROM audit_trail WHERE subject = ? ORDER BY sequence", {proposal.id.text});
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[0].text("actor") + " " + told[0].text("action"), "erste file_plan.proposed");
  EXPECT_EQ(told[1].text("actor") + " " + told[1].text("action"), "zweite file_plan.released");
  EXPECT_EQ(told[2].text("action"), "file_plan.in_force");
}

TEST_F(Versions, WithoutAccountsNobodyIsASecondPerson) {
  const PlanProposal proposal = propose(plan(8, "2"));
  EXPECT_EQ(proposal.state, ProposalState::proposed);
  EXPECT_EQ(refused([&] { release_file_plan(*archive_, proposal.id, "geprüft", today, "cli"); }),
            "account_needed");
  EXPECT_EQ(reject_file_plan(*archive_, proposal.id, "doch nicht", "cli").state, ProposalState::rejected);
}

// Z08: BEG IV with its reference day; Z09: a tenant whose state law says otherwise.
TEST_F(Versions, AReferenceDayDividesWhatIsOverFromWhatStillRuns) {
  const std::string ten =
      "aktenplan: {bezeichnung: Probe, version: \"2026.1\"}\neinheiten:\n"
      "- {kz: \"1\", titel: Belege, aktenbildend: true, aussonderungsart: V, frist: {jahre: 10, beginn: "
      "beleg_entstanden, rundung: jahresende}}\n"
      "- {kz: \"2\", titel: Kasse, aktenbildend: true, aussonderungsart: V, frist: {jahre: 10, beginn: "
      "beleg_entstanden, rundung: jahresende}}\n";
  std::string eight = ten;
  for (std::size_t at; (at = eight.find("jahre: 10")) != std::string::npos;)
    eight.replace(at, 9, "stichtag: \"2025-01-01\", jahre: 8");
  eight.replace(eight.find("2026.1"), 6, "2027.1");
  const std::string own =
      "abweichungen:\n- {kz: \"2\", frist: {jahre: 10, beginn: beleg_entstanden, rundung: "
      "jahresende}, rechtsgrundlage: \"KomHVO § 39\"}\n";
  const auto directory = temporary_.path() / "stadt";
  Archive::create(directory, "stadt", ten + own);
  archive_ = std::make_unique<Archive>(directory);
  add_people();
  std::map<std::string, FolderId> folders;
  for (const char* entry : {"1", "2"}) {
    for (const char* year : {"2014", "2015", "2016"}) {
      const std::string reference = fmt::format("{} {}", entry, year);
      const FolderId id = archive_->add_folder(entry, reference, "Belege", "cli", day("2010-01-01"));
      filed(entry, fmt::format("{}-06-30", year).c_str(), id);
      close_folder(*archive_, id, day("2026-06-30"), today, "cli");
      folders[reference] = id;
    }
  }
  const PlanPreview preview = preview_file_plan(*archive_, eight, PlanFormat::yaml, today);
  EXPECT_TRUE(preview.second_person);
  EXPECT_EQ(preview.folders, 3) << "the tenant's own rule stays, although the file does not name it";
  EXPECT_EQ(preview.shorter, 2);
  EXPECT_EQ(preview.due_at_once, 0) << "2015 was over on 31.12.2025, 2016 on 31.12.2026 already";
  EXPECT_EQ(preview_file_plan(*archive_, eight, PlanFormat::yaml, day("2025-06-01")).due_at_once, 2);
  const PlanProposal proposal = propose(eight, "erste");
  release_file_plan(*archive_, proposal.id, "BEG IV", today, "zweite");
  EXPECT_EQ(end_of(folders["1 2014"]), "2024-12-31");
  EXPECT_EQ(end_of(folders["1 2015"]), "2023-12-31");
  EXPECT_EQ(end_of(folders["1 2016"]), "2024-12-31");
  EXPECT_EQ(end_of(folders["2 2014"]), "2024-12-31");
  EXPECT_EQ(end_of(folders["2 2015"]), "2025-12-31");
  EXPECT_EQ(end_of(folders["2 2016"]), "2026-12-31");
  EXPECT_TRUE(archive_->file_plan().find("2")->overridden);
  EXPECT_TRUE(problems().empty());
}

TEST_F(Versions, AVersionForLaterTakesEffectOnItsDay) {
  const FolderId id = closed("1", "A 1", "2020-05-05");
  std::string later = plan(12, "2028.1");
  later.replace(later.find("version:"), 0, "gueltig_von: \"2028-01-01\", ");
  EXPECT_EQ(propose(later).state, ProposalState::released);
  EXPECT_EQ(apply_released_file_plans(*archive_, day("2027-12-31")), 0);
  EXPECT_EQ(end_of(id), "2030-12-31");
  EXPECT_EQ(apply_released_file_plans(*archive_, day("2028-01-01")), 1);
  EXPECT_EQ(apply_released_file_plans(*archive_, day("2028-01-01")), 0);
  EXPECT_EQ(end_of(id), "2032-12-31");
  EXPECT_EQ(plan_versions(*archive_).at(0).version, "2028.1");
  EXPECT_EQ(plan_of_version(*archive_, "1").find("1")->retention.periods.at(0).years, 10);
}

TEST_F(Versions, AnotherProcessSeesTheNewVersionAndOldReferencesStayGood) {
  Archive other(directory_);
  const FilePlan& before = other.file_plan();
  propose(plan(12, "2"));
  EXPECT_EQ(other.file_plan().version, "2");
  EXPECT_EQ(before.version, "1");
  const FolderId id = other.add_folder("1", "A 1", "Akte", "cli", day("2020-01-01"));
  close_folder(other, id, day("2020-05-05"), today, "cli");
  EXPECT_EQ(end_of(id), "2032-12-31");
  EXPECT_NE(other.file_plan_yaml().find("\"2\""), std::string::npos);
}

TEST_F(Versions, AnEntryMayGetAnotherNumberAndKeepsWhatLiesUnderIt) {
  const FolderId id = closed("1", "A 1", "2020-05-05");
  const Document loose = filed("1", "2026-01-01");
  const std::string entry = archive_->file_plan().find("1")->id;
  std::string moved = plan(10, "2");
  moved.replace(moved.find("kz: \"1\""), 7, fmt::format("kz: \"1.1\", id: \"{}\"", entry));
  const PlanProposal proposal = propose(moved);
  EXPECT_EQ(proposal.state, ProposalState::in_force);
  EXPECT_EQ(archive_->folder(id).plan_entry, "1.1");
  EXPECT_EQ(end_of(id), "2030-12-31");
  EXPECT_EQ(archive_->file_plan().find("1")->number, "1.1") << "the former number still finds it";
  const Rows kept = archive_->database().query(
      "SELECT entry FROM folder WHERE id = ? UNION ALL SELECT entry FROM document WHERE id = ?",
      {id.text, loose.id.text});
  EXPECT_EQ(kept.at(0).text("entry"), entry);
  EXPECT_EQ(kept.at(1).text("entry"), entry);
  // Nobody else gets the number.
  std::string reused = plan(10, "3", "- {kz: \"1.1\", titel: Eins, aktenbildend: true}\n");
  try {
    propose(reused);
    ADD_FAILURE() << "the number 1 went to another entry";
  } catch (const Forbidden& forbidden) {
    EXPECT_NE(std::string(forbidden.what()).find("wird nicht neu vergeben"), std::string::npos)
        << forbidden.what();
  }
  EXPECT_TRUE(problems().empty());
  // A person confirms a document that still says the old number.
  EXPECT_EQ(archive_->confirm(loose.id, loose.content.fields, "cli").content.fields.plan_entry, "1.1");
}

TEST_F(Versions, AClosedEntryTakesNothingNewAndItsNumberIsNeverGivenAgain) {
  const FolderId id = closed("1", "A 1", "2020-05-05");
  std::string closing = plan(10, "2");
  closing.replace(closing.find("titel: Eins"), 0, "gueltig_bis: \"2026-12-31\", ");
  EXPECT_EQ(propose(closing).state, ProposalState::in_force);
  EXPECT_EQ(refused([&] { archive_->add_folder("1", "A 2", "Akte", "cli", day("2027-01-01")); }),
            "entry_closed");
  EXPECT_NO_THROW(archive_->add_folder("1", "A 3", "Akte", "cli", day("2026-06-01")));
  EXPECT_EQ(end_of(id), "2030-12-31");
  EXPECT_EQ(refused([&] { propose(plan(10, "3")); }), "plan_faulty") << "what is closed stays closed";
  std::string gone = closing;
  gone.replace(gone.find("version: \"2\""), 12, "version: \"3\"");
  gone.erase(gone.find("- {kz: \"2\""));
  EXPECT_EQ(refused([&] { propose(gone); }), "plan_faulty") << "entries do not vanish";
  EXPECT_EQ(refused([&] { propose(closing); }), "plan_faulty") << "the version is there already";
}

TEST_F(Versions, APlanFromElsewhereIsMatchedByItsNumbers) {
  const FolderId id = closed("1", "A 1", "2020-05-05");
  std::string foreign = plan(12, "2");
  foreign.replace(foreign.find("kz: \"1\""), 7, "kz: \"1\", id: \"0a0b0c0d-1111-4222-8333-444455556666\"");
  const std::string entry = archive_->file_plan().find("1")->id;
  EXPECT_EQ(propose(foreign).state, ProposalState::in_force);
  EXPECT_EQ(archive_->file_plan().find("1")->id, entry);
  EXPECT_EQ(end_of(id), "2032-12-31");
}

TEST_F(Versions, AProposalMadeFromAnOlderVersionIsProposedAnew) {
  add_people();
  const PlanProposal shorter = propose(plan(8, "2"), "erste");
  propose(plan(12, "3"), "erste");
  EXPECT_EQ(refused([&] { release_file_plan(*archive_, shorter.id, "geprüft", today, "zweite"); }),
            "plan_outdated");
}

TEST_F(Versions, DocumentsWithoutAFolderFollowTheirEntry) {
  const Document loose = filed("2", "2020-06-30");
  EXPECT_EQ(loose.retention_end, day("2028-12-31"));
  std::string longer = plan(10, "2");
  longer.replace(longer.find("jahre: 8"), 8, "jahre: 9");
  propose(longer);
  const Document after = archive_->document(loose.id);
  EXPECT_EQ(after.retention_end, day("2029-12-31"));
  EXPECT_GT(after.revision, loose.revision) << "the search learns of it";
  EXPECT_TRUE(problems().empty());
}

TEST_F(Versions, DestructionInsteadOfAppraisalTakesTwo) {
  std::string destroys = plan(10, "2");
  destroys.replace(destroys.find("titel: Eins"), 0, "aussonderungsart: V, ");
  const PlanPreview preview = preview_file_plan(*archive_, destroys, PlanFormat::yaml, today);
  EXPECT_TRUE(preview.second_person);
  ASSERT_EQ(preview.entries.size(), 1U);
  EXPECT_EQ(preview.entries[0].sentences, (std::vector<std::string>{"Aussonderungsart V, bisher B"}));
}

TEST_F(Versions, AnArchiveOfAnOlderProgramGetsItsIdsWhenItIsOpened) {
  const FolderId id = closed("1", "A 1", "2020-05-05");
  const std::string entry = archive_->file_plan().find("1")->id;
  archive_->database().write([](Connection& connection) {
    connection.execute("DELETE FROM plan_number");
    connection.execute("UPDATE folder SET entry = ''");
  });
  archive_.reset();
  archive_ = std::make_unique<Archive>(directory_);
  EXPECT_EQ(
      archive_->database().query("SELECT entry FROM folder WHERE id = ?", {id.text}).at(0).text("entry"),
      entry);
  EXPECT_EQ(archive_->file_plan().find("1")->id, entry);
}

TEST_F(Versions, AFolderBeyondItsLimitIsOnTheDueListEvenOpen) {
  std::string limited = plan(10, "2");
  limited.replace(limited.find("titel: Eins"), 0,
                  "loeschfrist: {jahre: 2, beginn: absage, rundung: taggenau}, ");
  add_people();
  const PlanProposal proposal = propose(limited, "erste");
  EXPECT_TRUE(proposal.second_person) << "a limit may let something go earlier";
  release_file_plan(*archive_, proposal.id, "geprüft", today, "zweite");
  const FolderId id = archive_->add_folder("1", "A 1", "Bewerbung", "cli", day("2020-01-01"));
  record_event(*archive_, id, "absage", day("2024-03-05"), today, "cli");
  EXPECT_EQ(folder_record(*archive_, id).gone_by, day("2026-03-05"));
  EXPECT_TRUE(due_folders(*archive_, {.on = day("2026-03-05")}).folders.empty());
  const DuePage page = due_folders(*archive_, {.on = day("2026-03-06")});
  ASSERT_EQ(page.folders.size(), 1U);
  EXPECT_EQ(page.folders[0].reason, DueReason::limit_passed);
}

TEST_F(Versions, ThreadsWorkWhileVersionsChange) {
  std::atomic<bool> done = false;
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; !done || i < 3; ++i) {
        const FilePlan& plan = archive_->file_plan();
        ASSERT_NE(plan.find("1"), nullptr);
        const FolderId id =
            archive_->add_folder("1", fmt::format("A {} {}", t, i), "Akte", "cli", day("2020-01-01"));
        close_folder(*archive_, id, day("2020-05-05"), today, "cli");
      }
    });
  }
  for (int years = 11; years < 16; ++years) propose(plan(years, std::to_string(years)));
  done = true;
  for (std::thread& thread : threads) thread.join();
  for (const Row& row : archive_->database().query("SELECT id, retention_end FROM folder"))
    EXPECT_EQ(row.text("retention_end"), "2035-12-31") << "computed under the version before and not again";
}

}  // namespace
}  // namespace eakte::archive
