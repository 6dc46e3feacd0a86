#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <random>

#include "archive/archive.h"
#include "archive/storage/object_path.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;
using testing::Tenant;

void overwrite(const fs::path& file, const std::string& content) {
  fs::permissions(file, fs::perms(0640));
  std::ofstream(file, std::ios::binary) << content;
}

fs::path manifest_of(const Tenant& tenant, const Document& document) {
  return tenant.path() / "manifests" / "2026" / "03" /
         (document.id.text + "." + document.manifest_sha256 + ".json");
}

/// Changes the catalogue behind the program's back.
void tamper(const Tenant& tenant, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((tenant.path() / "catalogue.sqlite").c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database);
  sqlite3_close(database);
}

bool has_problem(const VerifyReport& report, const std::string& part) {
  return std::ranges::any_of(
      report.problems, [&](const std::string& problem) { return problem.find(part) != std::string::npos; });
}

std::string all_problems(const VerifyReport& report) {
  std::string text;
  for (const std::string& problem : report.problems) text += problem + "\n";
  return text;
}

TEST(Verify, AnUntouchedArchiveIsFaultless) {
  Tenant tenant;
  for (int i = 0; i < 5; ++i) tenant.file("letter " + std::to_string(i));
  const Document last = tenant.file("last");
  tenant.archive.confirm(last.id, last.content.fields, "web");
  std::int64_t told = 0;
  const VerifyReport report =
      verify_archive(tenant.archive, [&](std::int64_t done, std::int64_t) { told = done; });
  EXPECT_TRUE(report.problems.empty()) << all_problems(report);
  EXPECT_TRUE(report.orphans.empty());
  EXPECT_EQ(report.documents, 6);
  EXPECT_EQ(report.objects, 7);
  EXPECT_EQ(told, 7);
  EXPECT_EQ(report.audit_entries, 14);
}

TEST(Verify, AFlippedBitInAnyObjectIsFound) {
  Tenant tenant;
  for (int i = 0; i < 10; ++i) tenant.file("letter " + std::to_string(i));
  std::vector<std::string> objects;
  tenant.archive.objects().for_each([&](const std::string& sha256) { objects.push_back(sha256); });
  std::mt19937 random(42);
  for (const std::string& sha256 : objects) {
    const fs::path file = object_path(tenant.path() / "objects", sha256);
    const std::string good = testing::file_content(file);
    std::string bad = good;
    bad[random() % bad.size()] ^= static_cast<char>(1U << (random() % 7));
    overwrite(file, bad);
    EXPECT_THROW(tenant.archive.objects().read(sha256), Damaged);
    EXPECT_TRUE(has_problem(verify_archive(tenant.archive), sha256)) << sha256;
    overwrite(file, good);
  }
  EXPECT_TRUE(verify_archive(tenant.archive).problems.empty());
}

TEST(Verify, MissingThingsAreFound) {
  Tenant tenant;
  const Document a = tenant.file("a");
  const Document b = tenant.file("b");
  fs::remove(object_path(tenant.path() / "objects", sha256_hex("a")));
  fs::remove(manifest_of(tenant, b));
  const VerifyReport report = verify_archive(tenant.archive);
  EXPECT_TRUE(
      has_problem(report, "document " + a.id.text + ", original: object " + sha256_hex("a") + " is missing"));
  EXPECT_TRUE(has_problem(report, "intake " + a.content.intake.text + ": object"));
  EXPECT_TRUE(has_problem(report, "document " + b.id.text + ": its manifest"));
}

TEST(Verify, AManifestMustBeWhatWasWrittenAndAgreeWithTheCatalogue) {
  Tenant tenant;
  const Document a = tenant.file("a");
  overwrite(manifest_of(tenant, a), testing::file_content(manifest_of(tenant, a)) + " ");
  EXPECT_TRUE(has_problem(verify_archive(tenant.archive), "is damaged"));

  const Document b = tenant.file("b");
  tamper(tenant, "UPDATE document SET retention_end = '2027-12-31' WHERE id = '" + b.id.text + "'");
  EXPECT_TRUE(has_problem(verify_archive(tenant.archive),
                          "document " + b.id.text + ": manifest and catalogue differ in retention"));
}

TEST(Verify, EveryFieldOfACatalogueRowIsHeldAgainstTheManifest) {
  Tenant tenant;
  const std::string id = tenant.file("a").id.text;
  for (const char* column : {"title", "document_type", "sender", "recipient", "reference", "document_date",
                             "plan_entry", "state", "source", "original_name", "languages", "processing",
                             "retention_sentence", "disposal", "received_on", "intake"}) {
    const std::string name(column);
    const std::string kept = tenant.archive.database()
                                 .query(fmt::format("SELECT {} FROM document WHERE id = ?", name), {id})
                                 .at(0)
                                 .text(name);
    tamper(tenant, fmt::format("UPDATE document SET {} = '2020-01-01'", name));
    EXPECT_FALSE(verify_archive(tenant.archive).problems.empty()) << name;
    tamper(tenant, fmt::format("UPDATE document SET {} = '{}'", name, kept));
  }
  tamper(tenant, "UPDATE document SET review_reasons = 'not a list'");
  EXPECT_FALSE(verify_archive(tenant.archive).problems.empty());
  tamper(tenant, "UPDATE document SET review_reasons = '[]'");
  tamper(tenant, "UPDATE page SET confidence = 0.99");
  EXPECT_TRUE(has_problem(verify_archive(tenant.archive), "differ in pages"));
}

