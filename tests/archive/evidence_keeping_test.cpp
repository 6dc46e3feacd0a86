#include "archive/evidence_keeping.h"

#include <gtest/gtest.h>

#include <memory>

#include "archive/audit_head.h"
#include "archive/audit_list.h"
#include "archive/evidence_verification.h"
#include "archive/storage/object_path.h"
#include "archive/time_stamp.h"
#include "evidence/time_stamp_authority.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryDirectory;
using testing::Tenant;

std::string joined(const std::vector<std::string>& sentences) {
  std::string all;
  for (const std::string& one : sentences) all += one + "\n";
  return all;
}

class KeptEvidence : public ::testing::Test {
protected:
  static void SetUpTestSuite() {
    if (!TimeStampAuthority::available()) return;
    files_ = std::make_unique<TemporaryDirectory>();
    server_ = std::make_unique<TimeStampAuthority>(files_->path());
  }
  static void TearDownTestSuite() {
    server_.reset();
    files_.reset();
  }
  void SetUp() override {
    if (!server_) GTEST_SKIP() << "no program openssl";
  }

  static StampingAuthority authority() {
    return {[](const std::string& request) { return server_->answer(request); }, server_->certificate()};
  }
  std::vector<EvidenceDay> make() { return make_evidence(archive, today(), authority(), "system"); }
  std::string problems() { return joined(verify_kept_evidence(archive, server_->certificate())); }

  /// What somebody finds who has the record and the files and nothing of ours.
  std::string outside_verdict(const Document& document) {
    const DocumentEvidence evidence = evidence_of(archive, document.id).value();
    std::vector<ProvenObject> files;
    for (const StoredObject& object : evidence.covered) {
      const fs::path manifest =
          tenant.path() / "manifests/2026/03" / (document.id.text + "." + object.sha256 + ".json");
      const std::string bytes =
          fs::exists(manifest) ? testing::file_content(manifest) : archive.objects().read(object.sha256);
      files.push_back(
          {object.sha256, [bytes](DigestAlgorithm algorithm) { return digest(algorithm, bytes); }});
    }
    const EvidenceVerdict verdict =
        verify_evidence(decode_evidence_record(evidence.record), files, server_->certificate());
    return joined(verdict.errors) + joined(verdict.warnings);
  }

  static std::unique_ptr<TemporaryDirectory> files_;
  static std::unique_ptr<TimeStampAuthority> server_;
  Tenant tenant;
  Archive& archive = tenant.archive;
};
std::unique_ptr<TemporaryDirectory> KeptEvidence::files_;
std::unique_ptr<TimeStampAuthority> KeptEvidence::server_;

TEST_F(KeptEvidence, OfADayIsOneTreeWithOneRecordForEachDocument) {
  const Document a = tenant.file("a");
  const Document b = tenant.file("b");
  const Document c = tenant.file("c");
  const std::vector<EvidenceDay> made = make();
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].documents, 3);
  EXPECT_TRUE(made[0].left_out.empty());
  EXPECT_EQ(made[0].root.size(), 64U);
  for (const Document& document : {a, b, c}) {
    EXPECT_EQ(outside_verdict(document), "");
    EXPECT_EQ(evidence_of(archive, document.id)->covered.size(), 3U) << "manifest, original, text";
  }
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(joined(verify_archive(archive).problems), "");
  EXPECT_TRUE(verify_archive(archive).orphans.empty());
  EXPECT_TRUE(make().empty()) << "nothing has happened since";
}

TEST_F(KeptEvidence, KeepsEqualHashesOfOneDocument) {
  // Original and text have the same bytes: the list of the tree holds the hash twice (ES-02).
  const IntakeId intake = tenant.accept("Rechnung\f");
  const Document document = archive.file(tenant.letter(intake, "Rechnung\f"), "system");
  make();
  const DocumentEvidence evidence = evidence_of(archive, document.id).value();
  EXPECT_EQ(evidence.covered.size(), 3U);
  EXPECT_EQ(decode_evidence_record(evidence.record).chains[0][0].tree[0].size(), 3U);
  EXPECT_EQ(outside_verdict(document), "");
}

TEST_F(KeptEvidence, OfAChangedDocumentIsMadeAnew) {
  const Document filed = tenant.file("a");
  make();
  const std::string first = evidence_of(archive, filed.id)->record_sha256;
  const std::string before = to_iso(today());
  const Document confirmed = archive.confirm(filed.id, filed.content.fields, "web");
  EXPECT_FALSE(evidence_of(archive, filed.id)) << "its new state has none yet";
  EXPECT_GE(evidence_status(archive).waiting_since, before);
  EXPECT_LE(evidence_status(archive).waiting_since, to_iso(today()));
  EXPECT_EQ(make().size(), 1U);
  EXPECT_NE(evidence_of(archive, filed.id)->record_sha256, first);
  EXPECT_EQ(outside_verdict(confirmed), "");
  EXPECT_EQ(problems(), "");
}

TEST_F(KeptEvidence, CatchesUpDayByDay) {
  const Document a = tenant.file("a");
  // As if all this was done some days ago: the times of the chain are its own business.
  archive.database().write([&](Connection& connection) {
    for (const char* trigger : {"audit_trail_is_never_changed"})
      connection.execute_script(std::string("DROP TRIGGER ") + trigger);
    connection.execute("UPDATE audit_trail SET at = '2026-03-01T10:00:00.000Z'");
  });
  tenant.file("b");
  const Date first = date_from_iso("2026-03-01").value();
  EXPECT_TRUE(make_evidence(archive, date_from_iso("2026-02-28").value(), authority(), "system").empty());
  const auto early = make_evidence(archive, first, authority(), "system");
  ASSERT_EQ(early.size(), 1U);
  EXPECT_EQ(early[0].day, first);
  EXPECT_EQ(early[0].documents, 1);
  EXPECT_EQ(evidence_of(archive, a.id)->day, first);
  const auto late = make();
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].documents, 1);
}

