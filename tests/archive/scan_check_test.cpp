#include "archive/scan_check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "archive/accounts.h"
#include "archive/audit_list.h"
#include "archive/document_proof.h"
#include "archive/storage/object_path.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;
using testing::Tenant;

class ScanCheckTest : public ::testing::Test {
protected:
  Tenant tenant;
  Archive& archive = tenant.archive;
  testing::TemporaryDirectory data;
  InstallationKey key = InstallationKey::of(data.path());
  ScanSettings settings{0.04, "VD 2.1", "posteingang"};

  /// A scan of an entry; 11.50.20 asks for high integrity, 11.40.10 for normal.
  Document scan(const std::string& content, const std::string& entry, bool blank = false) {
    const IntakeId intake = tenant.accept(content);
    NewDocument letter = tenant.letter(intake, content);
    letter.fields.plan_entry = entry;
    letter.pages.push_back(letter.pages[0]);
    letter.pages[1].number = 2;
    letter.pages[1].blank = blank;
    return archive.file(letter, "system");
  }
  static std::string entry_with(const FilePlan& plan, const std::string& protection) {
    for (const FilePlanEntry& entry : plan.entries)
      if (entry.takes_folders && entry.protection == protection) return entry.number;
    return {};
  }
  std::string normal() const { return entry_with(archive.file_plan(), "nnn"); }
  std::string refused(const std::function<void()>& work) {
    try {
      work();
    } catch (const Forbidden& forbidden) {
      return forbidden.code;
    }
    return "";
  }
  /// Two records managers, of whom one releases what the other has made.
  void add_people() {
    const PasswordCost cheap{1, 8192};
    add_account(archive, {"a.admin", "A", {Role::administrator}, "Regen im November 7"}, "cli", cheap, 0);
    add_account(archive, {"m.muster", "M", {Role::records_manager}, "Regen im November 8"}, "a.admin", cheap,
                0);
    add_account(archive, {"b.beispiel", "B", {Role::records_manager}, "Regen im November 9"}, "a.admin",
                cheap, 0);
  }
  void release_profile() {
    add_people();
    add_scan_profile(archive, "posteingang", "300 dpi, Farbe", "m.muster");
    release_scan_profile(archive, "posteingang", 1, "b.beispiel");
  }
  const NewScanCheck good{true, 2, true, true, "Stempel blass <&>"};
};

TEST_F(ScanCheckTest, IsAsThoroughAsTheEntryAsksFor) {
  ASSERT_NE(normal(), "");
  const FilePlan& plan = archive.file_plan();
  EXPECT_EQ(thoroughness_for(plan, scan("a", normal())), Thoroughness::sample);
  EXPECT_EQ(thoroughness_for(plan, scan("b", "11.50.20")), Thoroughness::each) << "hnn";
  EXPECT_EQ(thoroughness_for(plan, scan("c", "")), Thoroughness::each) << "nobody knows yet";
  Document very = scan("d", "11.50.20");
  FilePlan severe = plan;
  for (FilePlanEntry& entry : severe.entries) entry.protection = "snn";
  EXPECT_EQ(thoroughness_for(severe, very), Thoroughness::each_by_two);
  for (PageRecord& page : very.content.pages) page.born_digital = true;
  EXPECT_FALSE(is_scan(very));
}

TEST_F(ScanCheckTest, DrawsBySeedAndTheSameAgain) {
  std::vector<Document> normal_ones;
  for (int i = 0; i < 40; ++i) normal_ones.push_back(scan("n" + std::to_string(i), normal()));
  const Document blank = scan("blank", normal(), true);
  const Document high = scan("high", "11.50.20");
  const ScanDrawing drawing = draw_scans(archive, 0.2, "seed one", "m.muster").value();
  EXPECT_EQ(drawing.population, 42);
  int chosen = 0;
  for (const Document& one : normal_ones) {
    const bool expected =
        static_cast<double>(std::stoul(sha256_hex("seed one" + one.id.text).substr(0, 8), nullptr, 16)) /
            4294967296.0 <
        0.2;
    EXPECT_EQ(scan_standing(archive, one.id).chosen, expected);
    chosen += expected ? 1 : 0;
  }
  EXPECT_EQ(drawing.chosen, chosen + 2);
  EXPECT_TRUE(scan_standing(archive, blank.id).chosen) << "pages taken for blank are looked at by a person";
  EXPECT_TRUE(scan_standing(archive, high.id).chosen);
  EXPECT_EQ(static_cast<int>(scans_to_check(archive, 100).size()), drawing.chosen);
  EXPECT_FALSE(draw_scans(archive, 0.2, "seed two", "m.muster")) << "all are decided";
  const auto told = audit_entries(archive, {.action = "scan.sample_drawn"});
  ASSERT_EQ(told.size(), 1U);
  EXPECT_NE(told[0].entry.detail.find(R"("seed":"seed one")"), std::string::npos);
}