TEST(Verify, WhatBelongsToNothingIsListedAsOrphan) {
  Tenant tenant;
  tenant.file("a");
  const std::string object = tenant.archive.objects().put("nobody's").sha256;
  const NewDocument letter = tenant.letter(tenant.accept("b"), "b");
  EXPECT_THROW(
      tenant.archive.file(letter, "system", [](Connection&, const DocumentId&) { throw Error("no"); }),
      Error);
  const VerifyReport report = verify_archive(tenant.archive);
  EXPECT_TRUE(report.problems.empty()) << all_problems(report);
  ASSERT_EQ(report.orphans.size(), 2U);
  EXPECT_EQ(report.orphans[0], "object " + object);
  EXPECT_TRUE(report.orphans[1].starts_with("manifest "));
}

TEST(Verify, IntakesAndDocumentsMustKnowEachOther) {
  Tenant tenant;
  const Document a = tenant.file("a");
  tamper(tenant, "UPDATE intake SET document = 'other' WHERE id = '" + a.content.intake.text + "'");
  const VerifyReport report = verify_archive(tenant.archive);
  EXPECT_TRUE(
      has_problem(report, "intake " + a.content.intake.text + ": it is filed but its document is missing"));
  EXPECT_TRUE(has_problem(report, "does not say that it is filed"));
}

TEST(Verify, ACutAuditTrailIsFoundEvenWhenItsLengthWasRewritten) {
  Tenant tenant;
  const Document a = tenant.file("a");
  const Document b = tenant.file("b");
  // The tamperer removes the filing of b and all later entries and makes the record of the length fit.
  const auto last = tenant.archive.database()
                        .query("SELECT sequence FROM audit_trail WHERE subject = ?", {b.id.text})
                        .at(0)
                        .integer("sequence");
  tamper(
      tenant,
      "DROP TRIGGER audit_trail_is_never_cut; DROP TRIGGER audit_head_only_grows;"
      "DELETE FROM audit_trail WHERE sequence >= " +
          std::to_string(last) +
          ";"
          "UPDATE audit_head SET entries = (SELECT max(sequence) FROM audit_trail), hash = (SELECT hash FROM "
          "audit_trail ORDER BY sequence DESC LIMIT 1);"
          "CREATE TRIGGER audit_trail_is_never_cut BEFORE DELETE ON audit_trail BEGIN SELECT RAISE(ABORT, "
          "''); END;"
          "CREATE TRIGGER audit_head_only_grows BEFORE UPDATE ON audit_head BEGIN SELECT RAISE(ABORT, ''); "
          "END;");
  EXPECT_TRUE(has_problem(verify_archive(tenant.archive),
                          "document " + b.id.text + ": the audit trail does not know"));
  // Now the document too, and the intake: the manifest that stays behind is no longer known to anybody.
  tamper(tenant, "DELETE FROM rendition WHERE document = '" + b.id.text +
                     "'; DELETE FROM page WHERE document = '" + b.id.text +
                     "'; DELETE FROM proposal WHERE document = '" + b.id.text +
                     "'; DELETE FROM document WHERE id = '" + b.id.text +
                     "'; DELETE FROM intake WHERE id = '" + b.content.intake.text + "';");
  const VerifyReport report = verify_archive(tenant.archive);
  EXPECT_TRUE(std::ranges::any_of(report.orphans, [&](const std::string& orphan) {
    return orphan.starts_with("manifest " + b.id.text);
  }));
}

TEST(Verify, AHistoryWrittenAnewDoesNotFitTheManifests) {
  Tenant tenant;
  tenant.file("a");
  const Document b = tenant.file("b");
  tamper(tenant,
         "DROP TRIGGER audit_trail_is_never_cut; DROP TRIGGER audit_head_stays; DELETE FROM audit_trail; "
         "DELETE FROM audit_head; INSERT INTO audit_head VALUES(1, 0, '" +
             std::string(64, '0') + "')");
  tenant.archive.database().write([&](Connection& connection) {
    for (int i = 0; i < 10; ++i) append_audit_entry(connection, {"system", "document.filed", b.id.text, ""});
  });
  const VerifyReport report = verify_archive(tenant.archive);
  EXPECT_TRUE(has_problem(report, "is not the one the manifest of document " + b.id.text + " saw"))
      << all_problems(report);
  EXPECT_TRUE(has_problem(report, "a trigger that protects it is missing"));
}

TEST(Verify, AnIntakeWithoutEvidenceIsFound) {
  Tenant tenant;
  tenant.file("a");
  const StoredObject object = tenant.archive.objects().put("smuggled");
  tamper(tenant,
         "INSERT INTO intake(id, received_at, source, name, sha256, size, languages, state, updated_at) "
         "VALUES('smuggled', '', '', '', '" +
             object.sha256 + "', 8, '', 'queued', '')");
  EXPECT_TRUE(
      has_problem(verify_archive(tenant.archive), "intake smuggled: the audit trail does not know of it"));
}

}  // namespace
}  // namespace eakte::archive
