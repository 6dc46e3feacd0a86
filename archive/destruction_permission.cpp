#include "archive/destruction_permission.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "archive/accounts.h"
#include "archive/destruction/rows.h"

namespace eakte::archive {
namespace {

DestructionPermission permission_from(const Row& row) {
  DestructionPermission permission{
      .id = {row.text("id")},
      .number = row.text("number"),
      .issued_on = date_from_iso(row.text("issued_on")).value(),
      .valid_until = date_from_iso(row.text("valid_until")).value(),
      .plan_entries = nlohmann::json::parse(row.text("plan_entries")).get<std::vector<std::string>>(),
      .recorded_at = row.text("recorded_at"),
      .recorded_by = row.text("recorded_by"),
      .revoked_at = std::nullopt,
      .revoked_by = row.text("revoked_by")};
  if (!row.is_null("revoked_at")) permission.revoked_at = row.text("revoked_at");
  return permission;
}

/// Whether `entry` is `above` or lies below it, by the plan and by the number.
bool lies_in(const FilePlan& plan, const std::string& entry, const std::string& above) {
  if (entry.starts_with(above + ".")) return true;
  std::string number = entry;
  while (!number.empty()) {
    if (number == above) return true;
    const FilePlanEntry* const found = plan.find(number);
    number = found == nullptr || found->parent == number ? std::string() : found->parent;
  }
  return false;
}

}  // namespace

PermissionId record_permission(Archive& archive, const NewPermission& permission, Date today,
                               const std::string& actor) {
  if (permission.number.empty()) throw Error("a permission has the number of the archive's letter");
  if (permission.plan_entries.empty()) throw Error("a permission names the entries it is for");
  if (!permission.issued_on.ok() || !permission.valid_until.ok() ||
      permission.valid_until < permission.issued_on)
    throw Error("a permission ends after the day it was given");
  if (permission.issued_on > today) throw Forbidden("day_in_future", "the permission is of a day to come");
  for (const std::string& entry : permission.plan_entries) {
    if (archive.file_plan().find(entry) == nullptr)
      throw Error(fmt::format("the file plan has no entry {}", entry));
  }
  const PermissionId id{new_id_text()};
  archive.database().write([&](Connection& connection) {
    require_role(connection, actor, Role::records_manager);
    if (!connection.query("SELECT 1 FROM destruction_permission WHERE number = ?", {permission.number})
             .empty())
      throw Forbidden("permission_exists", "there is a permission of this number");
    connection.execute(
        "INSERT INTO destruction_permission(id, number, issued_on, valid_until, plan_entries, recorded_at, "
        "recorded_by) VALUES(?, ?, ?, ?, ?, ?, ?)",
        {id.text, permission.number, to_iso(permission.issued_on), to_iso(permission.valid_until),
         nlohmann::json(permission.plan_entries).dump(), now_utc(), actor});
    append_audit_entry(connection,
                       {actor, "permission.recorded", id.text,
                        fmt::format(R"({{"entries":{}}})", nlohmann::json(permission.plan_entries).dump())});
  });
  return id;
}

void revoke_permission(Archive& archive, const PermissionId& id, const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    require_role(connection, actor, Role::records_manager);
    const Rows rows =
        connection.query("SELECT revoked_at FROM destruction_permission WHERE id = ?", {id.text});
    if (rows.empty()) throw NotFound(fmt::format("there is no permission {}", id.text));
    if (!rows[0].is_null("revoked_at"))
      throw Forbidden("permission_revoked", fmt::format("permission {} is revoked already", id.text));
    connection.execute("UPDATE destruction_permission SET revoked_at = ?, revoked_by = ? WHERE id = ?",
                       {now_utc(), actor, id.text});
    append_audit_entry(connection, {actor, "permission.revoked", id.text, {}});
  });
}

std::vector<DestructionPermission> destruction_permissions(const Archive& archive) {
  std::vector<DestructionPermission> permissions;
  for (const Row& row : archive.database().query("SELECT * FROM destruction_permission ORDER BY id"))
    permissions.push_back(permission_from(row));
  return permissions;
}

std::optional<DestructionPermission> permission_for(Connection& connection, const FilePlan& plan,
                                                    const std::string& plan_entry, Date on) {
  for (const Row& row : connection.query(
           "SELECT * FROM destruction_permission WHERE revoked_at IS NULL AND issued_on <= ? AND valid_until "
           ">= ? ORDER BY id",
           {to_iso(on), to_iso(on)})) {
    DestructionPermission permission = permission_from(row);
    if (std::ranges::any_of(permission.plan_entries,
                            [&](const std::string& above) { return lies_in(plan, plan_entry, above); }))
      return permission;
  }
  return std::nullopt;
}

}  // namespace eakte::archive
