#include <gtest/gtest.h>

#include <map>

#include "archive/evidence_keeping.h"
#include "archive/package.h"
#include "archive/package/package_tables.h"
#include "archive/scan_check.h"
#include "full_tenant.h"
#include "taken_package.h"

namespace eakte::archive {
namespace {

constexpr const char* at = "2026-11-22T10:00:00.000Z";

using TableTexts = std::map<std::string, std::vector<std::string>>;

/// All rows of the tables that travel, as a package has them.
TableTexts rows_of(const Archive& archive, const std::string& folder = {}) {
  TableTexts texts;
  archive.database().read([&](Connection& connection) {
    for (const PackageTable& table : package_tables()) {
      std::vector<std::string>& lines = texts[std::string(table.name)];
      for_each_row_text(connection, table, folder, [&](const std::string& line) { lines.push_back(line); });
    }
  });
  return texts;
}

class RoundTrip : public ::testing::Test {
protected:
  static void SetUpTestSuite() {
    if (TimeStampAuthority::available()) full_ = std::make_unique<FullTenant>();
  }
  static void TearDownTestSuite() { full_.reset(); }
  void SetUp() override {
    if (!full_) GTEST_SKIP() << "no program openssl";
  }

  Archive& archive() { return full_->tenant.archive; }

  std::filesystem::path exported(Archive& from, const std::string& name,
                                 const std::optional<FolderId>& folder = {}) {
    const auto target = directory_.path() / name;
    report_ = export_package(from, target, {folder, at, "eakte 0.1.0"}, "m.muster");
    return target;
  }
  /// Bears the name of the archive the package left, so that a second package can be the same.
  std::filesystem::path imported(const std::filesystem::path& package, const std::string& name) {
    const auto directory = directory_.path() / name;
    Archive::create(directory, "musterstadt", testing::sample_plan());
    Archive into(directory);
    take_package(package, into);
    return directory;
  }
  static std::string manifest(const std::filesystem::path& package) {
    return testing::file_content(package / "manifest-sha512.txt");
  }
  StampingAuthority authority() {
    return {[](const std::string& request) { return full_->authority.answer(request); },
            full_->authority.certificate()};
  }
  static std::vector<std::string> evidence_problems(const Archive& archive) {
    return verify_kept_evidence(archive, full_->authority.certificate());
  }

