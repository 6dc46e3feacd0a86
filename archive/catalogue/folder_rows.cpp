#include "archive/catalogue/folder_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/retention_terms.h"

namespace eakte::archive {
namespace {

std::optional<Date> date_in(const Row& row, std::string_view column) {
  return row.is_null(column) ? std::nullopt : date_from_iso(row.text(column));
}

void load_cases(Connection& connection, FolderRecord& folder) {
  for (const Row& row : connection.query(
           "SELECT id, reference, title, closed_on FROM record_case WHERE folder = ? ORDER BY id",
           {folder.about.id.text})) {
    folder.cases.push_back({{{row.text("id")}, folder.about.id, row.text("reference"), row.text("title")},
                            date_in(row, "closed_on")});
  }
}

/// Events that were entered, and those that are the dates of the folder's documents: the latest counts, and
/// one document without a date keeps the event open.
void load_events(Connection& connection, FolderRecord& folder) {
  for (const Row& row :
       connection.query("SELECT event, on_date FROM folder_event WHERE folder = ?", {folder.about.id.text})) {
    if (const auto date = date_in(row, "on_date")) {
      folder.events.emplace(row.text("event"), *date);
    } else {
      folder.suspension_running = true;
    }
  }
  const Row dates = connection
                        .query(
                            "SELECT count(*) AS number, count(document_date) AS dated, max(document_date) AS "
                            "latest FROM document WHERE folder = ?",
                            {folder.about.id.text})
                        .at(0);
  const auto latest = date_in(dates, "latest");
  if (!latest || dates.integer("number") != dates.integer("dated")) return;
  for (const std::string_view event : events_of_the_document()) folder.events.emplace(event, *latest);
}

std::string_view kind_name(RetentionRule::Kind kind) {
  switch (kind) {
    case RetentionRule::Kind::minimum:
      return "minimum";
    case RetentionRule::Kind::maximum:
      return "maximum";
    case RetentionRule::Kind::fixed:
      return "fixed";
  }
  return "";
}

/// Transferfrist: dormant from the first day of a year, unless the period is over by then.
std::optional<Date> dormant_from(const FilePlanEntry& entry, const FolderRecord& folder) {
  if (!folder.closed_on) return std::nullopt;
  const Date first(folder.closed_on->year() + std::chrono::years(entry.years_at_hand + 1),
                   std::chrono::January, std::chrono::day(1));
  if (folder.retention.end && *folder.retention.end < first) return std::nullopt;
  return first;
}

/// The last day on which a folder may still be there; nothing where only a minimum counts.
std::optional<Date> gone_by(const FilePlanEntry& entry, const FolderRecord& folder) {
  std::optional<Date> last;
  if (folder.kind != RetentionRule::Kind::minimum) last = folder.retention.end;
  if (!entry.limit) return last;
  const RetentionEnd limit = retention_end(*entry.limit, folder.events);
  return last && limit.end ? std::min(*last, *limit.end) : (limit.end ? limit.end : last);
}

}  // namespace

void compute_retention(const FilePlan& plan, FolderRecord& folder) {
  const FilePlanEntry* const entry = plan.find(folder.about.plan_entry);
  if (entry == nullptr) {
    folder.retention_sentence = "Der Eintrag des Aktenplans besteht nicht mehr; die Frist steht nicht fest.";
    folder.retention = {};
    folder.retention.open_events = {"aktenplan"};
    return;
  }
  folder.disposal = entry->disposal;
  if (folder.closed_on) folder.events["zdA"] = *folder.closed_on;
  folder.retention =
      retention_end(entry->retention, entry->earlier, folder.events, folder.suspension_running);
  folder.kind = rule_that_decides(*entry, folder.retention).kind;
  // A folder in processing is kept, whatever its events say.
  if (!folder.closed_on && folder.retention.end && folder.kind == RetentionRule::Kind::minimum) {
    folder.retention.end.reset();
    folder.retention.open_events.emplace_back("zdA");
  }
  folder.dormant_from = dormant_from(*entry, folder);
  folder.gone_by = gone_by(*entry, folder);
  folder.retention_sentence = explain(*entry, folder.events, folder.retention);
}

std::optional<FolderRecord> load_folder_record(Connection& connection, const FilePlan& plan,
                                               const FolderId& id) {
  const Rows rows = connection.query(
      "SELECT id, reference, title, plan_entry, status, coalesce(begins_on, substr(created_at, 1, 10)) AS "
      "begins_on, closed_on, (SELECT count(*) FROM "
      "disposal_hold "
      "WHERE folder = folder.id AND lifted_at IS NULL) AS holds FROM folder WHERE id = ?",
      {id.text});
  if (rows.empty()) return std::nullopt;
  const Row& row = rows[0];
  FolderRecord folder;
  folder.about = {{row.text("id")}, row.text("reference"), row.text("title"), row.text("plan_entry")};
  folder.status = folder_status_from(row.text("status")).value();
  folder.begins_on = date_from_iso(row.text("begins_on")).value();
  folder.closed_on = date_in(row, "closed_on");
  folder.standing_holds = static_cast<int>(row.integer("holds"));
  load_cases(connection, folder);
  load_events(connection, folder);
  compute_retention(plan, folder);
  return folder;
}

void refresh_retention(Connection& connection, const FilePlan& plan, const FolderId& id) {
  const FolderRecord folder = load_folder_record(connection, plan, id).value();
  const Value end = folder.retention.end ? Value(to_iso(*folder.retention.end)) : Value(nullptr);
  const std::int64_t unlimited = folder.retention.unlimited ? 1 : 0;
  connection.execute(
      "UPDATE folder SET retention_end = ?, retention_unlimited = ?, retention_kind = ?, disposal = ?, "
      "gone_by = "
      "? WHERE id = ?",
      {end, unlimited, std::string(kind_name(folder.kind)), std::string(code_of(folder.disposal)),
       folder.gone_by ? Value(to_iso(*folder.gone_by)) : Value(nullptr), id.text});
  connection.execute(
      "UPDATE document SET retention_end = ?, retention_unlimited = ?, retention_sentence = ?, disposal = ? "
      "WHERE folder = ?",
      {end, unlimited, folder.retention_sentence, std::string(code_of(folder.disposal)), id.text});
  for (const Row& row : connection.query("SELECT id FROM document WHERE folder = ?", {id.text})) {
    const std::int64_t revision = take_revision(connection, {row.text("id")});
    connection.execute("UPDATE document SET revision = ? WHERE id = ?", {revision, row.text("id")});
  }
}

}  // namespace eakte::archive
