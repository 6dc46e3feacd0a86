#include "archive/folder_list.h"

#include <gtest/gtest.h>

#include "archive/holds.h"
#include "tests/archive/tenant.h"
#include "tests/support/day.h"

namespace eakte::archive {
namespace {

using testing::Tenant;

using testing::day;

class FolderList : public ::testing::Test {
protected:
  FolderList() {
    for (const char* number : {"3", "1", "2"})
      ids[number] = tenant.archive.add_folder("61.10.30", std::string("61.10.30/") + number,
                                              std::string("Hundesteuer ") + number, "cli", day("2015-01-01"));
    ids["r"] = tenant.archive.add_folder("11.50.20", "11.50.20/9", "Rechnungen 100 % Ökostrom", "cli");
    close_folder(tenant.archive, ids["2"], day("2018-05-05"), day("2026-11-22"), "cli");
  }
  std::vector<std::string> found(const FolderQuery& query) {
    std::vector<std::string> references;
    for (const ListedFolder& folder : list_folders(tenant.archive, query).folders)
      references.push_back(folder.about.reference);
    return references;
  }

  Tenant tenant;
  std::map<std::string, FolderId> ids;
};

using References = std::vector<std::string>;

TEST_F(FolderList, FindsByPartsOfReferenceAndTitle) {
  EXPECT_EQ(found({}), (References{"11.50.20/9", "61.10.30/1", "61.10.30/2", "61.10.30/3"}));
  EXPECT_EQ(found({.text = "hundesteuer 2"}), References{"61.10.30/2"});
  EXPECT_EQ(found({.text = "10.30 / 3"}), References{"61.10.30/3"});
  EXPECT_EQ(found({.text = "100 %"}), References{"11.50.20/9"});
  EXPECT_EQ(found({.text = "1_0"}), References{});
  EXPECT_EQ(found({.text = "' OR 1=1"}), References{});
}

TEST_F(FolderList, NarrowsByEntryAndStatus) {
  EXPECT_EQ(found({.plan_entry = "61"}), (References{"61.10.30/1", "61.10.30/2", "61.10.30/3"}));
  EXPECT_EQ(found({.plan_entry = "6"}), References{});
  EXPECT_EQ(found({.status = FolderStatus::closed}), References{"61.10.30/2"});
}

TEST_F(FolderList, TellsEndDisposalAndHolds) {
  place_hold(tenant.archive, {ids["2"]}, {"Klage", "Rechtsamt", day("2027-01-01")}, "cli");
  const ListedFolder folder = list_folders(tenant.archive, {.text = "61.10.30/2"}).folders.at(0);
  EXPECT_EQ(folder.closed_on, day("2018-05-05"));
  EXPECT_EQ(folder.retention_end, day("2026-12-31"));
  EXPECT_EQ(folder.disposal, "V");
  EXPECT_EQ(folder.standing_holds, 1);
}

TEST_F(FolderList, APageGoesOnWhereTheOneBeforeEnded) {
  FolderQuery query{.limit = 3};
  const FolderPage first = list_folders(tenant.archive, query);
  EXPECT_EQ(first.folders.size(), 3U);
  query.cursor = first.next;
  const FolderPage second = list_folders(tenant.archive, query);
  ASSERT_EQ(second.folders.size(), 1U);
  EXPECT_EQ(second.folders[0].about.reference, "61.10.30/3");
  EXPECT_EQ(second.next, "");
}

TEST_F(FolderList, DocumentsOfAFolderComeNewestFirst) {
  const IntakeId intake = tenant.accept("scan");
  NewDocument letter = tenant.letter(intake, "scan");
  letter.fields.folder = ids["r"];
  const Document filed = tenant.archive.file(letter, "system");
  const auto documents = documents_in(tenant.archive, ids["r"], 10);
  ASSERT_EQ(documents.size(), 1U);
  EXPECT_EQ(documents[0].id, filed.id);
  EXPECT_TRUE(documents_in(tenant.archive, ids["1"], 10).empty());
}

}  // namespace
}  // namespace eakte::archive