  static std::unique_ptr<FullTenant> full_;
  testing::TemporaryDirectory directory_;
  PackageReport report_;
};
std::unique_ptr<FullTenant> RoundTrip::full_;

/// Whoever adds a table that travels gives FullTenant a row of it.
TEST_F(RoundTrip, TheTenantHasSomethingInEveryTableThatTravels) {
  for (const auto& [table, lines] : rows_of(archive())) EXPECT_FALSE(lines.empty()) << table;
  EXPECT_EQ(verify_archive(archive()).problems, std::vector<std::string>());
  EXPECT_EQ(evidence_problems(archive()), std::vector<std::string>());
}

TEST_F(RoundTrip, OfTheTenantLosesNothing) {
  const auto package = exported(archive(), "alles");
  Archive there(imported(package, "neu"));
  const TableTexts before = rows_of(archive());
  const TableTexts after = rows_of(there);
  for (const auto& [table, lines] : before) EXPECT_EQ(after.at(table), lines) << table;
  EXPECT_EQ(manifest(exported(there, "wieder")), manifest(package));
  EXPECT_EQ(verify_archive(there).problems, std::vector<std::string>());
  EXPECT_EQ(verify_archive(there).orphans, std::vector<std::string>());
}

TEST_F(RoundTrip, BringsProofThatHolds) {
  const auto package = exported(archive(), "alles");
  Archive there(imported(package, "neu"));
  EXPECT_EQ(evidence_problems(there), std::vector<std::string>());
  const DocumentEvidence before = evidence_of(archive(), full_->in_part.id).value();
  EXPECT_EQ(evidence_of(there, full_->in_part.id)->record, before.record);
  EXPECT_EQ(verify_transfer_notes(there, ""), std::vector<std::string>());
  EXPECT_EQ(transfer_note(there, full_->in_part.id).xml, transfer_note(archive(), full_->in_part.id).xml);

  // What is stamped there later leaves the older proof alone, and a head of the old chain that was changed
  // shows.
  ASSERT_FALSE(make_evidence(there, today(), authority(), "system").empty());
  EXPECT_EQ(evidence_of(there, full_->in_part.id)->record, before.record);
  EXPECT_EQ(renew_time_stamps(there, authority(), "system").problems, std::vector<std::string>());
  EXPECT_EQ(evidence_problems(there), std::vector<std::string>());
  Archive third(imported(exported(there, "weiter"), "dritte"));
  EXPECT_EQ(evidence_problems(third), std::vector<std::string>()) << "two chains, each with its days";
  third.database().write([](Connection& connection) {
    connection.execute_script("DROP TRIGGER imported_audit_is_never_changed");
    connection.execute(
        "UPDATE imported_audit SET hash = 'x' WHERE (chain, sequence) IN (SELECT chain, last_sequence FROM "
        "imported_evidence_day)");
  });
  EXPECT_EQ(evidence_problems(third).size(), 2U);
}

TEST_F(RoundTrip, OfAFolderTakesItsPartsAlong) {
  const auto package = exported(archive(), "akte", full_->whole);
  EXPECT_EQ(report_.documents, 3);
  EXPECT_EQ(report_.folders, 2);
  Archive there(imported(package, "neu"));
  EXPECT_EQ(verify_archive(there).problems, std::vector<std::string>());
  EXPECT_EQ(verify_archive(there).orphans, std::vector<std::string>());
  EXPECT_EQ(evidence_problems(there), std::vector<std::string>());
  EXPECT_EQ(rows_of(there, full_->whole.text), rows_of(archive(), full_->whole.text));
  EXPECT_EQ(manifest(exported(there, "wieder", full_->whole)), manifest(package));
}

TEST_F(RoundTrip, OfAPartHasTheRowsOfWhatItIsAPartOf) {
  const auto package = exported(archive(), "teil", full_->part);
  EXPECT_EQ(report_.documents, 2) << "not those of the whole";
  Archive there(imported(package, "neu"));
  EXPECT_EQ(there.folder(full_->whole).title, archive().folder(full_->whole).title);
  EXPECT_EQ(verify_archive(there).problems, std::vector<std::string>());
  EXPECT_TRUE(transfer_note(there, full_->in_part.id).xml.size() > 100);
  EXPECT_EQ(manifest(exported(there, "wieder", full_->part)), manifest(package));
}

TEST_F(RoundTrip, LeavesOutABatchThatShowsDocumentsOfOthers) {
  const std::string batch = sha256_hex("Stapel");
  const auto package = exported(archive(), "teil", full_->part);
  EXPECT_EQ(report_.withheld, 1);
  const auto originals = package / "data" / report_.name / "representations/original/data";
  EXPECT_FALSE(std::filesystem::exists(originals / (batch + ".tif")));
  EXPECT_TRUE(std::filesystem::exists(originals / (sha256_hex("zwei") + ".tif")));
  Archive there(imported(package, "neu"));
  EXPECT_TRUE(is_withheld(there, batch));
  EXPECT_FALSE(there.objects().exists(batch));
  EXPECT_EQ(verify_archive(there).problems, std::vector<std::string>());
  // With everything it goes.
  const auto everything = exported(archive(), "alles");
  EXPECT_TRUE(std::filesystem::exists(everything / "data" / report_.name / "representations/original/data" /
                                      (batch + ".tif")));
}

TEST_F(RoundTrip, RemovesWhatAKilledExportLeftAndNothingElse) {
  const auto left = directory_.path() / ("frueher.unvollstaendig-" + new_id_text());
  const auto mine = directory_.path() / "meine.unvollstaendig-notizen";
  std::filesystem::create_directories(left / "data");
  std::filesystem::create_directories(mine);
  exported(archive(), "teil", full_->part);
  EXPECT_EQ(report_.removed, std::vector<std::string>{left.filename().string()});
  EXPECT_FALSE(std::filesystem::exists(left));
  EXPECT_TRUE(std::filesystem::exists(mine));
}

TEST_F(RoundTrip, OfAPackageOfANewerProgramIsRefused) {
  const auto package = exported(archive(), "teil", full_->part);
  const auto about = package / "data" / report_.name / "metadata/descriptive/package.json";
  std::string text = testing::file_content(about);
  const std::size_t place = text.find("\"schema\": ");
  text.replace(text.find_first_of("0123456789", place), 2, "9999");
  std::filesystem::permissions(about, std::filesystem::perms::owner_write,
                               std::filesystem::perm_options::add);
  std::ofstream(about, std::ios::binary) << text;
  try {
    check_package(package);
    FAIL();
  } catch (const Forbidden& forbidden) {
    EXPECT_EQ(forbidden.code, "package_too_new");
  }
}

}  // namespace
}  // namespace eakte::archive
