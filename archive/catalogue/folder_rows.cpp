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

/// A folder with all parts of the whole it belongs to; only itself where it neither is a part nor has any.
std::vector<std::string> family_of(Connection& connection, const FolderId& id) {
  std::vector<std::string> family;
  for (const Row& row : connection.query("WITH RECURSIVE up(id, parent) AS (SELECT id, parent FROM folder "
                                         "WHERE id = ? UNION ALL SELECT folder.id, "
                                         "folder.parent FROM folder JOIN up ON folder.id = up.parent), "
                                         "family(id) AS (SELECT id FROM up WHERE parent "
                                         "IS NULL UNION ALL SELECT folder.id FROM folder JOIN family ON "
                                         "folder.parent = family.id) SELECT id FROM "
                                         "family",
                                         {id.text}))
    family.push_back(row.text("id"));
  return family;
}

/// What was entered for one folder, and the dates of its documents.
struct KnownEvents {
  int documents = 0;
  int dated = 0;
  std::optional<Date> latest;
};

void add_events_of(Connection& connection, const std::string& id, FolderRecord& folder, KnownEvents& known) {
  for (const Row& row : connection.query("SELECT event, on_date FROM folder_event WHERE folder = ?", {id})) {
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
                            {id})
                        .at(0);
  known.documents += static_cast<int>(dates.integer("number"));
  known.dated += static_cast<int>(dates.integer("dated"));
  const auto latest = date_in(dates, "latest");
  if (latest && (!known.latest || *known.latest < *latest)) known.latest = latest;
}

/// Events that were entered, and those that are the dates of the folder's documents: the latest counts, and
/// one document without a date keeps the event open. Parts count as one with the whole.
void load_events(Connection& connection, const std::vector<std::string>& family, FolderRecord& folder) {
  KnownEvents known;
  for (const std::string& id : family) add_events_of(connection, id, folder, known);
  if (!known.latest || known.documents != known.dated) return;
  for (const std::string_view event : events_of_the_document()) folder.events.emplace(event, *known.latest);
}

void load_whole(Connection& connection, const std::vector<std::string>& family, FolderRecord& folder) {
  if (folder.parent.empty()) return;
  const Rows whole = connection.query("SELECT status, closed_on FROM folder WHERE id = ?", {family.front()});
  if (!whole.empty() && whole[0].text("status") != "open")
    folder.whole_closed_on = date_in(whole[0], "closed_on");
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
  // A part is closed for good only with the whole.
  const std::optional<Date> closing = folder.parent.empty() ? folder.closed_on : folder.whole_closed_on;
  if (closing) folder.events["zdA"] = *closing;
  folder.retention =
      retention_end(entry->retention, entry->earlier, folder.events, folder.suspension_running);
  folder.kind = rule_that_decides(*entry, folder.retention).kind;
  // A folder in processing is kept, whatever its events say.
  if (!closing && folder.retention.end && folder.kind == RetentionRule::Kind::minimum) {
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
      "WHERE folder = folder.id AND lifted_at IS NULL) AS holds, parent, (SELECT count(*) FROM folder AS "
      "part WHERE "
      "part.parent = folder.id) AS parts, (SELECT count(*) FROM folder AS part WHERE part.parent = folder.id "
      "AND "
      "part.status = 'open') AS open_parts, (SELECT max(closed_on) FROM folder AS part WHERE part.parent = "
      "folder.id) "
      "AS parts_closed_on FROM folder WHERE id = ?",
      {id.text});
  if (rows.empty()) return std::nullopt;
  const Row& row = rows[0];
  FolderRecord folder;
  folder.about = {{row.text("id")}, row.text("reference"), row.text("title"), row.text("plan_entry")};
  folder.status = folder_status_from(row.text("status")).value();
  folder.begins_on = date_from_iso(row.text("begins_on")).value();
  folder.closed_on = date_in(row, "closed_on");
  folder.standing_holds = static_cast<int>(row.integer("holds"));
  folder.parent.text = row.text("parent");
  folder.open_parts = static_cast<int>(row.integer("open_parts"));
  folder.parts_closed_on = date_in(row, "parts_closed_on");
  const bool alone = folder.parent.empty() && row.integer("parts") == 0;
  const std::vector<std::string> family = alone ? std::vector{id.text} : family_of(connection, id);
  load_cases(connection, folder);
  load_events(connection, family, folder);
  load_whole(connection, family, folder);
  compute_retention(plan, folder);
  return folder;
}

namespace {

void store_retention(Connection& connection, const FilePlan& plan, const FolderId& id) {
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

}  // namespace

void refresh_retention(Connection& connection, const FilePlan& plan, const FolderId& id) {
  for (const std::string& one : family_of(connection, id)) store_retention(connection, plan, {one});
}

}  // namespace eakte::archive
