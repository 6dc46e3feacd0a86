#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "archive/catalogue/archive_state.h"
#include "archive/catalogue/manifest.h"
#include "archive/destruction/record.h"
#include "archive/destruction/rows.h"
#include "archive/destruction_steps.h"
#include "archive/fixity.h"
#include "archive/storage/durable_file.h"

namespace eakte::archive {
namespace {

/// Files removed under one hold of the write lock, and one sync of the file system.
constexpr std::int64_t files_at_once = 1000;
constexpr std::int64_t records_at_once = 500;

void remove_file(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) != 0 && errno != ENOENT) throw_storage_failure("cannot remove", file);
}

/// One sync for many removed names in many directories.
void sync_file_system(const std::filesystem::path& directory) {
  const Descriptor descriptor(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.number() < 0 || ::syncfs(descriptor.number()) != 0)
    throw_storage_failure("cannot sync", directory);
}

std::filesystem::path month_directory(const Archive& archive, const std::string& received_on) {
  return archive.directory() / "manifests" / received_on.substr(0, 4) / received_on.substr(5, 2);
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void erase_known_manifests(Archive& archive, const StepReached& reached) {
  for (;;) {
    const Rows rows = archive.database().query(
        "SELECT file.owner, file.sha256, destroyed_document.received_on FROM destroyed_file AS file JOIN "
        "destroyed_document ON destroyed_document.document = file.owner WHERE file.fate = 'planned' AND "
        "file.role = 'manifest' LIMIT ?",
        {files_at_once});
    if (rows.empty()) return;
    for (const Row& row : rows) {
      remove_file(month_directory(archive, row.text("received_on")) /
                  fmt::format("{}.{}.json", row.text("owner"), row.text("sha256")));
    }
    reached("manifests removed");
    sync_file_system(archive.directory() / "manifests");
    archive.database().write([&](Connection& connection) {
      for (const Row& row : rows) {
        connection.execute(
            "UPDATE destroyed_file SET fate = 'gone' WHERE fate = 'planned' AND role = 'manifest' AND owner "
            "= "
            "? AND sha256 = ?",
            {row.text("owner"), row.text("sha256")});
      }
    });
    reached("manifests noted");
  }
}

/// A manifest no commit made valid tells of the same content when it is of a destroyed document or intake.
/// Its objects are planned before it goes.
void erase_if_stray(Archive& archive, const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  const std::string document = name.substr(0, name.find('.'));
  const Database& database = archive.database();
  if (!database.query("SELECT 1 FROM document WHERE id = ?", {document}).empty()) return;
  const auto manifest = nlohmann::json::parse(content_of(file), nullptr, false);
  if (!manifest.is_object()) return;
  const Rows of = database.query(
      "SELECT destruction.id FROM destroyed_document JOIN destruction ON destruction.id = "
      "destroyed_document.destruction WHERE (document = ? OR intake = ?) AND destruction.state = 'begun'",
      {document, manifest.value("intake", std::string())});
  if (of.empty()) return;
  archive.database().write([&](Connection& connection) {
    for (const auto& rendition : manifest.value("renditions", nlohmann::json::array())) {
      connection.execute(
          "INSERT OR IGNORE INTO destroyed_file(destruction, owner, role, sha256, size, fate) VALUES(?, ?, "
          "'stray', ?, ?, 'planned')",
          {of[0].text("id"), document, rendition.value("sha256", std::string()),
           rendition.value("size", std::int64_t{0})});
    }
  });
  remove_file(file);
}

void erase_stray_manifests(Archive& archive, const StepReached& reached) {
  for (const Row& row : archive.database().query(
           "SELECT DISTINCT substr(received_on, 1, 7) AS month FROM destroyed_document JOIN destruction ON "
           "destruction.id = destroyed_document.destruction WHERE destruction.state = 'begun'")) {
    const auto directory = month_directory(archive, row.text("month"));
    if (!std::filesystem::exists(directory)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
      if (entry.is_regular_file()) erase_if_stray(archive, entry.path());
    }
    sync_directory(directory);
  }
  reached("stray manifests removed");
}

bool is_used(Connection& connection, const std::string& sha256) {
  return !connection
              .query(
                  "SELECT 1 FROM rendition WHERE sha256 = ? UNION ALL SELECT 1 FROM intake WHERE sha256 = ? "
                  "AND state <> 'destroyed' LIMIT 1",
                  {sha256, sha256})
              .empty();
}

void note_fate(Connection& connection, const std::string& sha256, const char* fate) {
  connection.execute(
      "UPDATE destroyed_file SET fate = ? WHERE fate = 'planned' AND role <> 'manifest' AND sha256 = ?",
      {std::string(fate), sha256});
}

/// Returns how many it has dealt with.
std::size_t erase_some_objects(Archive& archive, const StepReached& reached) {
  std::size_t count = 0;
  const auto store = archive.directory() / "objects";
  archive.database().write([&](Connection& connection) {
    const Rows rows = connection.query(
        "SELECT DISTINCT sha256 FROM destroyed_file WHERE fate = 'planned' AND role <> 'manifest' LIMIT ?",
        {files_at_once});
    count = rows.size();
    std::vector<std::string> gone;
    for (const Row& row : rows) {
      const std::string sha256 = row.text("sha256");
      if (is_used(connection, sha256)) {
        note_fate(connection, sha256, "kept");
        continue;
      }
      remove_file(object_path(store, sha256));
      forget_set_aside(store, sha256);
      gone.push_back(sha256);
    }
    if (gone.empty()) return;
    reached("objects removed");
    sync_file_system(store);
    for (const std::string& sha256 : gone) {
      note_fate(connection, sha256, "gone");
      // What is gone needs no repair any more.
      connection.execute("UPDATE damaged_object SET repaired_at = ? WHERE sha256 = ? AND repaired_at IS NULL",
                         {now_utc(), sha256});
    }
  });
  return count;
}

}  // namespace

