#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>

#include "archive/accounts.h"
#include "archive/due_list.h"
#include "archive/folder_structure.h"
#include "archive/life_cycle.h"
#include "archive/refiling.h"
#include "archive/relations.h"
#include "tests/archive/tenant.h"
#include "tests/support/day.h"

namespace eakte::archive {
namespace {

using testing::day;

const Date today = day("2027-06-01");
constexpr std::string_view numbered = "{plan}-{number:04}/{year}";

TEST(ReferenceTemplate, MakesReferencesAndSaysWhatIsWrong) {
  const std::tuple<const char*, int, const char*> made[] = {
      {"{plan}-{number:04}/{year}", 7, "11.20-0007/2026"},
      {"{plan}-{number:04}/{year}", 12345, "11.20-12345/2026"},
      {"AZ {number}", 7, "AZ 7"},
      {"{year}/{number:2}", 7, "2026/07"},
  };
  for (const auto& [pattern, number, reference] : made)
    EXPECT_EQ(reference_of(pattern, "11.20", number, 2026), reference);
  for (const char* wrong :
       {"", "{plan}", "{nummer}", "{number", "number}", "{number:x}", "{number:12}", "{year:4}{number}"})
    EXPECT_THROW(require_reference_template(wrong), Error) << wrong;
}

class Structure : public ::testing::Test {
protected:
  Structure() : directory_(temporary_.path() / "probe") {
    Archive::create(
        directory_, "probe",
        "aktenplan: {bezeichnung: Probe, version: \"1\"}\n"
        "vorgaben: {frist: {jahre: 5, beginn: zdA, rundung: jahresende}, aussonderungsart: B}\n"
        "einheiten:\n"
        "- {kz: \"1\", titel: Eins, aktenbildend: true}\n"
        "- {kz: \"2\", titel: Länger, aktenbildend: true, frist: {jahre: 10, beginn: zdA, rundung: "
        "jahresende}}\n"
        "- {kz: \"3\", titel: Kürzer, aktenbildend: true, frist: {jahre: 2, beginn: zdA, rundung: "
        "jahresende}}\n");
    archive_ = std::make_unique<Archive>(directory_);
  }

