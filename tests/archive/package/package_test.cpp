#include "archive/package.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "archive/format_id.h"
#include "archive/holds.h"
#include "archive/life_cycle.h"
#include "archive/package/audit_part.h"
#include "archive/package/package_tables.h"
#include "taken_package.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

using testing::Tenant;

constexpr const char* at = "2026-11-22T10:00:00.000Z";

/// An archive with a closed folder, a case, a hold and documents, one of them corrected twice.
class Package : public ::testing::Test {
protected:
  Package() {
    folder_ = tenant_.archive.add_folder("11.50.20", "11.50.20/7", "Gärtnerei Möhrle", "cli",
                                         date_from_iso("2020-01-01"));
    const CaseId open_case = tenant_.archive.add_case(folder_, "11.50.20/7-1", "Rechnungen", "cli");
    in_folder_ = tenant_.file("eins");
    DocumentFields fields = in_folder_.content.fields;
    fields.folder = folder_;
    fields.open_case = open_case;
    tenant_.archive.confirm(in_folder_.id, fields, "erika");
    tenant_.file("zwei");
    tenant_.accept("drei");
    place_hold(tenant_.archive, {folder_}, {"Klage", "Rechtsamt", *date_from_iso("2027-06-30")}, "erika");
    close_case(tenant_.archive, open_case, *date_from_iso("2026-03-02"), *date_from_iso("2026-11-01"),
               "erika");
    close_folder(tenant_.archive, folder_, *date_from_iso("2026-03-02"), *date_from_iso("2026-11-01"),
                 "erika");
  }

  std::filesystem::path exported(const std::string& name, std::optional<FolderId> folder = {},
                                 Archive* archive = nullptr) {
    const auto target = directory_.path() / name;
    report_ = export_package(archive == nullptr ? tenant_.archive : *archive, target,
                             {std::move(folder), at, "eakte 0.1.0"}, "erika");
    return target;
  }

  std::filesystem::path empty_archive(const std::string& name) {
    const auto directory = directory_.path() / name;
    Archive::create(directory, "neustadt", testing::sample_plan());
    return directory;
  }

  static std::string manifest(const std::filesystem::path& package) {
    return testing::file_content(package / "manifest-sha512.txt");
  }

  std::string code_of_refusal(const std::filesystem::path& package, Archive& into) {
    try {
      take_package(package, into);
    } catch (const Forbidden& forbidden) {
      return forbidden.code;
    }
    return "";
  }

  testing::TemporaryDirectory directory_;
  Tenant tenant_;
  FolderId folder_;
  Document in_folder_;
  PackageReport report_;
};

TEST_F(Package, IsABagAndAnInformationPackage) {
  const auto package = exported("alles");
  EXPECT_EQ(check_bag(package).errors, std::vector<std::string>());
  EXPECT_EQ(check_bag(package).warnings, std::vector<std::string>());
  const auto inside = package / "data" / report_.name;
  EXPECT_EQ(check_information_package(inside).errors, std::vector<std::string>());
  EXPECT_EQ(check_information_package(inside).warnings, std::vector<std::string>());
  EXPECT_EQ(report_.documents, 2);
  EXPECT_EQ(report_.folders, 1);
}

TEST_F(Package, OfTheSameStateAndInstantIsTheSame) {
  EXPECT_EQ(manifest(exported("eins")), manifest(exported("zwei")));
}

TEST_F(Package, ComesBackWithTheSameIdsAndGoesOutTheSame) {
  const auto package = exported("alles");
  const auto directory = empty_archive("neu");
  {
    Archive into(directory);
    const PackageReport report = take_package(package, into);
    EXPECT_EQ(report.documents, 2);
  }
  Archive there(directory);
  EXPECT_EQ(there.tenant(), "neustadt");
  const VerifyReport verified = verify_archive(there);
  EXPECT_EQ(verified.problems, std::vector<std::string>());
  const Document before = tenant_.archive.document(in_folder_.id);
  const Document after = there.document(in_folder_.id);
  EXPECT_EQ(after.manifest_sha256, before.manifest_sha256);
  EXPECT_EQ(after.retention_sentence, before.retention_sentence);
  EXPECT_EQ(folder_record(there, folder_).closed_on, folder_record(tenant_.archive, folder_).closed_on);
  EXPECT_EQ(holds_of(there, folder_).front().reason, "Klage");
  EXPECT_EQ(there.changes_after(0, 10).size(), 2U);
  EXPECT_EQ(there.objects().read(there.rendition(after, RenditionRole::original).object.sha256), "eins");
}

