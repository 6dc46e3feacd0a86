#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "archive/catalogue/archive_state.h"
#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/manifest.h"
#include "archive/catalogue/migrations.h"
#include "archive/json_number.h"
#include "archive/life_cycle.h"
#include "archive/package.h"
#include "archive/package/audit_part.h"
#include "archive/package/digests.h"
#include "archive/package/package_files.h"
#include "archive/package/package_names.h"
#include "archive/package/package_tables.h"
#include "archive/package/proof_part.h"
#include "archive/package/readable_texts.h"
#include "archive/shallow_json.h"
#include "archive/storage/durable_file.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::int64_t rows_at_once = 200;

[[noreturn]] void refuse(const char* code, const std::string& why) { throw Forbidden(code, why); }

/// The one information package below data that package.json makes ours.
fs::path information_package(const fs::path& package) {
  std::error_code none;
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(package / "data", none)) {
    if (fs::is_regular_file(fs::symlink_status(entry.path() / "metadata/descriptive/package.json")))
      found.push_back(entry.path());
  }
  if (none || found.size() != 1)
    refuse("package_not_ours", fmt::format("{} holds no package of ours", package.string()));
  return found.front();
}

class Import {
public:
  Import(const CheckedPackage& package, const PackageContent& content, Archive& archive, std::string actor,
         const PackageProgress& progress)
      : package_(package),
        content_(content),
        archive_(archive),
        actor_(std::move(actor)),
        progress_(progress) {}

  PackageReport run() {
    require_empty();
    take_objects();
    try {
      take_manifests();
    } catch (const json::exception& error) {
      refuse("package_damaged", error.what());
    }
    take_proof_files(archive_, package_.directory / "metadata/preservation");
    archive_.database().write([&](Connection& connection) { take_rows(connection); });
    report_.name = package_.name;
    report_.manifest_sha256 = package_.manifest_sha256;
    return report_;
  }

private:
  static std::int64_t count(Connection& connection, std::string_view table) {
    return connection.query(fmt::format("SELECT count(*) AS number FROM {}", table)).at(0).integer("number");
  }

  static void require_empty(Connection& connection) {
    for (const char* table : {"intake", "folder", "document", "imported_chain"}) {
      if (count(connection, table) != 0)
        refuse("archive_not_empty", fmt::format("the archive has rows in {} already", table));
    }
  }
  void require_empty() {
    archive_.database().read([](Connection& connection) { require_empty(connection); });
  }

  /// Objects have their addresses by what they are: one that nobody names later is an orphan, never a wrong
  /// one.
  void take_objects() {
    std::vector<fs::path> files;
    for (const std::string_view name : representations)
      std::ranges::copy(files_in(package_.directory / "representations" / name / "data"),
                        std::back_inserter(files));
    for (const fs::path& path : files) {
      StagedObject staged = archive_.objects().stage();
      read_in_pieces(path, [&](std::span<const std::byte> piece) { staged.append(piece); });
      report_.bytes += staged.commit().size;
      ++report_.files;
      if (progress_) progress_(report_.files, std::ssize(files));
    }
  }

  /// Manifests keep their bytes and names; the directory follows from the day of the reception.
  void take_manifests() {
    content_([&](std::string_view line) {
      const json told = parsed(line);
      if (told.contains("manifest")) take_manifest(told);
    });
  }

  void take_manifest(const json& told) {
    const auto name = told.at("manifest").get<std::string>();
    const auto sha256 = told.at("sha256").get<std::string>();
    Document document;
    document.id.text = told.at("document").get<std::string>();
    const auto day = date_from_iso(told.at("received_on").get<std::string>());
    if (!is_id(document.id.text) || !day || name != fmt::format("{}.{}.json", document.id.text, sha256))
      refuse("package_damaged", "a manifest is not the one it is called");
    const fs::path file = package_.directory / "representations/original/metadata/descriptive" / name;
    std::error_code none;
    if (!fs::is_regular_file(fs::symlink_status(file, none)))
      refuse("package_damaged", "a manifest is missing");
    const std::string text = small_file(file, most_text_bytes);
    if (sha256_hex(text) != sha256) refuse("package_damaged", "a manifest was changed after the check");
    document.content.received_on = *day;
    write_durably(archive_.directory(), staging_directory(archive_.directory() / "objects"),
                  archive_.directory() / manifest_path(document, sha256), text);
  }

  static json parsed(std::string_view line) {
    try {
      return shallow_json<json>(line);
    } catch (const json::exception& error) {
      refuse("package_damaged", error.what());
    }
  }

  void take_rows(Connection& connection) {
    report_.documents = report_.folders = 0;
    require_empty(connection);
    connection.execute("PRAGMA defer_foreign_keys = ON");
    append_audit_entry(
        connection,
        {actor_, "archive.imported", package_.name,
         json{{"tenant", package_.tenant}, {"at", package_.at}, {"manifest_sha256", package_.manifest_sha256}}
             .dump()});
    try {
      connection.execute("DELETE FROM plan_number");
      connection.execute("DELETE FROM file_plan");
      content_([&](std::string_view line) { take_line(connection, parsed(line)); });
      finish_audit_part();
      settle_proof(archive_, connection);
      take_documents(connection);
    } catch (const StorageFailure&) {
      throw;
    } catch (const Forbidden&) {
      throw;
    } catch (const json::exception& error) {
      refuse("package_damaged", error.what());
    } catch (const Error& error) {  // parts that are whole each but do not fit together
      refuse("package_damaged", error.what());
    }
    report_.folders = count(connection, "folder");
  }