  FolderId folder(const std::string& entry = "1", const FolderId& parent = {}) {
    NewFolder made{.plan_entry = entry, .title = "Akte", .parent = parent, .begins_on = day("2026-01-01")};
    return add_folder(*archive_, made, numbered, today, "cli");
  }
  std::string reference(const FolderId& id) { return archive_->folder(id).reference; }
  Document filed(const FolderId& id, const std::string& bytes, const CaseId& open_case = {}) {
    return archive_->file(letter(id, bytes, open_case), "system");
  }
  NewDocument letter(const FolderId& id, const std::string& bytes, const CaseId& open_case = {}) {
    NewDocument document{.intake = {new_id_text()}, .received_on = day("2026-02-02")};
    document.fields.title = bytes;
    document.fields.folder = id;
    document.fields.open_case = open_case;
    document.renditions = {{RenditionRole::original, archive_->objects().put(bytes), "image/tiff"}};
    return document;
  }
  void add_people() {
    const PasswordCost cheap{1, 8};
    add_account(*archive_, {"chef", "Chef", {Role::administrator}, "ein langes passwort"}, "cli", cheap, 0);
    for (const char* name : {"erste", "zweite"})
      add_account(*archive_, {name, name, {Role::records_manager}, "ein langes passwort"}, "chef", cheap, 0);
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
  std::vector<std::string> problems() {
    std::vector<std::string> told;
    for (const std::string& problem : verify_archive(*archive_).problems) {
      // Documents of this test come from nowhere.
      if (problem.find("intake") == std::string::npos) told.push_back(problem);
    }
    return told;
  }
  std::vector<std::string> actions_about(const std::string& id) {
    std::vector<std::string> actions;
    for (const Row& row : archive_->database().query(
             "SELECT action FROM audit_trail WHERE subject = ? ORDER BY sequence", {id}))
      actions.push_back(row.text("action"));
    return actions;
  }

  testing::TemporaryDirectory temporary_;
  std::filesystem::path directory_;
  std::unique_ptr<Archive> archive_;
};

TEST_F(Structure, ReferencesAreNumberedByEntryAndYear) {
  EXPECT_EQ(reference(folder()), "1-0001/2026");
  EXPECT_EQ(reference(folder()), "1-0002/2026");
  EXPECT_EQ(reference(folder("2")), "2-0001/2026");
  EXPECT_EQ(reference(add_folder(*archive_, {.plan_entry = "1", .title = "Akte"}, numbered, today, "cli")),
            "1-0001/2027");
  EXPECT_EQ(
      reference(add_folder(*archive_, {.plan_entry = "1", .title = "Akte"}, "AZ {number}", today, "cli")),
      "AZ 1");
  // Somebody took the next one by hand.
  archive_->add_folder("1", "1-0003/2026", "Von Hand", "cli");
  EXPECT_EQ(reference(folder()), "1-0004/2026");
  const FolderId id = folder();
  EXPECT_EQ(archive_->open_case(add_numbered_case(*archive_, id, "Vorgang", "cli")).reference,
            "1-0005/2026/1");
  EXPECT_EQ(archive_->open_case(add_numbered_case(*archive_, id, "Vorgang", "cli")).reference,
            "1-0005/2026/2");
}

TEST_F(Structure, ManyAtOnceGetNumbersWithoutGapAndNoneTwice) {
  constexpr int threads = 4;
  constexpr int each = 15;
  Archive other(directory_);
  std::vector<std::thread> running;
  for (int t = 0; t < threads; ++t) {
    running.emplace_back([&, t] {
      Archive& archive = t % 2 == 0 ? *archive_ : other;
      for (int i = 0; i < each; ++i) {
        // Every third one fails after its number was taken: the number comes back with the rollback.
        NewFolder made{.plan_entry = "1", .title = "Akte", .begins_on = day("2026-01-01")};
        if (i % 3 == 2) {
          EXPECT_THROW(archive.database().write([&](Connection& connection) {
            connection.execute("UPDATE reference_counter SET last = last + 1 WHERE year = 2026");
            throw Error("something else went wrong");
          }),
                       Error);
        }
        add_folder(archive, made, numbered, today, "cli");
      }
    });
  }
  for (std::thread& thread : running) thread.join();
  std::set<std::string> references;
  for (const Row& row : archive_->database().query("SELECT reference FROM folder"))
    references.insert(row.text("reference"));
  ASSERT_EQ(references.size(), std::size_t{threads * each});
  EXPECT_EQ(*references.begin(), "1-0001/2026");
  EXPECT_EQ(*references.rbegin(), fmt::format("1-{:04}/2026", threads * each));
}

TEST_F(Structure, PartsHaveTheEntryOfTheirWholeAndLieAtMostFiveDeep) {
  FolderId at = folder("2");
  const FolderId whole = at;
  for (int depth = 2; depth <= deepest_folder; ++depth) at = folder("", at);
  EXPECT_EQ(reference(at), "2-0001/2026-1-1-1-1");
  EXPECT_EQ(folder_place(*archive_, at).depth, 5);
  EXPECT_EQ(archive_->folder(at).plan_entry, "2");
  EXPECT_EQ(refused([&] { folder("", at); }), "too_deep");
  EXPECT_THROW(folder("1", whole), Error) << "a part has no entry of its own";
  EXPECT_EQ(folder_place(*archive_, whole).parts.size(), 1U);
}

// RT-01: counted on the whole, the last closing counts.
TEST_F(Structure, PartsAreKeptAsLongAsTheirWhole) {
  const FolderId whole = folder();
  const FolderId part = folder("", whole);
  filed(part, "brief");
  EXPECT_EQ(refused([&] { close_folder(*archive_, whole, day("2026-05-05"), today, "cli"); }), "part_open");
  close_folder(*archive_, part, day("2026-05-05"), today, "cli");
  EXPECT_EQ(end_of(part), "none") << "the whole goes on";
  EXPECT_TRUE(due_folders(*archive_, {.on = day("2050-01-01")}).folders.empty());
  close_folder(*archive_, whole, day("2027-02-02"), today, "cli");
  EXPECT_EQ(end_of(whole), "2032-12-31");
  EXPECT_EQ(end_of(part), "2032-12-31");
  EXPECT_EQ(due_folders(*archive_, {.on = day("2033-01-01")}).folders.size(), 2U);
  EXPECT_EQ(refused([&] { folder("", whole); }), "folder_closed");
  reopen_folder(*archive_, part, "cli");
  EXPECT_EQ(folder_record(*archive_, whole).status, FolderStatus::open) << "with its part";
  EXPECT_EQ(end_of(part), "none");
  EXPECT_TRUE(problems().empty());
}

TEST_F(Structure, AClosingOfThePartAfterThatOfTheWholeCounts) {
  const FolderId whole = folder();
  const FolderId part = folder("", whole);
  close_folder(*archive_, part, day("2027-01-02"), today, "cli");
  close_folder(*archive_, whole, day("2026-12-30"), today, "cli");
  EXPECT_EQ(end_of(whole), "2032-12-31");
}

TEST_F(Structure, AFolderWithPaperSaysWhereItLies) {
  NewFolder hybrid{.plan_entry = "1", .title = "Altakte", .medium = Medium::hybrid};
  EXPECT_EQ(refused([&] { add_folder(*archive_, hybrid, numbered, today, "cli"); }), "place_missing");
  hybrid.place = "Altregistratur, Raum 3, Regal 12";
  const FolderId id = add_folder(*archive_, hybrid, numbered, today, "cli");
  EXPECT_EQ(reference(id), "1-0001/2027") << "the refused one took no number";
  EXPECT_EQ(folder_place(*archive_, id).medium, Medium::hybrid);
  EXPECT_EQ(folder_place(*archive_, id).place, hybrid.place);
  set_medium(*archive_, id, Medium::electronic, "", "cli");
  EXPECT_EQ(folder_place(*archive_, id).medium, Medium::electronic);
}

// Z07: to a longer rule at once, to a shorter one with a second person.
TEST_F(Structure, AFolderIsRefiledAtOnceUnlessSomethingMayGoEarlier) {
  add_people();
  const FolderId id = folder();
  const Document document = filed(id, "brief");
  const FolderId part = folder("", id);
  filed(part, "anlage");
  close_folder(*archive_, part, day("2026-05-05"), today, "cli");
  close_folder(*archive_, id, day("2026-05-05"), today, "cli");
  EXPECT_EQ(end_of(id), "2031-12-31");
  EXPECT_EQ(refile_folder(*archive_, id, "2", "falsch abgelegt", today, "erste").state, RefilingState::done);
  EXPECT_EQ(end_of(id), "2036-12-31");
  EXPECT_EQ(archive_->folder(part).plan_entry, "2");
  const Document moved = archive_->document(document.id);
  EXPECT_EQ(moved.content.fields.plan_entry, "2");
  EXPECT_EQ(moved.retention_end, day("2036-12-31"));
  EXPECT_NE(moved.manifest_sha256, document.manifest_sha256) << "its manifest names the new place";
  EXPECT_GT(moved.revision, document.revision);

  const Refiling shorter = refile_folder(*archive_, id, "3", "doch eine Kleinigkeit", today, "erste");
  EXPECT_EQ(shorter.state, RefilingState::proposed);
  EXPECT_TRUE(shorter.second_person);
  EXPECT_EQ(end_of(id), "2036-12-31");
  EXPECT_EQ(waiting_refilings(*archive_).size(), 1U);
  EXPECT_EQ(refused([&] { release_refiling(*archive_, shorter.id, "ja", today, "erste"); }), "same_person");
  EXPECT_EQ(refused([&] { release_refiling(*archive_, shorter.id, "", today, "zweite"); }), "reason_missing");
  EXPECT_EQ(release_refiling(*archive_, shorter.id, "geprüft", today, "zweite").state, RefilingState::done);
  EXPECT_EQ(end_of(id), "2028-12-31");
  EXPECT_EQ(refused([&] { release_refiling(*archive_, shorter.id, "ja", today, "zweite"); }),
            "refiling_decided");
  EXPECT_EQ(refilings_of(*archive_, id).size(), 2U);
  EXPECT_EQ(refused([&] { refile_folder(*archive_, part, "2", "allein", today, "erste"); }), "part_of_whole");
  EXPECT_TRUE(problems().empty());
}

TEST_F(Structure, ARefilingMayBeRejected) {
  const FolderId id = folder();
  const Refiling shorter = refile_folder(*archive_, id, "3", "Grund", today, "cli");
  EXPECT_EQ(refused([&] { release_refiling(*archive_, shorter.id, "ja", today, "cli"); }), "account_needed");
  EXPECT_EQ(reject_refiling(*archive_, shorter.id, "nein", "cli").state, RefilingState::rejected);
  EXPECT_EQ(archive_->folder(id).plan_entry, "1");
  EXPECT_THROW(refile_folder(*archive_, id, "9", "Grund", today, "cli"), Error);
}

TEST_F(Structure, ACaseMovesWithItsDocumentsToWhereNothingGoesEarlier) {
  const FolderId from = folder();
  const FolderId longer = folder("2");
  const FolderId shorter = folder("3");
  const CaseId moved = add_numbered_case(*archive_, from, "Vorgang", "cli");
  const Document document = filed(from, "brief", moved);
  EXPECT_EQ(refused([&] { move_case(*archive_, moved, shorter, "cli"); }), "second_person_needed");
  move_case(*archive_, moved, longer, "cli");
  EXPECT_EQ(archive_->open_case(moved).folder, longer);
  const DocumentFields fields = archive_->document(document.id).content.fields;
  EXPECT_EQ(fields.folder, longer);
  EXPECT_EQ(fields.open_case, moved);
  EXPECT_EQ(fields.plan_entry, "2");
  EXPECT_TRUE(problems().empty());
}

TEST_F(Structure, FoldersAreMergedAndSplitWithRelationsLeftBehind) {
  const FolderId one = folder();
  const FolderId other = folder();
  const CaseId in_one = add_numbered_case(*archive_, one, "Vorgang", "cli");
  const Document in_case = filed(one, "im Vorgang", in_one);
  const Document loose = filed(one, "lose");
  merge_folders(*archive_, one, other, today, "cli");
  EXPECT_EQ(archive_->document(in_case.id).content.fields.folder, other);
  EXPECT_EQ(archive_->document(loose.id).content.fields.folder, other);
  EXPECT_EQ(folder_record(*archive_, one).status, FolderStatus::closed);
  EXPECT_EQ(relations_of(*archive_, one.text).at(0).kind, RelationKind::merged_into);

  const FolderId again =
      split_folder(*archive_, other, {.title = "Abgetrennt", .begins_on = day("2026-01-01")}, {in_one},
                   {loose.id}, numbered, today, "cli");
  EXPECT_EQ(archive_->open_case(in_one).folder, again);
  EXPECT_EQ(archive_->document(loose.id).content.fields.folder, again);
  const std::vector<Relation> left = relations_of(*archive_, again.text);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].kind, RelationKind::split_from);
  EXPECT_EQ(left[0].target, other.text);
  EXPECT_EQ(actions_about(loose.id.text),
            (std::vector<std::string>{"document.filed", "document.moved", "document.moved"}));
  EXPECT_THROW(split_folder(*archive_, other, {.title = "x"}, {}, {loose.id}, numbered, today, "cli"), Error);
  EXPECT_TRUE(problems().empty());
}

TEST_F(Structure, CasesAreMergedAndSplit) {
  const FolderId id = folder();
  const CaseId one = add_numbered_case(*archive_, id, "Eins", "cli");
  const CaseId two = add_numbered_case(*archive_, id, "Zwei", "cli");
  const Document first = filed(id, "eins", one);
  const Document second = filed(id, "zwei", one);
  const CaseId split = split_case(*archive_, one, "Drei", {second.id}, "cli");
  EXPECT_EQ(archive_->document(second.id).content.fields.open_case, split);
  EXPECT_EQ(archive_->open_case(split).reference, "1-0001/2026/3");
  merge_cases(*archive_, one, two, today, "cli");
  EXPECT_EQ(archive_->document(first.id).content.fields.open_case, two);
  EXPECT_FALSE(takes_documents(*archive_, one));
  EXPECT_EQ(relations_of(*archive_, one.text).size(), 2U);
  EXPECT_TRUE(problems().empty());
}

TEST_F(Structure, DocumentsHaveVersionsAndRelations) {
  const FolderId id = folder();
  const Document first = filed(id, "erste Fassung");
  const Document second = file_version(*archive_, letter({}, "zweite Fassung"), first.id, "cli");
  const Document third = file_version(*archive_, letter({}, "dritte Fassung"), second.id, "cli");
  EXPECT_EQ(second.content.fields.folder, id);
  EXPECT_EQ(versions_of(*archive_, second.id), (std::vector<DocumentId>{first.id, second.id, third.id}));
  EXPECT_THROW(file_version(*archive_, letter({}, "noch eine"), first.id, "cli"), Conflict);
  EXPECT_EQ(archive_->document(first.id).content.fields.title, "erste Fassung") << "the earlier one stays";
  EXPECT_THROW(relate(*archive_, RelationKind::replaces, first.id.text, third.id.text, "cli"), Error);

  const Document answer = filed(id, "Antwort");
  relate(*archive_, RelationKind::replies_to, answer.id.text, first.id.text, "cli");
  EXPECT_THROW(relate(*archive_, RelationKind::replies_to, answer.id.text, first.id.text, "cli"), Conflict);
  EXPECT_THROW(relate(*archive_, RelationKind::replies_to, answer.id.text, id.text, "cli"), Error);
  EXPECT_THROW(relate(*archive_, RelationKind::replies_to, answer.id.text, answer.id.text, "cli"), Error);
  EXPECT_THROW(relate(*archive_, RelationKind::replies_to, answer.id.text, "nobody", "cli"), NotFound);
  EXPECT_THROW(relate(*archive_, RelationKind::merged_into, answer.id.text, first.id.text, "cli"), Error);
  relate(*archive_, RelationKind::follows, folder().text, id.text, "cli");
  EXPECT_EQ(relations_of(*archive_, first.id.text).size(), 2U);
  unrelate(*archive_, RelationKind::replies_to, answer.id.text, first.id.text, "cli");
  EXPECT_THROW(unrelate(*archive_, RelationKind::replaces, second.id.text, first.id.text, "cli"), Error);
  EXPECT_EQ(actions_about(answer.id.text),
            (std::vector<std::string>{"document.filed", "relation.made", "relation.removed"}));
  // What is closed stays as it is: a new version waits until it is open again.
  close_folder(*archive_, id, day("2026-05-05"), today, "cli");
  EXPECT_EQ(refused([&] { file_version(*archive_, letter({}, "später"), third.id, "cli"); }),
            "folder_closed");
}

TEST_F(Structure, DraftsAreKeptApart) {
  const FolderId id = folder();
  const Document draft = filed(id, "Entwurf");
  filed(id, "Reinschrift");
  set_draft(*archive_, draft.id, true, "cli");
  set_draft(*archive_, draft.id, true, "cli");
  EXPECT_TRUE(is_draft(*archive_, draft.id));
  EXPECT_EQ(drafts_of(*archive_, id), (std::vector<DocumentId>{draft.id}));
  EXPECT_EQ(actions_about(draft.id.text), (std::vector<std::string>{"document.filed", "document.draft"}));
  close_folder(*archive_, id, day("2026-05-05"), today, "cli");
  EXPECT_EQ(refused([&] { set_draft(*archive_, draft.id, false, "cli"); }), "folder_closed");
  EXPECT_TRUE(problems().empty());
}

}  // namespace
}  // namespace eakte::archive
