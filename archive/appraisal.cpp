#include "archive/appraisal.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "archive/catalogue/folder_rows.h"
#include "archive/disposal/whole_folders.h"
#include "archive/due_list.h"

namespace eakte::archive {
namespace {

Appraisal appraisal_from(const Row& row) {
  Appraisal appraisal{.folder = {row.text("folder")},
                      .decision = appraisal_decision_from(row.text("decision")).value(),
                      .source = row.text("source"),
                      .decided_on = date_from_iso(row.text("decided_on")).value(),
                      .recorded_at = row.text("recorded_at"),
                      .recorded_by = row.text("recorded_by"),
                      .transfer_confirmed_at = std::nullopt,
                      .archive_reference = row.text("archive_reference")};
  if (!row.is_null("transfer_confirmed_at"))
    appraisal.transfer_confirmed_at = row.text("transfer_confirmed_at");
  return appraisal;
}

bool is_same(const Appraisal& there, const NewAppraisal& coming) {
  return there.decision == coming.decision && there.source == coming.source &&
         there.decided_on == coming.decided_on;
}

/// An offered folder waits for the decision; a closed one may get it on paper once it is due.
void require_waiting(const FolderRecord& folder, Date today) {
  if (folder.status == FolderStatus::offered) return;
  if (folder.status != FolderStatus::closed && folder.status != FolderStatus::open)
    throw Forbidden("disposal_begun",
                    fmt::format("folder {} is {} already", folder.about.id.text, name_of(folder.status)));
  if (!is_due(folder, today))
    throw Forbidden("folder_not_due",
                    fmt::format("folder {} is not due on {}", folder.about.id.text, to_iso(today)));
}

}  // namespace

std::string_view code_of(AppraisalDecision decision) {
  return decision == AppraisalDecision::transfer ? "A" : "V";
}

std::optional<AppraisalDecision> appraisal_decision_from(std::string_view code) {
  if (code == "A") return AppraisalDecision::transfer;
  if (code == "V") return AppraisalDecision::destroy;
  return std::nullopt;
}

std::optional<Appraisal> appraisal_of(Connection& connection, const FolderId& folder) {
  const Rows rows = connection.query("SELECT * FROM appraisal WHERE folder = ?", {folder.text});
  if (rows.empty()) return std::nullopt;
  return appraisal_from(rows[0]);
}

std::optional<Appraisal> appraisal_of(const Archive& archive, const FolderId& folder) {
  std::optional<Appraisal> found;
  archive.database().read([&](Connection& connection) { found = appraisal_of(connection, folder); });
  return found;
}

void record_appraisal(Connection& connection, const FilePlan& plan, const NewAppraisal& appraisal, Date today,
                      const std::string& actor) {
  if (appraisal.source.empty()) throw Error("an appraisal names the process or letter it came with");
  const auto folder = load_folder_record(connection, plan, appraisal.folder);
  if (!folder) throw NotFound(fmt::format("there is no folder {}", appraisal.folder.text));
  if (!appraisal.decided_on.ok() || appraisal.decided_on > today)
    throw Forbidden("day_in_future", "the archive cannot have decided on a day that has not come");
  if (const auto there = appraisal_of(connection, appraisal.folder)) {
    if (is_same(*there, appraisal)) return;
    throw Forbidden("appraised_already",
                    fmt::format("folder {} was appraised with {}", appraisal.folder.text, there->source));
  }
  require_waiting(*folder, today);
  connection.execute(
      "INSERT INTO appraisal(folder, decision, source, decided_on, recorded_at, recorded_by) "
      "VALUES(?, ?, ?, ?, ?, ?)",
      {appraisal.folder.text, std::string(code_of(appraisal.decision)), appraisal.source,
       to_iso(appraisal.decided_on), now_utc(), actor});
  connection.execute("UPDATE folder SET status = 'appraised' WHERE id = ?", {appraisal.folder.text});
  const nlohmann::json detail{{"decision", code_of(appraisal.decision)},
                              {"source", appraisal.source},
                              {"decided_on", to_iso(appraisal.decided_on)}};
  append_audit_entry(connection, {actor, "folder.appraised", appraisal.folder.text, detail.dump()});
}

void record_appraisals(Archive& archive, const std::vector<NewAppraisal>& appraisals, Date today,
                       const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    for (const NewAppraisal& appraisal : appraisals) {
      for (const FolderId& folder : with_parts(connection, appraisal.folder)) {
        // A part the archive decided about before keeps that.
        if (folder != appraisal.folder && appraisal_of(connection, folder)) continue;
        NewAppraisal own = appraisal;
        own.folder = folder;
        record_appraisal(connection, archive.file_plan(connection), own, today, actor);
      }
    }
  });
}

void record_appraisal(Archive& archive, const NewAppraisal& appraisal, Date today, const std::string& actor) {
  record_appraisals(archive, {appraisal}, today, actor);
}

bool archive_permits_destruction(Connection& connection, const FolderId& folder) {
  const auto appraisal = appraisal_of(connection, folder);
  if (!appraisal) return false;
  const Rows rows = connection.query("SELECT status FROM folder WHERE id = ?", {folder.text});
  const std::string status = rows.empty() ? "" : rows[0].text("status");
  if (appraisal->decision == AppraisalDecision::destroy) return status == "appraised";
  return status == "transferred" && appraisal->transfer_confirmed_at.has_value();
}

}  // namespace eakte::archive