void erase_manifests(Archive& archive, const StepReached& reached) {
  erase_known_manifests(archive, reached);
  erase_stray_manifests(archive, reached);
}

void erase_objects(Archive& archive, const StepReached& reached) {
  while (erase_some_objects(archive, reached) > 0) reached("objects noted");
  constexpr std::chrono::hours abandoned_after{1};
  remove_abandoned_files(staging_directory(archive.directory() / "objects"), abandoned_after);
}

std::vector<StoredObject> erased_objects(const Archive& archive) {
  std::vector<StoredObject> objects;
  for (const Row& row : archive.database().query(
           "SELECT DISTINCT sha256, size FROM destroyed_file JOIN destruction ON destruction.id = "
           "destroyed_file.destruction WHERE destruction.state = 'begun' AND fate = 'gone' AND role <> "
           "'manifest'")) {
    objects.push_back({row.text("sha256"), static_cast<std::uint64_t>(row.integer("size"))});
  }
  return objects;
}

void erase_catalogue_remains(Archive& archive) {
  // VACUUM leaves nothing behind in free pages and in the gaps of used ones; deleting with secure_delete
  // would.
  Connection connection(catalogue_file(archive.directory()), Connection::Mode::read_write);
  connection.execute_script("VACUUM");
  const Rows rows = connection.query("PRAGMA wal_checkpoint(TRUNCATE)");
  if (rows.at(0).integer("busy") != 0)
    throw Conflict("the catalogue's log cannot be emptied while somebody reads an older state");
}

int complete_destructions(Archive& archive, const CompletionOptions& options, const StepReached& reached) {
  DestructionLog own(destruction_log_file(archive), destruction_key(archive));
  std::vector<DestructionLog> copies;
  for (const auto& file : options.log_copies) copies.emplace_back(file, destruction_key(archive));
  int done = 0;
  for (;;) {
    std::vector<LoggedDestruction> records;
    archive.database().read([&](Connection& connection) {
      for (const Row& row : connection.query(
               select_destructions("destruction.state = 'begun' AND NOT EXISTS (SELECT 1 FROM destroyed_file "
                                   "WHERE destruction = destruction.id AND fate = 'planned') ORDER BY "
                                   "destruction.id LIMIT ?"),
               {records_at_once})) {
        const Destruction begun = destruction_from(row);
        records.push_back(
            {begun.id, finished_record(connection, begun, options.today, options.backups_kept_days)});
      }
    });
    if (records.empty()) return done;
    own.append(records);
    for (DestructionLog& copy : copies) copy.append(records);
    reached("logged");
    archive.database().write([&](Connection& connection) {
      for (const LoggedDestruction& one : records) {
        const Rows rows = connection.query(
            "UPDATE destruction SET state = 'done', done_at = ?, record = ? WHERE id = ? RETURNING folder, "
            "executed_by, basis",
            {now_utc(), one.record, one.id.text});
        append_audit_entry(
            connection,
            {rows.at(0).text("executed_by"),
             rows.at(0).text("basis") == "draft" ? "drafts.destroyed" : "folder.destroyed",
             rows.at(0).text("folder"),
             fmt::format(R"({{"destruction":"{}","record":"{}"}})", one.id.text, sha256_hex(one.record))});
      }
    });
    done += static_cast<int>(records.size());
    reached("done");
  }
}

}  // namespace eakte::archive
