#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "archive/disposal/process_rows.h"
#include "archive/offers.h"
#include "archive/storage/hashing.h"

namespace eakte::archive {
namespace {

std::vector<ProcessMessage> messages_of(Connection& connection, const std::string& process) {
  std::vector<ProcessMessage> messages;
  for (const Row& row :
       connection.query("SELECT * FROM disposal_message WHERE process = ? ORDER BY type", {process}))
    messages.push_back({.type = message_type_from(row.text("type")).value(),
                        .incoming = row.integer("incoming") == 1,
                        .file_name = row.text("file_name"),
                        .sha256 = row.text("sha256"),
                        .recorded_at = row.text("recorded_at"),
                        .recorded_by = row.text("recorded_by"),
                        .kept = row.is_null("removed_at")});
  return messages;
}

/// A folder's state from the rows of its objects: the worst that was said of any counts.
std::vector<ProcessFolder> folders_of(Connection& connection, const std::string& process) {
  std::vector<ProcessFolder> folders;
  for (const Row& row : connection.query(
           "SELECT object.folder, coalesce(folder.reference, '') AS reference, coalesce(folder.title, '') AS "
           "title, coalesce(folder.plan_entry, '') AS plan_entry, coalesce(folder.status, 'destroyed') AS "
           "status, coalesce(min(object.decision), min(appraisal.decision)) AS decision, max(handed_over) AS "
           "handed_over, min(imported) AS imported, "
           "coalesce(max(CASE WHEN imported = 0 THEN message END), '') AS message, max(CASE WHEN object.root "
           "= 1 OR object.kind = 'folder' THEN object.archive_reference ELSE '' END) AS archive_reference "
           "FROM disposal_object AS "
           "object LEFT "
           "JOIN "
           "folder ON folder.id = object.folder LEFT JOIN appraisal ON appraisal.folder = object.folder "
           "WHERE process = ? GROUP BY object.folder ORDER BY reference",
           {process})) {
    ProcessFolder folder;
    folder.about = {{row.text("folder")}, row.text("reference"), row.text("title"), row.text("plan_entry")};
    folder.status = folder_status_from(row.text("status")).value_or(FolderStatus::destroyed);
    if (!row.is_null("decision")) folder.decision = appraisal_decision_from(row.text("decision"));
    folder.handed_over = row.integer("handed_over") == 1;
    if (!row.is_null("imported")) folder.imported = row.integer("imported") == 1;
    folder.message = row.text("message");
    folder.archive_reference = row.text("archive_reference");
    folders.push_back(std::move(folder));
  }
  return folders;
}

constexpr std::array<std::string_view, 5> state_names{"waiting", "appraised", "transferred", "confirmed",
                                                      "withdrawn"};

/// `undecided`: how many of its folders still wait for the archive.
ProcessState state_of(const DisposalProcess& process, std::int64_t undecided) {
  const auto has = [&](MessageType type) {
    return std::ranges::find(process.messages, type, &ProcessMessage::type) != process.messages.end();
  };
  if (!process.withdrawn_at.empty()) return ProcessState::withdrawn;
  if (has(MessageType::import_report)) return ProcessState::confirmed;
  if (has(MessageType::transfer)) return ProcessState::transferred;
  if (has(MessageType::appraisal) || has(MessageType::plan_appraisal)) return ProcessState::appraised;
  return process.kind == ProcessKind::plan || undecided > 0 ? ProcessState::waiting : ProcessState::appraised;
}

DisposalProcess process_from(Connection& connection, const Row& row) {
  const std::string id = row.text("id");
  const Rows counted = connection.query(
      "SELECT count(DISTINCT folder) AS folders, count(DISTINCT CASE WHEN imported = 0 THEN folder END) AS "
      "failed, count(DISTINCT CASE WHEN folder.status = 'offered' THEN folder END) AS undecided FROM "
      "disposal_object AS object LEFT JOIN folder ON folder.id = object.folder WHERE process = ?",
      {id});
  DisposalProcess process;
  process.id = id;
  process.kind = kind_of_process(connection, id);
  process.created_at = row.text("created_at");
  process.created_by = row.text("created_by");
  process.folder_count = static_cast<int>(counted[0].integer("folders"));
  process.failed = static_cast<int>(counted[0].integer("failed"));
  if (!row.is_null("withdrawn_at")) process.withdrawn_at = row.text("withdrawn_at");
  process.withdrawn_by = row.text("withdrawn_by");
  process.withdraw_reason = row.text("withdraw_reason");
  process.messages = messages_of(connection, id);
  process.state = state_of(process, counted[0].integer("undecided"));
  return process;
}

/// Messages that carry titles or documents; answers carry ids and decisions.
constexpr std::string_view with_content = "type IN ('0501', '0503')";

void remove_file(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) != 0 && errno != ENOENT) throw_storage_failure("cannot remove", file);
}