TEST_F(KeptEvidence, IsNotMadeWhenTheAuthorityFailsAndIsMadeLater) {
  const Document document = tenant.file("a");
  const StampingAuthority silent{[](const std::string&) -> std::string { throw Error("no answer"); }, ""};
  EXPECT_THROW(make_evidence(archive, today(), silent, "system"), Error);
  const TemporaryDirectory elsewhere;
  const TimeStampAuthority stranger(elsewhere.path());
  const StampingAuthority foreign{[&](const std::string& request) { return stranger.answer(request); },
                                  server_->certificate()};
  EXPECT_THROW(make_evidence(archive, today(), foreign, "system"), Error) << "nobody trusts it";
  EXPECT_FALSE(evidence_of(archive, document.id));
  note_evidence_trouble(archive, "keine Antwort");
  EXPECT_EQ(evidence_status(archive).trouble, "keine Antwort");
  make();
  note_evidence_trouble(archive, "");
  EXPECT_EQ(evidence_status(archive).trouble, "");
  EXPECT_EQ(evidence_status(archive).waiting_since, "");
  EXPECT_EQ(outside_verdict(document), "");
}

TEST_F(KeptEvidence, IsRenewedTwiceAndThenWithAnotherDigest) {
  const Document a = tenant.file("a");
  make();
  const Document b = tenant.file("b");
  make();
  EXPECT_EQ(renew_time_stamps(archive, authority(), "muster").records, 4) << "two documents, two heads";
  EXPECT_EQ(outside_verdict(a), "");
  EXPECT_EQ(outside_verdict(b), "");
  EXPECT_TRUE(renew_time_stamps(archive, authority(), "muster").problems.empty());
  const RenewalReport rehashed = renew_hash_trees(archive, DigestAlgorithm::sha512, authority(), "muster");
  EXPECT_EQ(rehashed.records, 4);
  EXPECT_EQ(joined(rehashed.problems), "");
  EXPECT_EQ(renew_time_stamps(archive, authority(), "muster").records, 4);
  const EvidenceRecord record = decode_evidence_record(evidence_of(archive, a.id)->record);
  ASSERT_EQ(record.chains.size(), 2U);
  EXPECT_EQ(record.chains[0].size(), 3U);
  EXPECT_EQ(record.chains[1].size(), 2U);
  EXPECT_EQ(outside_verdict(a), "");
  EXPECT_EQ(outside_verdict(b), "");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(audit_entries(archive, {.action = "evidence"}).size(), 6U);
}

TEST_F(KeptEvidence, ThatNoLongerHoldsIsFoundAndNotRenewed) {
  const Document a = tenant.file("a");
  const Document b = tenant.file("b");
  make();
  // The record of b in the place of that of a.
  archive.database().write([&](Connection& connection) {
    connection.execute("UPDATE evidence SET record_sha256 = ? WHERE document = ?",
                       {evidence_of(archive, b.id)->record_sha256, a.id.text});
  });
  EXPECT_NE(problems().find("evidence of document " + a.id.text), std::string::npos) << problems();
  const RenewalReport report = renew_time_stamps(archive, authority(), "muster");
  EXPECT_EQ(report.records, 2) << "b and the head";
  ASSERT_EQ(report.problems.size(), 1U);
  archive.database().write([&](Connection& connection) {
    connection.execute("DELETE FROM evidence WHERE document = ?", {a.id.text});
  });
  EXPECT_EQ(problems(), "document " + a.id.text + ": it has no evidence although that of its day was made\n");
}

TEST_F(KeptEvidence, OfOthersSurvivesTheDestructionOfADocument) {
  const Document a = tenant.file("a");
  const Document b = tenant.file("b");
  make();
  const DocumentEvidence gone = evidence_of(archive, a.id).value();
  archive.database().write([&](Connection& connection) {
    connection.execute("DELETE FROM evidence WHERE document = ?", {a.id.text});
    for (const char* table : {"rendition", "page", "proposal"})
      connection.execute(std::string("DELETE FROM ") + table + " WHERE document = ?", {a.id.text});
    connection.execute("DELETE FROM document WHERE id = ?", {a.id.text});
  });
  for (const std::string& sha256 : {gone.record_sha256, sha256_hex("a")})
    fs::remove(object_path(tenant.path() / "objects", sha256));
  EXPECT_EQ(outside_verdict(b), "");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(renew_hash_trees(archive, DigestAlgorithm::sha384, authority(), "muster").records, 2);
  EXPECT_EQ(outside_verdict(b), "");
}

TEST_F(KeptEvidence, AnchorsTheAuditTrail) {
  tenant.file("a");
  make();
  EXPECT_EQ(problems(), "");
  archive.database().write([&](Connection& connection) {
    connection.execute_script("DROP TRIGGER audit_trail_is_never_changed");
    connection.execute(
        "UPDATE audit_trail SET hash = 'written anew' WHERE sequence = (SELECT last_sequence FROM "
        "evidence_day)");
  });
  EXPECT_NE(problems().find("is not the one that stood there"), std::string::npos) << problems();
}

}  // namespace
}  // namespace eakte::archive
