#include "archive/life_cycle.h"

#include <gtest/gtest.h>

#include "archive/due_list.h"
#include "archive/holds.h"
#include "tests/archive/tenant.h"
#include "tests/support/day.h"

namespace eakte::archive {
namespace {

using testing::day;

const Date today = day("2027-06-01");

/// An entry whose rule is "5 Jahre ab Ende des Jahres der Schlussverfügung", disposal as told.
std::string plan(const std::string& disposal = "V") {
  return "schema_version: 1\n"
         "aktenplan: {bezeichnung: Probe, version: \"1\"}\n"
         "vorgaben: {frist: {art: mindest, jahre: 5, beginn: zdA, rundung: jahresende}, aussonderungsart: " +
         disposal +
         ", transferfrist_jahre: 2}\n"
         "einheiten:\n"
         "- {kz: \"1\", titel: Eins, aktenbildend: true, rechtsgrundlage: \"HundeStS § 4\"}\n"
         "- {kz: \"2\", titel: Zwei, aktenbildend: true, frist: {jahre: 5, beginn: abbruch, rundung: "
         "jahresende}}\n"
         "- {kz: \"3\", titel: Drei, aktenbildend: true, frist: {art: hoechst, jahre: 5, beginn: "
         "ausweis_ungueltig, "
         "rundung: taggenau}}\n"
         "- {kz: \"4\", titel: Vier, aktenbildend: true, frist: {jahre: 8, beginn: rechnung_ausgestellt, "
         "rundung: "
         "jahresende, ablaufhemmung: festsetzungsfrist}}\n"
         "- {kz: \"5\", titel: Fünf, aktenbildend: true, frist: {tage: -61, beginn: naechste_hauptwahl, "
         "rundung: "
         "taggenau}}\n";
}

class LifeCycle : public ::testing::Test {
protected:
  LifeCycle() : archive_(created(temporary_.path() / "probe")) {}

