#include <gtest/gtest.h>

#include <algorithm>

#include "archive/archive.h"
#include "archive/error.h"
#include "archive/page_words.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

using testing::Tenant;
using Lines = std::vector<std::string>;

ocr::PageText page_of(const std::string& word) {
  ocr::PageText page;
  page.width = 1000;
  page.height = 1400;
  page.words = {{.text = word, .box = {100, 100, 300, 40}, .confidence = 0.4F}};
  return page;
}

/// A document of two pages with words.
Document filed(Tenant& tenant) {
  const IntakeId intake = tenant.accept("zwei Seiten");
  NewDocument letter = tenant.letter(intake, "zwei Seiten");
  const std::vector<ocr::PageText> pages{page_of("Hundesleuer"), page_of("Anlage")};
  letter.pages.push_back(letter.pages.front());
  letter.pages.back().number = 2;
  std::erase_if(letter.renditions, [](const Rendition& one) { return one.role == RenditionRole::text; });
  letter.renditions.push_back(
      {RenditionRole::words, tenant.archive.objects().put(words_to_jsonl(pages)), "application/x-ndjson"});
  letter.renditions.push_back(
      {RenditionRole::text, tenant.archive.objects().put(pages_to_text(pages)), "text/plain"});
  return tenant.archive.file(letter, "system", [&](Connection& connection, const DocumentId& document) {
    connection.execute("UPDATE intake SET state = 'filed', document = ? WHERE id = ?",
                       {document.text, intake.text});
  });
}

std::string text_in(const Archive& archive, const Document& document, RenditionRole role) {
  return archive.objects().read(archive.rendition(document, role).object.sha256);
}

bool has(const Document& document, RenditionRole role) {
  return std::ranges::count(document.content.renditions, role, &Rendition::role) > 0;
}

TEST(Correction, IsKeptBesideTheMachinesReading) {
  Tenant tenant;
  const Document before = filed(tenant);
  const Document after =
      tenant.archive.correct_page(before.id, 1, Lines{"Hundesteuer 2026"}, before.revision, "web");
  EXPECT_GT(after.revision, before.revision);
  EXPECT_NE(after.manifest_sha256, before.manifest_sha256);
  EXPECT_EQ(text_in(tenant.archive, after, RenditionRole::text), "Hundesleuer\n\fAnlage\n\f");
  EXPECT_EQ(text_in(tenant.archive, after, RenditionRole::corrected_text), "Hundesteuer 2026\n\fAnlage\n\f");
  EXPECT_EQ(tenant.archive.words_in_force(after).role, RenditionRole::corrected_words);
  const Document stored = tenant.archive.document(before.id);
  EXPECT_EQ(stored.manifest_sha256, after.manifest_sha256);
  EXPECT_TRUE(has(stored, RenditionRole::words));

  const Rows told = tenant.archive.database().query(
      "SELECT actor, detail FROM audit_trail WHERE action = 'document.text_corrected' AND subject = ?",
      {before.id.text});
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].text("actor"), "web");
  EXPECT_NE(told[0].text("detail").find("\"page\":1"), std::string::npos);
  EXPECT_EQ(told[0].text("detail").find("Hundesteuer"), std::string::npos);
  EXPECT_EQ(tenant.archive.changes_after(before.revision, 10).size(), 1U);
  EXPECT_TRUE(verify_archive(tenant.archive).problems.empty());
}

TEST(Correction, OfSeveralPagesIsTakenBackPageByPage) {
  Tenant tenant;
  const Document document = filed(tenant);
  Document now = tenant.archive.correct_page(document.id, 1, Lines{"Hundesteuer"}, document.revision, "web");
  now = tenant.archive.correct_page(document.id, 2, Lines{"Anlage 1"}, now.revision, "web");
  now = tenant.archive.correct_page(document.id, 1, std::nullopt, now.revision, "web");
  EXPECT_EQ(text_in(tenant.archive, now, RenditionRole::corrected_text), "Hundesleuer\n\fAnlage 1\n\f");
  now = tenant.archive.correct_page(document.id, 2, std::nullopt, now.revision, "web");
  EXPECT_FALSE(has(now, RenditionRole::corrected_text));
  EXPECT_FALSE(has(now, RenditionRole::corrected_words));
  EXPECT_EQ(tenant.archive.words_in_force(now).role, RenditionRole::words);
  EXPECT_TRUE(verify_archive(tenant.archive).problems.empty());
}

TEST(Correction, ThatChangesNothingLeavesNoTrace) {
  Tenant tenant;
  const Document document = filed(tenant);
  const Document same =
      tenant.archive.correct_page(document.id, 1, Lines{" Hundesleuer ", ""}, document.revision, "web");
  EXPECT_EQ(same.revision, document.revision);
  EXPECT_EQ(tenant.archive.correct_page(document.id, 2, std::nullopt, document.revision, "web").revision,
            document.revision);
}

TEST(Correction, OfAnOlderStateOrAMissingPageIsRefused) {
  Tenant tenant;
  const Document document = filed(tenant);
  tenant.archive.correct_page(document.id, 1, Lines{"Hundesteuer"}, document.revision, "web");
  EXPECT_THROW(tenant.archive.correct_page(document.id, 1, Lines{"anders"}, document.revision, "web"),
               Conflict);
  const std::int64_t now = tenant.archive.document(document.id).revision;
  EXPECT_THROW(tenant.archive.correct_page(document.id, 3, Lines{"x"}, now, "web"), NotFound);
  EXPECT_THROW(tenant.archive.correct_page(document.id, 0, Lines{"x"}, now, "web"), NotFound);
  EXPECT_THROW(tenant.archive.correct_page({"gibtesnicht"}, 1, Lines{"x"}, 1, "web"), NotFound);
}

TEST(Correction, OutlivesTheConfirmationOfTheFields) {
  Tenant tenant;
  const Document document = filed(tenant);
  const Document corrected =
      tenant.archive.correct_page(document.id, 1, Lines{"Hundesteuer"}, document.revision, "web");
  const Document confirmed = tenant.archive.confirm(document.id, corrected.content.fields, "web");
  EXPECT_TRUE(has(confirmed, RenditionRole::corrected_words));
  EXPECT_TRUE(verify_archive(tenant.archive).problems.empty());
}

}  // namespace
}  // namespace eakte::archive
