#include "archive/life_cycle.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/folder_rows.h"
#include "archive/structure/closing.h"

namespace eakte::archive {
namespace {

constexpr std::array<std::string_view, 6> status_names{"open",      "closed",      "offered",
                                                       "appraised", "transferred", "destroyed"};
constexpr std::array<std::string_view, 8> stage_names{"open",    "closed",    "dormant",     "due",
                                                      "offered", "appraised", "transferred", "destroyed"};

FolderRecord required(Connection& connection, const FilePlan& plan, const FolderId& id) {
  auto folder = load_folder_record(connection, plan, id);
  if (!folder) throw NotFound(fmt::format("there is no folder {}", id.text));
  return *std::move(folder);
}

/// The last day something came into a folder or case; `column` is fixed text.
std::optional<Date> last_received(Connection& connection, std::string_view column, const std::string& id) {
  const Row row =
      connection
          .query(fmt::format("SELECT max(received_on) AS latest FROM document WHERE {} = ?", column), {id})
          .at(0);
  return row.is_null("latest") ? std::nullopt : date_from_iso(row.text("latest"));
}

void require_closing_day(Date on, Date today, const std::optional<Date>& last) {
  if (on > today) throw Forbidden("day_in_future", "nothing is closed on a day that has not come");
  if (last && on < *last)
    throw Forbidden("day_too_early", fmt::format("something came in on {}, after that day", to_iso(*last)));
}

bool waits_for(const RetentionRule& rule, const std::string& event) {
  return std::ranges::any_of(rule.periods,
                             [&](const RetentionPeriod& period) { return period.start_event == event; });
}

void open_again(Connection& connection, const FilePlan& plan, const FolderRecord& folder,
                const std::string& actor) {
  if (folder.status == FolderStatus::open) return;
  if (folder.status != FolderStatus::closed)
    throw Forbidden("disposal_begun",
                    fmt::format("folder {} is {} already", folder.about.id.text, name_of(folder.status)));
  connection.execute("UPDATE folder SET status = 'open', closed_on = NULL WHERE id = ?",
                     {folder.about.id.text});
  append_audit_entry(connection, {actor, "folder.reopened", folder.about.id.text, {}});
  if (!folder.parent.empty()) {
    open_again(connection, plan, required(connection, plan, folder.parent), actor);
  }
  refresh_retention(connection, plan, folder.about.id);
}

}  // namespace

std::string_view name_of(FolderStatus status) { return status_names.at(static_cast<std::size_t>(status)); }

std::string_view name_of(FolderStage stage) { return stage_names.at(static_cast<std::size_t>(stage)); }

std::optional<FolderStatus> folder_status_from(std::string_view name) {
  const auto* const found = std::ranges::find(status_names, name);
  if (found == status_names.end()) return std::nullopt;
  return static_cast<FolderStatus>(found - status_names.begin());
}

std::optional<Date> last_closing(Date folder_closed_on, std::span<const CaseRecord> cases) {
  Date last = folder_closed_on;
  for (const CaseRecord& one : cases) {
    if (!one.closed_on) return std::nullopt;
    last = std::max(last, *one.closed_on);
  }
  return last;
}

FolderRecord folder_record(const Archive& archive, const FolderId& id) {
  std::optional<FolderRecord> folder;
  archive.database().read(
      [&](Connection& connection) { folder = required(connection, archive.file_plan(connection), id); });
  return *std::move(folder);
}

FolderStage stage_on(const FolderRecord& folder, Date day) {
  switch (folder.status) {
    case FolderStatus::open:
      return FolderStage::open;
    case FolderStatus::closed:
      if (folder.retention.end && *folder.retention.end < day) return FolderStage::due;
      return folder.dormant_from && *folder.dormant_from <= day ? FolderStage::dormant : FolderStage::closed;
    case FolderStatus::offered:
      return FolderStage::offered;
    case FolderStatus::appraised:
      return FolderStage::appraised;
    case FolderStatus::transferred:
      return FolderStage::transferred;
    case FolderStatus::destroyed:
      return FolderStage::destroyed;
  }
  return FolderStage::open;
}

bool takes_documents(const Archive& archive, const FolderId& id) {
  return !archive.database()
              .query("SELECT 1 FROM folder WHERE id = ? AND status = 'open'", {id.text})
              .empty();
}

bool takes_documents(const Archive& archive, const CaseId& id) {
  return !archive.database()
              .query(
                  "SELECT 1 FROM record_case JOIN folder ON folder.id = record_case.folder WHERE "
                  "record_case.id = ? "
                  "AND record_case.status = 'open' AND folder.status = 'open'",
                  {id.text})
              .empty();
}

void close_case(Connection& connection, const CaseId& id, Date on, Date today, const std::string& actor) {
  const auto there = load_case(connection, id);
  if (!there) throw NotFound(fmt::format("there is no case {}", id.text));
  require_closing_day(on, today, last_received(connection, "record_case", id.text));
  const std::int64_t changed = connection.execute(
      "UPDATE record_case SET status = 'closed', closed_on = ? WHERE id = ? AND status = 'open'",
      {to_iso(on), id.text});
  if (changed == 0) throw Forbidden("folder_closed", fmt::format("case {} is closed already", id.text));
  append_audit_entry(connection,
                     {actor, "case.closed", id.text, fmt::format(R"({{"closed_on":"{}"}})", to_iso(on))});
}

void close_case(Archive& archive, const CaseId& id, Date on, Date today, const std::string& actor) {
  archive.database().write([&](Connection& connection) { close_case(connection, id, on, today, actor); });
}

void reopen_case(Archive& archive, const CaseId& id, const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    const auto there = load_case(connection, id);
    if (!there) throw NotFound(fmt::format("there is no case {}", id.text));
    open_again(connection, archive.file_plan(connection),
               required(connection, archive.file_plan(connection), there->folder), actor);
    const std::int64_t changed = connection.execute(
        "UPDATE record_case SET status = 'open', closed_on = NULL WHERE id = ? AND status = 'closed'",
        {id.text});
    if (changed == 0) throw Forbidden("folder_open", fmt::format("case {} is open already", id.text));
    append_audit_entry(connection, {actor, "case.reopened", id.text, {}});
  });
}

