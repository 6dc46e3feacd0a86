#include <gtest/gtest.h>

#include "archive/archive.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

using testing::Tenant;

TEST(Folders, AreFoundByTheReferenceAsPeopleWriteIt) {
  Tenant tenant;
  const FolderId folder =
      tenant.archive.add_folder("61.10.10", "20.2-GrSt/2026-0815", "Grundsteuer Lindenweg 3", "cli");
  const CaseId open_case = tenant.archive.add_case(folder, "20.2-GrSt/2026-0815-01", "Erlassantrag", "cli");
  EXPECT_EQ(tenant.archive.folder_by_reference("20.2 – GRST / 2026-0815").value().id, folder);
  EXPECT_EQ(tenant.archive.case_by_reference(" 20.2-grst/2026-0815-01 ").value().id, open_case);
  EXPECT_EQ(tenant.archive.folder(folder).plan_entry, "61.10.10");
  EXPECT_EQ(tenant.archive.open_case(open_case).folder, folder);
  EXPECT_EQ(tenant.archive.open_case(open_case).title, "Erlassantrag");
  EXPECT_FALSE(tenant.archive.folder_by_reference("20.2-GrSt/2026-0816"));
  EXPECT_FALSE(tenant.archive.folder_by_reference(""));
  EXPECT_FALSE(tenant.archive.case_by_reference("20.2-GrSt/2026-0815"));
  EXPECT_THROW(tenant.archive.folder({"nobody"}), NotFound);
  EXPECT_THROW(tenant.archive.open_case({"nobody"}), NotFound);
}

TEST(Folders, AReferenceIsGivenOnce) {
  Tenant tenant;
  const FolderId folder = tenant.archive.add_folder("61.10.10", "A-1", "", "cli");
  EXPECT_THROW(tenant.archive.add_folder("61.10.20", "a - 1", "", "cli"), Conflict);
  tenant.archive.add_case(folder, "A-1-1", "", "cli");
  EXPECT_THROW(tenant.archive.add_case(folder, "A-1-1", "", "cli"), Conflict);
}

TEST(Folders, NeedAnEntryThatTakesThemAndAReference) {
  Tenant tenant;
  EXPECT_THROW(tenant.archive.add_folder("61", "A-1", "", "cli"), Error);
  EXPECT_THROW(tenant.archive.add_folder("99", "A-1", "", "cli"), Error);
  EXPECT_THROW(tenant.archive.add_folder("61.10.10", "  ", "", "cli"), Error);
  EXPECT_THROW(tenant.archive.add_case({"nobody"}, "A-1-1", "", "cli"), NotFound);
}

TEST(Folders, AddingIsEvidence) {
  Tenant tenant;
  const FolderId folder = tenant.archive.add_folder("61.10.10", "A-1", "geheim", "cli");
  const Row entry =
      tenant.archive.database()
          .query("SELECT actor, action, detail FROM audit_trail WHERE subject = ?", {folder.text})
          .at(0);
  EXPECT_EQ(entry.text("action"), "folder.added");
  EXPECT_EQ(entry.text("detail"), R"({"plan_entry":"61.10.10"})");
}

}  // namespace
}  // namespace eakte::archive