TEST_F(ScanCheckTest, ADrawingOfFewHasOne) {
  scan("a", normal());
  scan("b", normal());
  EXPECT_EQ(draw_scans(archive, 0.000001, "x", "m.muster")->chosen, 1);
}

TEST_F(ScanCheckTest, NeedsCompletenessBlankPagesAndFieldsToBeGood) {
  const Document document = scan("a", "11.50.20", true);
  EXPECT_EQ(refused([&] { record_scan_check(archive, document.id, good, "m.muster"); }), "scan_undecided");
  draw_scans(archive, 0.04, "x", "m.muster");
  const auto with = [&](NewScanCheck check) {
    return refused([&] { record_scan_check(archive, document.id, check, "m.muster"); });
  };
  EXPECT_EQ(with({true, 3, true, true, ""}), "scan_pages");
  EXPECT_EQ(with({true, 2, false, true, ""}), "scan_blank_open");
  EXPECT_EQ(with({true, 2, true, false, ""}), "scan_fields_open");
  archive.confirm(document.id, document.content.fields, "m.muster");
  EXPECT_EQ(with({true, 1, true, false, ""}), "") << "the blank side may be left out of the count";
  const ScanStanding standing = scan_standing(archive, document.id);
  EXPECT_EQ(standing.blank_pages, std::vector{2});
  ASSERT_EQ(standing.checks.size(), 1U);
  EXPECT_EQ(standing.checks[0].checker, "m.muster");
  EXPECT_EQ(standing.missing, "scan_note_missing");
}

TEST_F(ScanCheckTest, ThePaperGoesOnlyAfterCheckNoteAndSeal) {
  release_profile();
  const Document document = scan("a", "11.50.20");
  const auto release = [&] { return refused([&] { release_paper(archive, document.id, key, "m.muster"); }); };
  EXPECT_EQ(release(), "scan_undecided");
  draw_scans(archive, 0.04, "x", "m.muster");
  EXPECT_EQ(release(), "scan_unchecked");
  record_scan_check(archive, document.id, {false, 1, false, false, "Seite 2 fehlt"}, "m.muster");
  EXPECT_EQ(release(), "scan_bad");
  record_scan_check(archive, document.id, good, "m.muster");
  EXPECT_EQ(release(), "scan_note_missing");
  make_transfer_note(archive, document.id, settings, key, "m.muster");
  const testing::TemporaryDirectory elsewhere;
  const InstallationKey other = InstallationKey::of(elsewhere.path());
  EXPECT_EQ(refused([&] { release_paper(archive, document.id, other, "m.muster"); }), "scan_seal");
  EXPECT_EQ(release(), "");
  EXPECT_EQ(scan_standing(archive, document.id).released_by, "m.muster");
  EXPECT_EQ(release(), "paper_released");
  EXPECT_EQ(refused([&] { record_scan_check(archive, document.id, good, "m.muster"); }), "paper_released");
  EXPECT_TRUE(verify_transfer_notes(archive, key.certificate()).empty());
  EXPECT_EQ(verify_transfer_notes(archive, other.certificate()).size(), 1U);
}

TEST_F(ScanCheckTest, OfVeryHighProtectionTakesTwoPeople) {
  // The highest protection of the sample plan is high: the drawing is told otherwise.
  const Document document = scan("a", "11.50.20");
  draw_scans(archive, 0.04, "x", "m.muster");
  archive.database().write([](Connection& connection) {
    connection.execute("UPDATE scan_case SET thoroughness = 'each_by_two'");
  });
  record_scan_check(archive, document.id, good, "m.muster");
  EXPECT_EQ(scan_standing(archive, document.id).missing, "scan_second_check");
  EXPECT_EQ(scans_to_check(archive, 10).size(), 1U);
  EXPECT_EQ(refused([&] { record_scan_check(archive, document.id, good, "m.muster"); }), "same_person");
  record_scan_check(archive, document.id, good, "b.beispiel");
  EXPECT_EQ(scan_standing(archive, document.id).missing, "scan_note_missing");
}

TEST_F(ScanCheckTest, ABadOneInTheSampleMakesTheWholeDrawingBeChecked) {
  std::vector<Document> all;
  for (int i = 0; i < 4; ++i) all.push_back(scan("n" + std::to_string(i), normal()));
  draw_scans(archive, 0.000001, "x", "m.muster");
  const auto drawn =
      std::ranges::find_if(all, [&](const Document& one) { return scan_standing(archive, one.id).chosen; });
  ASSERT_NE(drawn, all.end());
  const Document& other =
      *std::ranges::find_if(all, [&](const Document& one) { return !scan_standing(archive, one.id).chosen; });
  EXPECT_EQ(scan_standing(archive, other.id).missing, "scan_sample_open");
  record_scan_check(archive, drawn->id, {false, 2, false, false, "schief"}, "m.muster");
  EXPECT_EQ(scan_standing(archive, other.id).missing, "scan_sample_bad");
  EXPECT_EQ(scans_to_check(archive, 10).size(), 3U);
  record_scan_check(archive, other.id, good, "m.muster");
  EXPECT_EQ(scan_standing(archive, other.id).missing, "scan_note_missing");
}

