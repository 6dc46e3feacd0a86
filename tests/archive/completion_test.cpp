#include "archive/completion.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "archive/error.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

using testing::Tenant;

/// A document of which there is nothing but the original, as it comes in without an office program.
Document unread(Tenant& tenant, const std::string& bytes) {
  const IntakeId intake = tenant.accept(bytes);
  NewDocument alone = tenant.letter(intake, bytes);
  alone.fields = {};
  alone.fields.title = "scan.tif";
  alone.state = DocumentState::review;
  alone.review_reasons = {"no_office_program"};
  alone.pages.clear();
  alone.proposals.clear();
  std::erase_if(alone.renditions, [](const Rendition& one) { return one.role != RenditionRole::original; });
  alone.processing = R"({"rendering":"none"})";
  return tenant.archive.file(alone, "system", [&](Connection& connection, const DocumentId& document) {
    connection.execute("UPDATE intake SET state = 'review', document = ? WHERE id = ?",
                       {document.text, intake.text});
  });
}

std::int64_t completions(const Archive& archive) {
  return archive.database()
      .query("SELECT count(*) AS n FROM audit_trail WHERE action = 'document.completed'")
      .at(0)
      .integer("n");
}

TEST(Completion, GivesAnUnreadDocumentWhatItLacksAndKeepsItsHistory) {
  Tenant tenant;
  const Document before = unread(tenant, "brief.docx");
  ASSERT_TRUE(is_unread(before));
  const NewDocument made = tenant.letter(before.content.intake, "brief.docx");
  bool ran = false;
  const Document after = complete(
      tenant.archive, before.id, made, "system",
      [&](Connection&, const Document& document) { ran = document.content.state == DocumentState::filed; });
  EXPECT_TRUE(ran);
  EXPECT_EQ(after.id, before.id);
  EXPECT_GT(after.revision, before.revision);
  const Document stored = tenant.archive.document(before.id);
  EXPECT_FALSE(is_unread(stored));
  EXPECT_EQ(stored.manifest_sha256, after.manifest_sha256);
  EXPECT_EQ(stored.content.renditions.size(), 2U);
  EXPECT_EQ(stored.content.pages.size(), 1U);
  EXPECT_EQ(stored.content.proposals.size(), 1U);
  EXPECT_EQ(stored.content.processing, made.processing);
  EXPECT_EQ(stored.content.fields.sender, "Gärtnerei Möhrle GmbH");
  EXPECT_TRUE(stored.retention_end);
  EXPECT_EQ(stored.content.received_on, before.content.received_on);
  const VerifyReport report = verify_archive(tenant.archive);
  EXPECT_TRUE(report.problems.empty()) << report.problems.front();
}

TEST(Completion, HappensOnce) {
  Tenant tenant;
  const Document before = unread(tenant, "brief.docx");
  const NewDocument made = tenant.letter(before.content.intake, "brief.docx");
  const Document first = complete(tenant.archive, before.id, made, "system");
  const Document second = complete(tenant.archive, before.id, made, "system",
                                   [](Connection&, const Document&) { FAIL() << "ran again"; });
  EXPECT_EQ(second.revision, first.revision);
  EXPECT_EQ(completions(tenant.archive), 1);
}

TEST(Completion, LeavesWhatAPersonSaid) {
  Tenant tenant;
  const Document before = unread(tenant, "brief.docx");
  DocumentFields confirmed;
  confirmed.title = "Von Hand benannt";
  confirmed.plan_entry = "11.50.20";
  tenant.archive.confirm(before.id, confirmed, "frieda");
  const Document after =
      complete(tenant.archive, before.id, tenant.letter(before.content.intake, "brief.docx"), "system");
  EXPECT_EQ(after.content.fields.title, "Von Hand benannt");
  EXPECT_EQ(after.content.fields.sender, "");
  EXPECT_EQ(after.content.state, DocumentState::filed);
  EXPECT_EQ(after.content.proposals.size(), 1U);
}

TEST(Completion, RefusesAnotherOriginalAndClosedFolders) {
  Tenant tenant;
  const Document before = unread(tenant, "brief.docx");
  EXPECT_THROW(
      complete(tenant.archive, before.id, tenant.letter(before.content.intake, "anderer.docx"), "system"),
      Conflict);
  EXPECT_THROW(complete(tenant.archive, {"01k00000000000000000000000"}, {}, "system"), NotFound);
  const FolderId folder = tenant.archive.add_folder("11.50.20", "11.50.20-1/2026", "Gartenbau", "frieda");
  DocumentFields filed;
  filed.title = "Brief";
  filed.plan_entry = "11.50.20";
  filed.folder = folder;
  tenant.archive.confirm(before.id, filed, "frieda");
  tenant.archive.database().write([&](Connection& connection) {
    connection.execute("UPDATE folder SET status = 'closed' WHERE id = ?", {folder.text});
  });
  EXPECT_THROW(
      complete(tenant.archive, before.id, tenant.letter(before.content.intake, "brief.docx"), "system"),
      Forbidden);
  EXPECT_TRUE(is_unread(tenant.archive.document(before.id)));
}

}  // namespace
}  // namespace eakte::archive