void close_folder(Connection& connection, const FilePlan& plan, const FolderId& id, Date on, Date today,
                  const std::string& actor) {
  const FolderRecord folder = required(connection, plan, id);
  if (folder.status != FolderStatus::open)
    throw Forbidden("folder_closed", fmt::format("folder {} is {} already", id.text, name_of(folder.status)));
  require_closing_day(on, today, last_received(connection, "folder", id.text));
  if (folder.open_parts > 0)
    throw Forbidden("part_open", fmt::format("a part of folder {} is still open", id.text));
  const std::optional<Date> last =
      last_closing(folder.parts_closed_on ? std::max(on, *folder.parts_closed_on) : on, folder.cases);
  if (!last) throw Forbidden("case_open", fmt::format("a case of folder {} is still open", id.text));
  connection.execute("UPDATE folder SET status = 'closed', closed_on = ? WHERE id = ?",
                     {to_iso(*last), id.text});
  append_audit_entry(
      connection, {actor, "folder.closed", id.text, fmt::format(R"({{"closed_on":"{}"}})", to_iso(*last))});
  refresh_retention(connection, plan, id);
}

void close_folder(Archive& archive, const FolderId& id, Date on, Date today, const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    close_folder(connection, archive.file_plan(connection), id, on, today, actor);
  });
}

void reopen_folder(Archive& archive, const FolderId& id, const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    const FolderRecord folder = required(connection, archive.file_plan(connection), id);
    if (folder.status == FolderStatus::open)
      throw Forbidden("folder_open", fmt::format("folder {} is open", id.text));
    open_again(connection, archive.file_plan(connection), folder, actor);
  });
}

void record_event(Archive& archive, const FolderId& id, const std::string& event, Date on, Date today,
                  const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    const FolderRecord folder = required(connection, archive.file_plan(connection), id);
    if (folder.status != FolderStatus::open && folder.status != FolderStatus::closed)
      throw Forbidden("disposal_begun",
                      fmt::format("folder {} is {} already", id.text, name_of(folder.status)));
    const FilePlanEntry* const entry = archive.file_plan(connection).find(folder.about.plan_entry);
    const bool known =
        entry != nullptr && (event == entry->retention.suspension || waits_for(entry->retention, event) ||
                             (entry->limit && waits_for(*entry->limit, event)));
    if (!known || event == "zdA")
      throw Forbidden("event_unknown", fmt::format("the rule of entry {} does not wait for \"{}\"",
                                                   folder.about.plan_entry, event));
    const bool backwards = std::ranges::any_of(entry->retention.periods, [&](const RetentionPeriod& period) {
      return period.start_event == event && (period.years < 0 || period.months < 0 || period.days < 0);
    });
    // Only what a period runs backwards from may lie ahead: the day of the next election.
    if (on > today && !backwards) throw Forbidden("day_in_future", "an event cannot lie in the future");
    // A child is born before its folder begins, so this event may lie before it.
    if (on < folder.begins_on && event != "geburt_kind")
      throw Forbidden("day_too_early", fmt::format("an event cannot lie before the folder's beginning on {}",
                                                   to_iso(folder.begins_on)));
    connection.execute(
        "INSERT INTO folder_event(folder, event, on_date, recorded_at) VALUES(?, ?, ?, ?) "
        "ON CONFLICT(folder, event) DO UPDATE SET on_date = excluded.on_date, recorded_at = "
        "excluded.recorded_at",
        {id.text, event, to_iso(on), now_utc()});
    append_audit_entry(connection, {actor, "folder.event", id.text,
                                    fmt::format(R"({{"event":"{}","on":"{}"}})", event, to_iso(on))});
    refresh_retention(connection, archive.file_plan(connection), id);
  });
}

void begin_suspension(Archive& archive, const FolderId& id, const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    const FolderRecord folder = required(connection, archive.file_plan(connection), id);
    const FilePlanEntry* const entry = archive.file_plan(connection).find(folder.about.plan_entry);
    if (entry == nullptr || entry->retention.suspension.empty())
      throw Forbidden("no_suspension",
                      fmt::format("the rule of entry {} knows no suspension", folder.about.plan_entry));
    connection.execute(
        "INSERT INTO folder_event(folder, event, on_date, recorded_at) VALUES(?, ?, NULL, ?) "
        "ON CONFLICT(folder, event) DO UPDATE SET on_date = NULL, recorded_at = excluded.recorded_at",
        {id.text, entry->retention.suspension, now_utc()});
    append_audit_entry(connection, {actor, "folder.suspended", id.text,
                                    fmt::format(R"({{"suspension":"{}"}})", entry->retention.suspension)});
    refresh_retention(connection, archive.file_plan(connection), id);
  });
}

}  // namespace eakte::archive