/// A package bears the name of the archive it leaves, so the one it comes into has the same here.
TEST_F(Package, GoesOutAgainAsItCameIn) {
  for (const bool whole : {true, false}) {
    const std::optional<FolderId> folder = whole ? std::nullopt : std::optional(folder_);
    const auto package = exported(whole ? "alles" : "akte", folder);
    const auto directory = directory_.path() / (whole ? "ganz" : "teil");
    Archive::create(directory, "musterstadt", testing::sample_plan());
    {
      Archive into(directory);
      take_package(package, into);
    }
    Archive there(directory);
    EXPECT_EQ(manifest(exported(whole ? "alles2" : "akte2", folder, &there)), manifest(package));
  }
}

TEST_F(Package, OfAFolderHoldsThatFolder) {
  const auto package = exported("akte", folder_);
  EXPECT_EQ(report_.documents, 1);
  const auto directory = empty_archive("neu");
  {
    Archive into(directory);
    take_package(package, into);
  }
  Archive there(directory);
  EXPECT_EQ(verify_archive(there).problems, std::vector<std::string>());
  EXPECT_EQ(there.documents({}, {}, 10).documents.size(), 1U);
}

TEST_F(Package, KeepsTheAuditPartAsEvidence) {
  const auto package = exported("akte", folder_);
  const auto directory = empty_archive("neu");
  {
    Archive into(directory);
    take_package(package, into);
  }
  Archive there(directory);
  const Rows entries = there.database().query(
      "SELECT count(*) AS number, count(nullif(previous, '')) AS whole FROM imported_audit");
  EXPECT_GT(entries.at(0).integer("whole"), 6);
  there.database().write([](Connection& connection) {
    EXPECT_THROW(connection.execute("DELETE FROM imported_audit"), Error);
    EXPECT_THROW(connection.execute("UPDATE imported_audit SET actor = 'x'"), Error);
    connection.execute("DROP TRIGGER imported_audit_is_never_changed");
    connection.execute(
        "UPDATE imported_audit SET actor = 'x' WHERE sequence = (SELECT max(sequence) FROM imported_audit)");
    EXPECT_EQ(verify_imported_audit(connection).size(), 1U);
  });
}

TEST_F(Package, IsRefusedWhereItDoesNotFit) {
  const auto package = exported("alles");
  EXPECT_EQ(code_of_refusal(package, tenant_.archive), "archive_not_empty");
  const auto directory = empty_archive("neu");
  Archive into(directory);
  EXPECT_EQ(code_of_refusal(directory_.path(), into), "package_not_ours");
  std::ofstream(package / "data" / report_.name / "documentation/LIESMICH.txt", std::ios::app) << "x";
  EXPECT_EQ(code_of_refusal(package, into), "package_damaged");
  EXPECT_EQ(into.revision(), 0);
  EXPECT_EQ(verify_archive(into).problems, std::vector<std::string>());
}

TEST_F(Package, LeavesNothingBehindWhenAnObjectIsDamaged) {
  const std::string sha256 = tenant_.archive.rendition(in_folder_, RenditionRole::original).object.sha256;
  const auto file = tenant_.path() / "objects" / sha256.substr(0, 2) / sha256.substr(2, 2) / sha256;
  std::filesystem::permissions(file, std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
  std::ofstream(file) << "EINS";
  EXPECT_THROW(exported("alles"), Damaged);
  EXPECT_TRUE(std::filesystem::is_empty(directory_.path()));
}

TEST_F(Package, NeverReplacesWhatIsThere) {
  std::filesystem::create_directory(directory_.path() / "alles");
  EXPECT_THROW(exported("alles"), Conflict);
  EXPECT_THROW(exported("weg", FolderId{new_id_text()}), NotFound);
  EXPECT_FALSE(std::filesystem::exists(directory_.path() / "weg"));
}

TEST_F(Package, IsRecorded) {
  exported("akte", folder_);
  const Rows told = tenant_.archive.database().query(
      "SELECT actor, subject FROM audit_trail WHERE action = 'archive.exported'");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].text("actor"), "erika");
  EXPECT_EQ(told[0].text("subject"), folder_.text);
}

/// Every checksum may be right and the content made to hurt whoever reads it.
TEST_F(Package, ThatIsNestedToBreakItsReaderIsRefused) {
  const auto package = exported("alles");
  const CheckedPackage checked = check_package(package);
  const auto holds = checked.directory / "metadata/descriptive/catalogue/disposal_hold.ndjson";
  const auto refused = [&](const std::string& line) {
    std::filesystem::permissions(holds, std::filesystem::perms::owner_write,
                                 std::filesystem::perm_options::add);
    std::ofstream(holds, std::ios::binary) << line << "\n";
    try {
      read_package(checked, [](std::string_view) {});
    } catch (const Forbidden& forbidden) {
      return forbidden.code;
    }
    return std::string();
  };
  EXPECT_EQ(refused(R"({"id":"x"})"), "");
  EXPECT_EQ(refused(std::string(2'000'000, '[')), "package_damaged");
  EXPECT_EQ(refused(R"({"id":["x"]})"), "package_damaged");
  EXPECT_EQ(refused(R"(["x"])"), "package_damaged");
  EXPECT_EQ(refused("{\"id\":\"\xff\"}"), "package_damaged");
}

