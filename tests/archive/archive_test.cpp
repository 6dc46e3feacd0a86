#include "archive/archive.h"

#include <gtest/gtest.h>

#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

using testing::Tenant;

TEST(Archive, IsMadeOnceWithItsFilePlan) {
  const testing::TemporaryDirectory temporary;
  const auto directory = temporary.path() / "a" / "musterstadt";
  EXPECT_THROW(Archive{directory}, NotFound);
  Archive::create(directory, "musterstadt", testing::sample_plan());
  const Archive archive(directory);
  EXPECT_EQ(archive.tenant(), "musterstadt");
  EXPECT_EQ(archive.directory(), directory);
  EXPECT_EQ(archive.file_plan().entries.size(), 86U);
  EXPECT_EQ(archive.revision(), 0);
  EXPECT_THROW(Archive::create(directory, "andere", testing::sample_plan()), Conflict);
  EXPECT_EQ(Archive(directory).tenant(), "musterstadt");
}

TEST(Archive, IsForItsOwnersEyesAndMindsNoSlashes) {
  const testing::TemporaryDirectory temporary;
  const std::filesystem::path directory = temporary.path() / "." / "t" / "";
  Archive::create(directory, "t", testing::sample_plan());
  EXPECT_EQ(std::filesystem::status(temporary.path() / "t").permissions(), std::filesystem::perms(0750));
  Archive archive(directory);
  NewDocument letter;
  letter.intake = {new_id_text()};
  letter.received_on = date_from_iso("2026-01-02").value();
  letter.renditions = {{RenditionRole::original, archive.objects().put("x"), "text/plain"}};
  EXPECT_EQ(archive.file(letter, "cli").revision, 1);
  EXPECT_TRUE(std::filesystem::is_directory(temporary.path() / "t" / "manifests" / "2026" / "01"));
}

TEST(Archive, ARefusedFilePlanLeavesNothing) {
  const testing::TemporaryDirectory temporary;
  EXPECT_THROW(Archive::create(temporary.path() / "t", "t", "nonsense"), Error);
  EXPECT_THROW(Archive::create(temporary.path() / "t", "", testing::sample_plan()), Error);
  EXPECT_FALSE(std::filesystem::exists(temporary.path() / "t"));
}

TEST(Archive, ListsDocumentsNewestFirstPageByPage) {
  Tenant tenant;
  std::vector<DocumentId> filed;
  for (int i = 0; i < 7; ++i) filed.push_back(tenant.file("letter " + std::to_string(i)).id);
  std::vector<DocumentId> listed;
  std::string cursor;
  do {
    const DocumentPage page = tenant.archive.documents({}, cursor, 3);
    EXPECT_LE(page.documents.size(), 3U);
    for (const Document& document : page.documents) listed.push_back(document.id);
    if (listed.size() == 3) tenant.file("one more, while somebody turns the pages");
    cursor = page.next;
  } while (!cursor.empty());
  EXPECT_EQ(listed, std::vector<DocumentId>(filed.rbegin(), filed.rend()));
  EXPECT_TRUE(tenant.archive.documents(DocumentState::review, "", 3).documents.empty());
  EXPECT_EQ(tenant.archive.documents(DocumentState::filed, "", 8).documents.size(), 8U);
  EXPECT_EQ(tenant.archive.documents(DocumentState::filed, "", 8).next, "");
  EXPECT_THROW(tenant.archive.documents({}, "' OR 1=1", 3), Error);
}

TEST(Archive, TellsTheLastChangeOfEachDocumentInOrder) {
  Tenant tenant;
  const Document a = tenant.file("a");
  const Document b = tenant.file("b");
  const Document c = tenant.file("c");
  tenant.archive.confirm(a.id, a.content.fields, "web");
  const auto seen = [&](std::int64_t revision, int limit) {
    std::vector<std::pair<std::int64_t, DocumentId>> changes;
    for (const Change& change : tenant.archive.changes_after(revision, limit)) {
      changes.emplace_back(change.revision, change.document);
    }
    return changes;
  };
  using Changes = std::vector<std::pair<std::int64_t, DocumentId>>;
  EXPECT_EQ(tenant.archive.revision(), 4);
  EXPECT_EQ(seen(0, 10), (Changes{{2, b.id}, {3, c.id}, {4, a.id}}));
  EXPECT_EQ(seen(2, 1), (Changes{{3, c.id}}));
  EXPECT_TRUE(seen(4, 10).empty());
}

TEST(Archive, AnotherProcessSeesWhatWasFiled) {
  Tenant tenant;
  const Document document = tenant.file("a");
  const Archive other(tenant.path());
  EXPECT_EQ(other.document(document.id).content.fields.title, document.content.fields.title);
  EXPECT_EQ(other.revision(), 1);
}

}  // namespace
}  // namespace eakte::archive