  FolderId folder(const std::string& entry, const std::string& reference) {
    return archive_.add_folder(entry, reference, "Akte " + reference, "cli", day("2019-01-01"));
  }
  CaseId closed_case(const FolderId& id, const std::string& reference, const char* on) {
    const CaseId made = archive_.add_case(id, reference, "Vorgang", "cli");
    close_case(archive_, made, day(on), today, "cli");
    return made;
  }
  Document filed(const FolderId& id, const std::string& bytes, const char* document_date) {
    const IntakeId intake{new_id_text()};
    const StoredObject object = archive_.objects().put(bytes);
    NewDocument document{.intake = intake, .received_on = day("2020-01-02")};
    document.fields.title = "Rechnung";
    document.fields.folder = id;
    document.fields.document_date = date_from_iso(document_date);
    document.renditions = {{RenditionRole::original, object, "image/tiff"}};
    return archive_.file(document, "system");
  }
  std::string end_of(const FolderId& id) {
    const auto end = folder_record(archive_, id).retention.end;
    return end ? to_iso(*end) : "none";
  }

private:
  static std::filesystem::path created(const std::filesystem::path& directory) {
    Archive::create(directory, "probe", plan());
    return directory;
  }
  eakte::testing::TemporaryDirectory temporary_;

protected:
  Archive archive_;
};

TEST_F(LifeCycle, AFolderWithAnOpenCaseIsNotClosedAndHasNoEnd) {
  const FolderId id = folder("1", "A 1");
  closed_case(id, "A 1/1", "2021-03-01");
  closed_case(id, "A 1/2", "2024-12-30");
  const CaseId open = archive_.add_case(id, "A 1/3", "Vorgang", "cli");
  EXPECT_THROW(close_folder(archive_, id, day("2025-01-01"), today, "cli"), Conflict);
  EXPECT_EQ(end_of(id), "none");
  close_case(archive_, open, day("2025-01-02"), today, "cli");
  close_folder(archive_, id, day("2024-06-01"), today, "cli");
  EXPECT_EQ(end_of(id), "2030-12-31") << "the last closing counts";
}

TEST_F(LifeCycle, ReopeningStopsThePeriodAndClosingAgainBeginsItAnew) {
  const FolderId id = folder("1", "A 1");
  const CaseId one = closed_case(id, "A 1/1", "2020-06-01");
  close_folder(archive_, id, day("2020-06-01"), today, "cli");
  EXPECT_EQ(end_of(id), "2025-12-31");
  reopen_case(archive_, one, "cli");
  EXPECT_EQ(end_of(id), "none");
  EXPECT_EQ(folder_record(archive_, id).status, FolderStatus::open);
  close_case(archive_, one, day("2026-02-02"), today, "cli");
  close_folder(archive_, id, day("2026-02-02"), today, "cli");
  EXPECT_EQ(end_of(id), "2031-12-31");
}

TEST_F(LifeCycle, TellsTheStageByTheDay) {
  const FolderId id = folder("1", "A 1");
  EXPECT_EQ(stage_on(folder_record(archive_, id), today), FolderStage::open);
  close_folder(archive_, id, day("2021-05-05"), today, "cli");
  const FolderRecord record = folder_record(archive_, id);
  EXPECT_EQ(stage_on(record, day("2023-12-31")), FolderStage::closed);
  EXPECT_EQ(stage_on(record, day("2024-01-01")), FolderStage::dormant);
  EXPECT_EQ(stage_on(record, day("2026-12-31")), FolderStage::dormant);
  EXPECT_EQ(stage_on(record, day("2027-01-01")), FolderStage::due);
}

TEST_F(LifeCycle, SaysWhyItIsDueThenInASentence) {
  const FolderId id = folder("1", "A 1");
  close_folder(archive_, id, day("2021-05-05"), today, "cli");
  EXPECT_EQ(folder_record(archive_, id).retention_sentence,
            "5 Jahre ab Ende des Jahres der Schlussverfügung (z. d. A.) (Schlussverfügung am 05.05.2021); "
            "aufzubewahren bis 31.12.2026. Rechtsgrundlage: HundeStS § 4");
}

TEST_F(LifeCycle, TakesNothingIntoAClosedFolderAndChangesNothingInIt) {
  const FolderId id = folder("1", "A 1");
  const Document document = filed(id, "bytes", "2020-01-01");
  close_folder(archive_, id, day("2021-05-05"), today, "cli");
  EXPECT_FALSE(takes_documents(archive_, id));
  EXPECT_THROW(filed(id, "more", "2020-02-01"), Conflict);
  EXPECT_THROW(archive_.add_case(id, "A 1/9", "Vorgang", "cli"), Conflict);
  EXPECT_THROW(archive_.confirm(document.id, document.content.fields, "cli"), Conflict);
  const Document after = archive_.document(document.id);
  EXPECT_EQ(after.retention_end, day("2026-12-31")) << "its documents are kept as long as the folder";
  EXPECT_GT(after.revision, document.revision) << "the search learns of it";
}

TEST_F(LifeCycle, RefusesDaysThatCannotBe) {
  const FolderId id = folder("1", "A 1");
  filed(id, "bytes", "2020-01-01");
  EXPECT_THROW(close_folder(archive_, id, day("2027-06-02"), today, "cli"), Conflict) << "has not come";
  EXPECT_THROW(close_folder(archive_, id, day("2020-01-01"), today, "cli"), Conflict)
      << "a letter came later";
  const FolderId building = folder("2", "B 1");
  EXPECT_THROW(record_event(archive_, building, "abbruch", day("2027-06-02"), today, "cli"), Conflict);
  EXPECT_THROW(record_event(archive_, building, "abbruch", day("2018-12-31"), today, "cli"), Conflict);
  EXPECT_THROW(record_event(archive_, building, "wahltag", day("2026-01-01"), today, "cli"), Conflict);
  const FolderId election = folder("5", "W 1");
  close_folder(archive_, election, day("2025-05-05"), today, "cli");
  record_event(archive_, election, "naechste_hauptwahl", day("2029-02-25"), today, "cli");
  EXPECT_EQ(end_of(election), "2028-12-26") << "backwards from a day that lies ahead";
}

TEST_F(LifeCycle, ASuspensionHasNoEndUntilItIsOver) {
  const FolderId id = folder("4", "R 1");
  filed(id, "one", "2020-02-01");
  filed(id, "two", "2021-02-01");
  close_folder(archive_, id, day("2021-05-05"), today, "cli");
  EXPECT_EQ(end_of(id), "2029-12-31") << "the latest invoice counts";
  begin_suspension(archive_, id, "cli");
  EXPECT_EQ(end_of(id), "none");
  record_event(archive_, id, "festsetzungsfrist", day("2026-05-05"), today, "cli");
  EXPECT_EQ(end_of(id), "2029-12-31") << "over before the period is";
  EXPECT_THROW(begin_suspension(archive_, folder("1", "A 1"), "cli"), Conflict);
}

TEST_F(LifeCycle, ADocumentWithoutADateKeepsItsEventOpen) {
  const FolderId id = folder("4", "R 1");
  filed(id, "one", "2020-02-01");
  filed(id, "two", "");
  close_folder(archive_, id, day("2021-05-05"), today, "cli");
  EXPECT_EQ(end_of(id), "none");
}

TEST_F(LifeCycle, HoldsStandEachOnItsOwnAndDoNotMoveTheEnd) {
  const FolderId id = folder("1", "A 1");
  close_folder(archive_, id, day("2020-05-05"), today, "cli");
  const NewHold hold{"Klageverfahren", "Rechtsamt", day("2027-01-15")};
  const HoldId first = place_hold(archive_, {id}, hold, "cli").front();
  const HoldId second = place_hold(archive_, {id}, hold, "cli").front();
  EXPECT_EQ(end_of(id), "2025-12-31");
  lift_hold(archive_, first, "Urteil rechtskräftig", "cli");
  EXPECT_EQ(folder_record(archive_, id).standing_holds, 1);
  EXPECT_THROW(lift_hold(archive_, first, "noch einmal", "cli"), Conflict);
  EXPECT_EQ(holds_to_review(archive_, day("2027-01-15"), 10).size(), 1U);
  EXPECT_TRUE(holds_to_review(archive_, day("2027-01-14"), 10).empty());
  lift_hold(archive_, second, "Urteil rechtskräftig", "cli");
  EXPECT_EQ(folder_record(archive_, id).standing_holds, 0);
  const std::vector<DisposalHold> all = holds_of(archive_, id);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].lift_reason, "Urteil rechtskräftig");
}

