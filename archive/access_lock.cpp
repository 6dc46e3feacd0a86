#include "archive/access_lock.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/folder_rows.h"
#include "archive/catalogue/retention_terms.h"
#include "archive/life_cycle.h"

namespace eakte::archive {
namespace {

bool has_locked_stage(const RetentionRule& rule) {
  return std::ranges::any_of(rule.periods, &RetentionPeriod::access_locked);
}

bool may_lock(const FilePlanEntry& entry) {
  return has_locked_stage(entry.retention) ||
         std::ranges::any_of(entry.earlier, has_locked_stage, &EarlierRule::rule);
}

bool locked_by(const FilePlanEntry& entry, const FolderRecord& folder, Date on) {
  return access_locked_on(rule_that_decides(entry, folder.retention), folder.events, on);
}

bool locked_by(const FilePlanEntry& entry, const std::optional<Date>& document_date, Date on) {
  if (!document_date) return false;
  Events events;
  for (const std::string_view event : events_of_the_document()) events.emplace(event, *document_date);
  return access_locked_on(entry.retention, events, on);
}

/// What is noted otherwise than it is on the day.
struct Differences {
  std::vector<FolderId> folders = {};
  std::vector<DocumentId> documents = {};  ///< that lie in no folder
  bool locked = false;                     ///< what they are to be
};

void compare_folders(Connection& connection, const FilePlan& plan, const FilePlanEntry& entry, Date today,
                     Differences& to_lock, Differences& to_open) {
  for (const Row& row :
       connection.query("SELECT id, access_locked FROM folder WHERE entry = ? AND status <> 'destroyed' "
                        "ORDER BY id",
                        {entry.id})) {
    const FolderId id{row.text("id")};
    const auto record = load_folder_record(connection, plan, id);
    const bool locked = record && locked_by(entry, *record, today);
    if (locked == (row.integer("access_locked") != 0)) continue;
    (locked ? to_lock : to_open).folders.push_back(id);
  }
  for (const Row& row :
       connection.query("SELECT id, document_date, access_locked FROM document WHERE entry = ? AND folder IS "
                        "NULL ORDER BY id",
                        {entry.id})) {
    const bool locked = locked_by(entry, date_from_iso(row.text("document_date")), today);
    if (locked == (row.integer("access_locked") != 0)) continue;
    (locked ? to_lock : to_open).documents.push_back({row.text("id")});
  }
}

/// What was locked and has another entry since, or a rule that locks nothing.
void find_stale(Connection& connection, const FilePlan& plan, Differences& to_open) {
  const auto stale = [&](const Row& row) {
    const FilePlanEntry* const entry = plan.find_id(row.text("entry"));
    return entry == nullptr || !may_lock(*entry);
  };
  for (const Row& row : connection.query("SELECT id, entry FROM folder WHERE access_locked = 1"))
    if (stale(row)) to_open.folders.push_back({row.text("id")});
  for (const Row& row : connection.query("SELECT id, entry, folder FROM document WHERE access_locked = 1"))
    if (stale(row) || !row.is_null("folder")) to_open.documents.push_back({row.text("id")});
}

void note(Connection& connection, const Differences& differences) {
  const std::int64_t locked = differences.locked ? 1 : 0;
  const char* const action = differences.locked ? "access.locked" : "access.unlocked";
  const auto touch = [&](const DocumentId& id) {
    connection.execute("UPDATE document SET revision = ? WHERE id = ?",
                       {take_revision(connection, id), id.text});
  };
  for (const FolderId& folder : differences.folders) {
    connection.execute("UPDATE folder SET access_locked = ? WHERE id = ?", {locked, folder.text});
    for (const Row& row : connection.query("SELECT id FROM document WHERE folder = ?", {folder.text}))
      touch({row.text("id")});
    append_audit_entry(connection, {"system", action, folder.text, {}});
  }
  for (const DocumentId& document : differences.documents) {
    connection.execute("UPDATE document SET access_locked = ? WHERE id = ?", {locked, document.text});
    touch(document);
    append_audit_entry(connection, {"system", action, document.text, {}});
  }
}

}  // namespace

bool access_locked(const Archive& archive, const FolderId& folder, Date on) {
  const FolderRecord record = folder_record(archive, folder);
  const FilePlanEntry* const entry = archive.file_plan().find(record.about.plan_entry);
  return entry != nullptr && may_lock(*entry) && locked_by(*entry, record, on);
}

bool access_locked(const Archive& archive, const Document& document, Date on) {
  const DocumentFields& fields = document.content.fields;
  const FilePlanEntry* const entry = archive.file_plan().find(fields.plan_entry);
  if (entry == nullptr || !may_lock(*entry)) return false;
  return fields.folder.empty() ? locked_by(*entry, fields.document_date, on)
                               : access_locked(archive, fields.folder, on);
}

bool is_noted_as_locked(const Archive& archive, const Document& document) {
  return !archive.database()
              .query(
                  "SELECT 1 FROM document LEFT JOIN folder ON folder.id = document.folder WHERE document.id "
                  "= ? AND (document.access_locked = 1 OR folder.access_locked = 1)",
                  {document.id.text})
              .empty();
}

int apply_access_locks(Archive& archive, Date today) {
  Differences to_lock{.locked = true};
  Differences to_open{.locked = false};
  archive.database().read([&](Connection& connection) {
    const FilePlan& plan = archive.file_plan(connection);
    for (const FilePlanEntry& entry : plan.entries)
      if (may_lock(entry)) compare_folders(connection, plan, entry, today, to_lock, to_open);
    find_stale(connection, plan, to_open);
  });
  const std::size_t changed =
      to_lock.folders.size() + to_lock.documents.size() + to_open.folders.size() + to_open.documents.size();
  if (changed == 0) return 0;
  archive.database().write([&](Connection& connection) {
    note(connection, to_lock);
    note(connection, to_open);
  });
  return static_cast<int>(changed);
}

}  // namespace eakte::archive