  /// One thing the content says that is a row. Throws Error.
  void take_line(Connection& connection, const json& line) {
    if (line.contains("table")) return take_row(connection, line);
    if (line.contains("audit_part")) {
      finish_audit_part();
      reader_.emplace(connection);
      reader_->take(line.at("audit_part").dump());
    } else if (line.contains("audit") && reader_) {
      reader_->take(line.at("audit").dump());
    } else if (line.contains("certificate")) {
      accept_certificate(connection, line.at("certificate").get<std::string>());
    } else if (!line.contains("manifest")) {
      throw Error("the content of the package is told in words nobody knows");
    }
  }

  static void take_row(Connection& connection, const json& line) {
    const auto name = line.at("table").get<std::string>();
    const auto table = std::ranges::find(package_tables(), name, &PackageTable::name);
    if (table == package_tables().end()) throw Error(fmt::format("the table {} is not known", name));
    std::vector<std::pair<std::string, Value>> more;
    if (!table->left_out.empty()) more.emplace_back(std::string(table->left_out), std::int64_t{0});
    insert_row_text(connection, *table, line.at("row").dump(), more);
  }

  void finish_audit_part() {
    if (reader_) reader_->finish();
    reader_.reset();
  }

  /// Each document gets a revision, so that the search finds it, and is held against its manifest and
  /// objects.
  void take_documents(Connection& connection) {
    for (std::string last;;) {
      const Rows rows =
          connection.query("SELECT id FROM document WHERE id > ? ORDER BY id LIMIT ?", {last, rows_at_once});
      for (const Row& row : rows) {
        const DocumentId id{row.text("id")};
        if (!is_id(id.text)) refuse("package_damaged", "a document has no id");
        connection.execute("UPDATE document SET revision = ? WHERE id = ?",
                           {take_revision(connection, id), id.text});
        const Document document = load_document(connection, id).value();
        require_readable_texts(document);
        check_document(connection, document);
        append_audit_entry(connection, {actor_, "document.imported", id.text,
                                        json{{"intake", document.content.intake.text},
                                             {"revision", document.revision},
                                             {"manifest", document.manifest_sha256}}
                                            .dump()});
        ++report_.documents;
      }
      if (std::ssize(rows) < rows_at_once) return;
      last = rows.back().text("id");
    }
  }

  void check_document(Connection& connection, const Document& document) const {
    for (const Rendition& rendition : document.content.renditions) {
      if (!archive_.objects().exists(rendition.object.sha256) &&
          connection.query("SELECT 1 FROM withheld_object WHERE sha256 = ?", {rendition.object.sha256})
              .empty())
        refuse("package_damaged",
               fmt::format("document {}: its {} is missing", document.id.text, name_of(rendition.role)));
    }
    const fs::path manifest = archive_.directory() / manifest_path(document, document.manifest_sha256);
    std::error_code none;
    if (!fs::is_regular_file(manifest, none))
      refuse("package_damaged", fmt::format("document {}: its manifest is missing", document.id.text));
    const bool restricted =
        !connection.query("SELECT 1 FROM restriction WHERE document = ?", {document.id.text}).empty();
    for (const std::string& field :
         check_manifest(small_file(manifest, most_text_bytes), document).differences) {
      // A closed folder gives its documents its own period, a restriction takes access away; verify knows
      // both.
      if (field == "retention" || (field == "access" && restricted)) continue;
      refuse("package_damaged",
             fmt::format("document {}: manifest and catalogue differ in {}", document.id.text, field));
    }
  }

  const CheckedPackage& package_;
  const PackageContent& content_;
  Archive& archive_;
  std::string actor_;
  const PackageProgress& progress_;
  std::optional<AuditPartReader> reader_;
  PackageReport report_;
};

}  // namespace

CheckedPackage check_package(const std::filesystem::path& package) {
  CheckedPackage checked;
  checked.directory = information_package(package);
  try {
    const json about =
        json::parse(small_file(checked.directory / "metadata/descriptive/package.json", most_text_bytes));
    if (about.at("format") != package_format) refuse("package_not_ours", "package.json is of another format");
    checked.name = about.at("name").get<std::string>();
    checked.tenant = about.at("tenant").get<std::string>();
    checked.folder = about.at("folder").get<std::string>();
    checked.at = about.at("at").get<std::string>();
    checked.schema = whole_number<std::int64_t>(about.at("schema"));
  } catch (const json::exception& error) {
    refuse("package_not_ours", fmt::format("package.json: {}", error.what()));
  }
  if (checked.schema > static_cast<std::int64_t>(migrations().size()))
    refuse("package_too_new", fmt::format("the package has schema {}", checked.schema));
  PackageVerdict verdict = check_bag(package);
  if (verdict.ok()) verdict = check_information_package(checked.directory);
  if (!verdict.ok()) refuse("package_damaged", verdict.errors.front());
  if (checked.directory.filename() != checked.name)
    refuse("package_damaged", "the package is not called what it says");
  checked.manifest_sha256 = digests_of_file(package / "manifest-sha512.txt", {"sha256"}).values.front();
  checked.file_plan_yaml =
      small_file(checked.directory / "metadata/descriptive/file_plan.yaml", most_text_bytes);
  return checked;
}

bool is_withheld(const Archive& archive, const std::string& sha256) {
  return !archive.database().query("SELECT 1 FROM withheld_object WHERE sha256 = ?", {sha256}).empty();
}

PackageReport import_package(const CheckedPackage& package, const PackageContent& content, Archive& archive,
                             const std::string& actor, const PackageProgress& progress) {
  return Import(package, content, archive, actor, progress).run();
}

}  // namespace eakte::archive