TEST_F(ScanCheckTest, ANotDrawnOneMayGoOnceTheDrawingIsGood) {
  const Document a = scan("a", normal());
  const Document b = scan("b", normal());
  draw_scans(archive, 0.000001, "x", "m.muster");
  const bool a_drawn = scan_standing(archive, a.id).chosen;
  record_scan_check(archive, a_drawn ? a.id : b.id, good, "m.muster");
  EXPECT_EQ(scan_standing(archive, a_drawn ? b.id : a.id).missing, "scan_note_missing");
}

TEST_F(ScanCheckTest, TheNoteHoldsAllThatIsAskedFor) {
  const Document document = scan("a", "11.50.20", true);
  draw_scans(archive, 0.04, "lot", "m.muster");
  record_scan_check(archive, document.id, good, "m.muster");
  const auto make = [&](const ScanSettings& with) {
    return refused([&] { make_transfer_note(archive, document.id, with, key, "m.muster"); });
  };
  EXPECT_EQ(make({0.04, "", "posteingang"}), "scan_procedure_missing");
  EXPECT_EQ(make(settings), "scan_profile_missing");
  release_profile();
  const TransferNote note = make_transfer_note(archive, document.id, settings, key, "m.muster");
  for (const char* part :
       {"<Vermerk>m.muster</Vermerk>", "<Erfassung>cli</Erfassung>",
        "<Verfahrensdokumentation>VD 2.1</Verfahrensdokumentation>", "<Scanprofil version=\"1\"",
        "freigegebenVon=\"b.beispiel\"", "art=\"eingegangen\"", "&quot;deskew&quot;", "leer=\"ja\"",
        "startwert=\"lot\"", "ergebnis=\"gut\"", "seitenPapier=\"2\"", "Stempel blass &lt;&amp;&gt;",
        "bildlich und inhaltlich überein", "<Objekt art=\"original\""}) {
    EXPECT_NE(note.xml.find(part), std::string::npos) << part << "\n" << note.xml;
  }
  EXPECT_NE(note.xml.find(document.manifest_sha256), std::string::npos);
  EXPECT_TRUE(verify_seal(note.seal, note.xml, key.certificate()).errors.empty());
  EXPECT_EQ(transfer_note(archive, document.id).xml, note.xml);
  EXPECT_EQ(archive.objects().read(note.sha256), note.xml);
  const auto told = audit_entries(archive, {.action = "scan.note_sealed"});
  ASSERT_EQ(told.size(), 1U);
  EXPECT_NE(told[0].entry.detail.find(note.sha256), std::string::npos);
  const VerifyReport report = verify_archive(archive);
  EXPECT_TRUE(report.orphans.empty());
}

TEST_F(ScanCheckTest, ProfilesAreReleasedByASecondPersonAndNeverChanged) {
  add_people();
  EXPECT_EQ(add_scan_profile(archive, "p", "300 dpi", "m.muster").version, 1);
  EXPECT_EQ(add_scan_profile(archive, "p", "400 dpi", "m.muster").version, 2);
  const auto release = [&](const char* person) {
    return refused([&] { release_scan_profile(archive, "p", 2, person); });
  };
  EXPECT_EQ(release("m.muster"), "same_person");
  EXPECT_EQ(release("nobody"), "account_needed");
  EXPECT_EQ(release("a.admin"), "role_missing");
  EXPECT_EQ(release("b.beispiel"), "");
  EXPECT_EQ(release("b.beispiel"), "profile_released");
  EXPECT_THROW(release_scan_profile(archive, "p", 3, "b.beispiel"), NotFound);
  const auto profiles = scan_profiles(archive);
  ASSERT_EQ(profiles.size(), 2U);
  EXPECT_EQ(profiles[0].content, "300 dpi");
  EXPECT_EQ(profiles[0].released_at, "");
  EXPECT_EQ(profiles[1].released_by, "b.beispiel");
}

TEST_F(ScanCheckTest, ForgettingADocumentTakesWhatProvesAboutIt) {
  release_profile();
  const Document document = scan("a", "11.50.20");
  draw_scans(archive, 0.04, "x", "m.muster");
  record_scan_check(archive, document.id, good, "m.muster");
  make_transfer_note(archive, document.id, settings, key, "m.muster");
  std::vector<StoredObject> objects;
  archive.database().write(
      [&](Connection& connection) { objects = forget_proof_of(connection, document.id); });
  EXPECT_EQ(objects.size(), 2U) << "note and seal";
  EXPECT_THROW(transfer_note(archive, document.id), NotFound);
  EXPECT_FALSE(scan_standing(archive, document.id).decided);
}

}  // namespace
}  // namespace eakte::archive