/// The worker that reads a package may have been taken over by it.
TEST_F(Package, IsRefusedWhenItsReaderHandsOverWhatNoPackageSays) {
  const CheckedPackage checked = check_package(exported("alles"));
  Archive into(empty_archive("leer"));
  const auto refused = [&](const std::string& line) {
    try {
      import_package(
          checked, [&](const PackageLine& take) { take(line); }, into, "cli");
    } catch (const Forbidden& forbidden) {
      return forbidden.code;
    }
    return std::string();
  };
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  const nlohmann::json message{{"process", "p"},        {"type", "0501"},   {"incoming", 0},
                               {"file_name", "p.zip"},  {"sha256", "a"},    {"size", 9},
                               {"message_sha256", "a"}, {"created_at", at}, {"recorded_at", at},
                               {"recorded_by", "erika"}};
  const std::string missing_message = nlohmann::json{{"table", "disposal_message"}, {"row", message}}.dump();
  const std::string id = in_folder_.id.text;
  const std::string hash(64, 'a');
  const std::string missing_manifest = nlohmann::json{
      {"manifest", id + "." + hash + ".json"},
      {"document", id},
      {"received_on", "2026-03-02"},
      {"sha256", hash}}.dump();
  for (const std::string& line :
       {R"({"table":"disposal_hold","row":)" + deep + "}", R"({"audit_part":)" + deep + "}",
        R"({"manifest":)" + deep + "}", deep, std::string(R"({"table":"disposal_hold","row":[]})"),
        std::string(R"({"table":"disposal_hold","row":"x"})"), std::string(R"({"table":1})"),
        std::string(
            R"({"table":"reference_counter","row":{"scope":"11","year":2026,"last":18446744073709551615}})"),
        std::string(R"({"audit_part":[]})"), std::string("{}"), std::string(""), missing_message,
        missing_manifest}) {
    EXPECT_EQ(refused(line), "package_damaged") << line.substr(0, 80);
  }
}

/// Texts of rows that are JSON are taken apart later, by whoever shows the document.
TEST_F(Package, IsRefusedWhenItsDocumentsCouldNotBeShown) {
  const CheckedPackage checked = check_package(exported("alles"));
  Archive into(empty_archive("leer"));
  std::vector<std::string> lines;
  read_package(checked, [&](std::string_view line) { lines.emplace_back(line); });
  const auto refused = [&](const std::string& table, const std::string& column, const std::string& text) {
    const auto content = [&](const PackageLine& take) {
      for (const std::string& line : lines) {
        if (!line.starts_with(R"({"table":")" + table + '"')) {
          take(line);
          continue;
        }
        nlohmann::json told = nlohmann::json::parse(line);
        told["row"][column] = text;
        take(told.dump());
      }
    };
    try {
      import_package(checked, content, into, "cli");
    } catch (const Forbidden& forbidden) {
      return forbidden.code + ": " + forbidden.what();
    }
    return std::string();
  };
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  for (const char* column : {"steps", "codes", "marks"}) {
    EXPECT_NE(refused("page", column, deep).find("package_damaged"), std::string::npos) << column;
    EXPECT_NE(refused("page", column, R"({"name":"deskew"})").find("is no list"), std::string::npos)
        << column;
  }
  EXPECT_NE(refused("page", "steps", R"([{"name":5}])").find("is no list"), std::string::npos);
  EXPECT_NE(refused("page", "steps", R"([{"name":"a","confidence":"b"}])").find("is no list"),
            std::string::npos);
  for (const std::string& text :
       {deep, std::string("[]"), std::string(R"({"pdfa":5})"), std::string(R"({"rendering":5})"),
        std::string(R"({"pdfa":{"archive":[]}})"), std::string(R"({"pdfa":{"archive":{"standard":2}}})")}) {
    EXPECT_NE(refused("document", "processing", text).find("is no record"), std::string::npos)
        << text.substr(0, 80);
  }
}

/// Without loss: whoever adds a table says whether it travels.
TEST_F(Package, EveryTableTravelsOrStaysForAReason) {
  std::set<std::string> known;
  for (const PackageTable& table : package_tables()) known.emplace(table.name);
  for (const TableAtHome& table : tables_at_home()) {
    EXPECT_FALSE(table.why.empty());
    known.emplace(table.name);
  }
  for (const Row& row : tenant_.archive.database().query(
           "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")) {
    EXPECT_TRUE(known.contains(row.text("name")))
        << row.text("name")
        << ": add it to archive/package/package_tables.cpp, as one that travels or one that stays";
  }
}

}  // namespace
}  // namespace eakte::archive