/// Removes files that are the message of no process. In a transaction: no step can put a file in place then
/// that has no row yet.
int remove_unnamed(Connection& connection, const std::filesystem::path& outbox) {
  int removed = 0;
  for (const auto& entry : std::filesystem::directory_iterator(outbox)) {
    const std::string name = entry.path().filename().string();
    if (!connection.query("SELECT 1 FROM disposal_message WHERE file_name = ? AND removed_at IS NULL", {name})
             .empty())
      continue;
    remove_file(entry.path());
    ++removed;
  }
  sync_directory(outbox);
  return removed;
}

}  // namespace

std::string_view name_of(ProcessState state) { return state_names.at(static_cast<std::size_t>(state)); }

std::optional<PlanAppraisal> plan_appraisal_of(const Archive& archive, const std::string& plan_entry) {
  std::optional<PlanAppraisal> found;
  archive.database().read([&](Connection& connection) {
    found = plan_appraisal_of(connection, archive.file_plan(), plan_entry);
  });
  return found;
}

DisposalProcess disposal_process(const Archive& archive, const std::string& id) {
  std::optional<DisposalProcess> process;
  archive.database().read([&](Connection& connection) {
    const Rows rows = connection.query("SELECT * FROM disposal_process WHERE id = ?", {id});
    if (rows.empty()) return;
    process = process_from(connection, rows[0]);
    process->folders = folders_of(connection, id);
  });
  if (!process) throw NotFound(fmt::format("there is no process {}", id));
  return *std::move(process);
}

std::vector<DisposalProcess> disposal_processes(const Archive& archive, int limit) {
  std::vector<DisposalProcess> processes;
  archive.database().read([&](Connection& connection) {
    for (const Row& row : connection.query(
             "SELECT * FROM disposal_process ORDER BY created_at DESC, id LIMIT ?", {std::int64_t{limit}}))
      processes.push_back(process_from(connection, row));
  });
  return processes;
}

std::vector<std::string> processes_of(const Archive& archive, const FolderId& folder) {
  std::vector<std::string> ids;
  for (const Row& row : archive.database().query("SELECT id FROM disposal_process WHERE id IN (SELECT "
                                                 "process FROM disposal_object WHERE folder = ?) "
                                                 "ORDER BY created_at DESC, id",
                                                 {folder.text}))
    ids.push_back(row.text("id"));
  return ids;
}

OpenObject open_message(const Archive& archive, const std::string& process, MessageType type) {
  const Rows rows = archive.database().query(
      "SELECT file_name, sha256 FROM disposal_message WHERE process = ? AND type = ? AND removed_at IS NULL",
      {process, number_of(type)});
  if (rows.empty()) throw NotFound(fmt::format("process {} has no {}", process, number_of(type)));
  const auto path = outbox_of(archive) / rows[0].text("file_name");
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.number() < 0) throw Damaged(fmt::format("the message {} is missing", path.filename().string()));
  const FileHash hash = hash_file(file.number(), path.string());
  if (hash.sha256 != rows[0].text("sha256"))
    throw Damaged(fmt::format("the message {} is damaged", path.filename().string()));
  return {file.release(), hash.size};
}

OpenObject hand_out_message(Archive& archive, const std::string& process, MessageType type,
                            const std::string& actor) {
  OpenObject message = open_message(archive, process, type);
  archive.database().write([&](Connection& connection) {
    append_audit_entry(connection, {actor, "disposal.message_handed_out", process,
                                    nlohmann::json{{"message", number_of(type)}}.dump()});
  });
  return message;
}

int remove_messages_of_destroyed(Archive& archive) {
  const auto outbox = outbox_of(archive);
  if (!std::filesystem::exists(outbox)) return 0;
  int removed = 0;
  archive.database().write([&](Connection& connection) {
    const Rows rows = connection.query(fmt::format(
        "SELECT process, type, file_name FROM disposal_message WHERE removed_at IS NULL AND {} AND EXISTS "
        "(SELECT 1 FROM disposal_object LEFT JOIN folder ON folder.id = disposal_object.folder WHERE "
        "disposal_object.process = disposal_message.process AND coalesce(folder.status, 'destroyed') = "
        "'destroyed')",
        with_content));
    for (const Row& row : rows) {
      remove_file(outbox / row.text("file_name"));
      connection.execute("UPDATE disposal_message SET removed_at = ? WHERE process = ? AND type = ?",
                         {now_utc(), row.text("process"), row.text("type")});
    }
    remove_unnamed(connection, outbox);
    removed = static_cast<int>(rows.size());
  });
  return removed;
}

int remove_unfinished_messages(Archive& archive) {
  const auto outbox = outbox_of(archive);
  int removed = 0;
  if (!std::filesystem::exists(outbox)) return removed;
  archive.database().write([&](Connection& connection) { removed = remove_unnamed(connection, outbox); });
  return removed;
}

std::vector<std::string> check_outbox(const Archive& archive) {
  std::vector<std::string> problems;
  for (const Row& row : archive.database().query(
           "SELECT process, type FROM disposal_message WHERE removed_at IS NULL ORDER BY process, type")) {
    try {
      static_cast<void>(
          open_message(archive, row.text("process"), message_type_from(row.text("type")).value()));
    } catch (const Damaged& damaged) {
      problems.emplace_back(damaged.what());
    } catch (const NotFound&) {
      continue;  // removed since the list was read
    }
  }
  return problems;
}

}  // namespace eakte::archive
