#pragma once
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

using PermissionId = Id<struct PermissionTag>;

/// A Vernichtungsgenehmigung: the archive agrees once and for all that what lies in some entries of the file
/// plan is destroyed without being offered to it (RT-05).
struct DestructionPermission {
  PermissionId id;
  std::string number;                     ///< of the archive's letter
  Date issued_on{};                       ///< date of the letter
  Date valid_until{};                     ///< its last day
  std::vector<std::string> plan_entries;  ///< these and all below them
  std::string recorded_at;                ///< UTC
  std::string recorded_by;
  std::optional<std::string> revoked_at;
  std::string revoked_by;
};

struct NewPermission {
  std::string number;
  Date issued_on{};
  Date valid_until{};
  std::vector<std::string> plan_entries;
};

/// Records a permission. Throws Error for an entry the file plan does not have, an empty number or scope, or
/// an end before its beginning; Forbidden: day_in_future, permission_exists (the number is taken),
/// account_needed, role_missing: a records manager does it.
PermissionId record_permission(Archive& archive, const NewPermission& permission, Date today,
                               const std::string& actor);

/// From now on nothing is destroyed on its strength, quarantine included. Throws NotFound; Forbidden:
/// permission_revoked, account_needed, role_missing.
void revoke_permission(Archive& archive, const PermissionId& id, const std::string& actor);

/// All of them, oldest first.
std::vector<DestructionPermission> destruction_permissions(const Archive& archive);

/// A permission that covers an entry of the file plan on a day; nothing when there is none.
std::optional<DestructionPermission> permission_for(Connection& connection, const FilePlan& plan,
                                                    const std::string& plan_entry, Date on);

}  // namespace eakte::archive
