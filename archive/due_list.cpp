#include "archive/due_list.h"

#include <fmt/format.h>

namespace eakte::archive {
namespace {

constexpr int years_until_offered = 30;  // ArchG LSA section 9: at the latest

/// Where a page goes on: the retention end and id of its last folder, "-" for folders without an end.
struct Cursor {
  std::string end;
  std::string id;
};

Cursor cursor_from(const std::string& text) {
  const auto comma = text.find(',');
  if (text.empty()) return {};
  if (comma == std::string::npos) throw Error("the cursor of the due list is malformed");
  return {text.substr(0, comma), text.substr(comma + 1)};
}

DueReason reason_of(const Row& row, Date on) {
  if (!row.is_null("gone_by") && row.text("gone_by") < to_iso(on)) return DueReason::limit_passed;
  if (row.is_null("retention_end")) return DueReason::waiting_long;
  return row.text("retention_kind") == "maximum" ? DueReason::limit_passed : DueReason::period_over;
}

DueFolder due_from(const Row& row, Date on) {
  DueFolder due{.about = {{row.text("id")}, row.text("reference"), row.text("title"), row.text("plan_entry")},
                .status = folder_status_from(row.text("status")).value(),
                .reason = reason_of(row, on),
                .disposal = row.text("disposal"),
                .retention_end = std::nullopt,
                .standing_holds = static_cast<int>(row.integer("holds"))};
  if (!row.is_null("retention_end")) due.retention_end = date_from_iso(row.text("retention_end"));
  return due;
}

constexpr std::string_view columns =
    "id, reference, title, plan_entry, status, disposal, retention_end, retention_kind, gone_by, "
    "(SELECT count(*) FROM disposal_hold WHERE folder = folder.id AND lifted_at IS NULL) AS holds";

/// The part of the conditions both kinds share; adds their parameters.
std::string conditions(const DueQuery& query, std::vector<Value>& parameters) {
  std::string sql;
  if (!query.plan_entry.empty()) {
    sql += " AND (plan_entry = ? OR substr(plan_entry, 1, ?) = ?)";
    parameters.emplace_back(query.plan_entry);
    parameters.emplace_back(static_cast<std::int64_t>(query.plan_entry.size() + 1));
    parameters.emplace_back(query.plan_entry + ".");
  }
  return sql;
}

/// Folders closed before this day do not wait for an event any longer.
Date waited_long_enough(Date on) {
  return {on.year() - std::chrono::years(years_until_offered), on.month(), on.day()};
}

Rows period_over(Connection& connection, const DueQuery& query, const Cursor& cursor) {
  std::vector<Value> parameters{to_iso(query.on), cursor.end, cursor.id};
  std::string sql = fmt::format(
      "SELECT {} FROM folder WHERE retention_end < ? AND (retention_end, id) > (?, ?) AND "
      "(status IN ('closed', 'offered', 'appraised') OR (status = 'open' AND retention_kind = 'maximum'))",
      columns);
  if (query.year != 0) {
    sql += " AND retention_end BETWEEN ? AND ?";
    parameters.emplace_back(fmt::format("{:04}-01-01", query.year));
    parameters.emplace_back(fmt::format("{:04}-12-31", query.year));
  }
  sql += conditions(query, parameters) + " ORDER BY retention_end, id LIMIT ?";
  parameters.emplace_back(static_cast<std::int64_t>(query.limit + 1));
  return connection.query(sql, parameters);
}

/// Folders without an end: closed for thirty years, or beyond the day by which they should be gone.
Rows without_end(Connection& connection, const DueQuery& query, const Cursor& cursor, int limit) {
  std::vector<Value> parameters{to_iso(waited_long_enough(query.on)), to_iso(query.on), cursor.id};
  std::string sql = fmt::format(
      "SELECT {} FROM folder WHERE id IN ("
      "SELECT id FROM folder WHERE closed_on < ? AND closed_on IS NOT NULL AND retention_end IS NULL AND "
      "retention_unlimited = 0 AND status = 'closed' UNION ALL "
      "SELECT id FROM folder WHERE gone_by < ? AND gone_by IS NOT NULL AND retention_end IS NULL AND "
      "status IN ('open', 'closed')) AND id > ?",
      columns);
  sql += conditions(query, parameters) + " ORDER BY id LIMIT ?";
  parameters.emplace_back(static_cast<std::int64_t>(limit + 1));
  return connection.query(sql, parameters);
}

}  // namespace

std::string_view name_of(DueReason reason) {
  switch (reason) {
    case DueReason::period_over:
      return "period_over";
    case DueReason::limit_passed:
      return "limit_passed";
    case DueReason::waiting_long:
      return "waiting_long";
  }
  return "";
}

bool is_due(const FolderRecord& folder, Date on) {
  if (folder.status == FolderStatus::open || !folder.closed_on) return false;
  if (folder.retention.end) return *folder.retention.end < on;
  return !folder.retention.unlimited && *folder.closed_on < waited_long_enough(on);
}

DuePage due_folders(const Archive& archive, const DueQuery& query) {
  DuePage page;
  const Cursor cursor = cursor_from(query.cursor);
  archive.database().read([&](Connection& connection) {
    Rows rows;
    if (cursor.end != "-") rows = period_over(connection, query, cursor);
    const int room = query.limit - static_cast<int>(rows.size());
    if (room >= 0 && query.year == 0) {
      const Cursor from = cursor.end == "-" ? cursor : Cursor{};
      for (const Row& row : without_end(connection, query, from, room)) rows.push_back(row);
    }
    for (const Row& row : rows) page.folders.push_back(due_from(row, query.on));
  });
  if (std::ssize(page.folders) > query.limit) {
    page.folders.resize(static_cast<std::size_t>(query.limit));
    const DueFolder& last = page.folders.back();
    page.next =
        fmt::format("{},{}", last.retention_end ? to_iso(*last.retention_end) : "-", last.about.id.text);
  }
  return page;
}

std::vector<DueYear> due_by_year(const Archive& archive) {
  std::vector<DueYear> years;
  // By day, as the index has them: by year they would have to be sorted first.
  for (const Row& row : archive.database().query("SELECT retention_end, sum(disposal = 'A') AS transfer, "
                                                 "sum(disposal = 'B') AS appraise, count(*) AS "
                                                 "number FROM folder WHERE retention_end IS NOT NULL AND "
                                                 "status NOT IN ('transferred', 'destroyed') "
                                                 "GROUP BY retention_end ORDER BY retention_end")) {
    const int year = static_cast<int>(date_from_iso(row.text("retention_end")).value().year());
    if (years.empty() || years.back().year != year) years.push_back({.year = year});
    DueYear& sums = years.back();
    sums.transfer += row.integer("transfer");
    sums.appraise += row.integer("appraise");
    sums.destroy += row.integer("number") - row.integer("transfer") - row.integer("appraise");
  }
  return years;
}

}  // namespace eakte::archive
