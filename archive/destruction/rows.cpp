#include "archive/destruction/rows.h"

#include <fmt/format.h>

#include "archive/appraisal.h"
#include "archive/destruction_permission.h"

namespace eakte::archive {
namespace {

std::variant<Allowed, std::string> allowed_by_appraisal(Connection& connection, const FolderRecord& folder) {
  const auto appraisal = appraisal_of(connection, folder.about.id);
  if (!appraisal) return "appraisal_missing";
  if (!archive_permits_destruction(connection, folder.about.id)) return "transfer_unconfirmed";
  return Allowed{appraisal->decision == AppraisalDecision::destroy ? DestructionBasis::appraisal
                                                                   : DestructionBasis::transfer,
                 appraisal->source};
}

}  // namespace

bool is_held(Connection& connection, const FolderId& folder, const std::string& since) {
  return !connection
              .query(R"(
                WITH RECURSIVE
                  up(id, parent) AS (
                    SELECT id, parent FROM folder WHERE id = ?
                    UNION SELECT folder.id, folder.parent FROM folder JOIN up ON folder.id = up.parent),
                  whole(id) AS (
                    SELECT id FROM up WHERE parent IS NULL
                    UNION SELECT folder.id FROM folder JOIN whole ON folder.parent = whole.id)
                SELECT 1 FROM disposal_hold WHERE folder IN (SELECT id FROM whole)
                  AND (lifted_at IS NULL OR (? <> '' AND placed_at >= ?)) LIMIT 1)",
                     {folder.text, since, since})
              .empty();
}

std::variant<Allowed, std::string> allowed_destruction(Connection& connection, const FilePlan& plan,
                                                       const FolderRecord& folder, Date on) {
  if (folder.status == FolderStatus::destroyed) return "already_destroyed";
  if (folder.status == FolderStatus::open || !folder.closed_on) return "folder_not_closed";
  if (!folder.retention.end || *folder.retention.end >= on) return "retention_running";
  if (is_held(connection, folder.about.id)) return "hold_standing";
  if (folder.status != FolderStatus::closed) return allowed_by_appraisal(connection, folder);
  if (folder.disposal != DisposalAction::destroy) return "appraisal_missing";
  const auto permission = permission_for(connection, plan, folder.about.plan_entry, on);
  if (!permission) return "permission_missing";
  return Allowed{DestructionBasis::permission, permission->number};
}

std::string select_destructions(std::string_view condition) {
  return fmt::format(
      "SELECT destruction.*, folder.reference, folder.plan_entry FROM destruction JOIN folder ON folder.id = "
      "destruction.folder WHERE {}",
      condition);
}

Destruction destruction_from(const Row& row) {
  Destruction destruction{.id = {row.text("id")},
                          .folder = {row.text("folder")},
                          .reference = row.text("reference"),
                          .plan_entry = row.text("plan_entry"),
                          .state = destruction_state_from(row.text("state")).value(),
                          .basis = DestructionBasis::permission,
                          .basis_source = row.text("basis_source"),
                          .proposed_at = row.text("proposed_at"),
                          .proposed_by = row.text("proposed_by"),
                          .approved_at = row.text("approved_at"),
                          .approved_by = row.text("approved_by"),
                          .not_before = date_from_iso(row.text("not_before")),
                          .withdrawn_at = row.text("withdrawn_at"),
                          .withdrawn_by = row.text("withdrawn_by"),
                          .withdraw_reason = row.text("withdraw_reason"),
                          .begun_at = row.text("begun_at"),
                          .executed_by = row.text("executed_by"),
                          .done_at = row.text("done_at"),
                          .record = row.text("record")};
  for (const auto basis :
       {DestructionBasis::appraisal, DestructionBasis::transfer, DestructionBasis::draft}) {
    if (row.text("basis") == name_of(basis)) destruction.basis = basis;
  }
  return destruction;
}

}  // namespace eakte::archive