TEST_F(LifeCycle, AHoldOnManyFoldersIsPlacedOnAllOrNone) {
  const FolderId id = folder("1", "A 1");
  const NewHold hold{"Prüfung", "Rechnungsprüfungsamt", day("2028-01-01")};
  EXPECT_THROW(place_hold(archive_, {id, {new_id_text()}}, hold, "cli"), NotFound);
  EXPECT_TRUE(holds_of(archive_, id).empty());
  EXPECT_THROW(place_hold(archive_, {id}, {"", "Amt", day("2028-01-01")}, "cli"), Error);
}

TEST_F(LifeCycle, TheDueListShowsWhatIsOverLongestFirstInPages) {
  std::vector<FolderId> expected;
  for (const char* closed : {"2020-05-05", "2021-05-05", "2021-06-05"}) {
    expected.push_back(folder("1", closed));
    close_folder(archive_, expected.back(), day(closed), today, "cli");
  }
  folder("1", "still open");
  place_hold(archive_, {expected[1]}, {"Klage", "Rechtsamt", day("2028-01-01")}, "cli");
  std::vector<FolderId> found;
  DueQuery query{.on = day("2027-01-01"), .limit = 2};
  do {
    const DuePage page = due_folders(archive_, query);
    for (const DueFolder& due : page.folders) {
      found.push_back(due.about.id);
      EXPECT_EQ(due.reason, DueReason::period_over);
      EXPECT_EQ(due.standing_holds, due.about.id == expected[1] ? 1 : 0);
    }
    query.cursor = page.next;
  } while (!query.cursor.empty());
  EXPECT_EQ(found, expected);
  EXPECT_EQ(due_folders(archive_, {.on = day("2026-12-31")}).folders.size(), 1U) << "not a day early";
  EXPECT_EQ(due_folders(archive_, {.on = day("2027-01-01"), .year = 2025}).folders.size(), 1U);
  EXPECT_TRUE(due_folders(archive_, {.on = day("2027-01-01"), .plan_entry = "2"}).folders.empty());
}

TEST_F(LifeCycle, TheDueListWarnsOfLimitsEvenForOpenFoldersAndOfFoldersThatWaitTooLong) {
  const FolderId passport = folder("3", "P 1");
  record_event(archive_, passport, "ausweis_ungueltig", day("2020-02-29"), today, "cli");
  const FolderId building = archive_.add_folder("2", "B 1", "Bauakte", "cli", day("1980-01-01"));
  close_folder(archive_, building, day("1990-05-05"), today, "cli");
  const DuePage page = due_folders(archive_, {.on = day("2025-03-01")});
  ASSERT_EQ(page.folders.size(), 2U);
  EXPECT_EQ(page.folders[0].reason, DueReason::limit_passed);
  EXPECT_EQ(page.folders[1].reason, DueReason::waiting_long);
  EXPECT_TRUE(due_folders(archive_, {.on = day("2020-05-05")}).folders.empty())
      << "30 years are not over yet";
}

TEST_F(LifeCycle, CountsWhatFallsDueByYear) {
  for (const char* closed : {"2020-05-05", "2021-05-05", "2021-06-05"})
    close_folder(archive_, folder("1", closed), day(closed), today, "cli");
  const std::vector<DueYear> years = due_by_year(archive_);
  ASSERT_EQ(years.size(), 2U);
  EXPECT_EQ(years[0].year, 2025);
  EXPECT_EQ(years[1].destroy, 2);
}

}  // namespace
}  // namespace eakte::archive
