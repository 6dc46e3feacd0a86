#pragma once
#include <optional>
#include <string>
#include <variant>

#include "archive/destruction.h"

namespace eakte::archive {

Destruction destruction_from(const Row& row);
/// The columns destruction_from needs, from destruction joined with folder.
std::string select_destructions(std::string_view condition);

/// What allows the destruction of a folder on a day, or the code of what stands against it.
struct Allowed {
  DestructionBasis basis = DestructionBasis::permission;
  std::string source;
};
std::variant<Allowed, std::string> allowed_destruction(Connection& connection, const FilePlan& plan,
                                                       const FolderRecord& folder, Date on);

/// Whether a hold stands on a folder or on another part of the same whole, or, where `since` is not empty,
/// was placed since that time: what is kept as one is held as one.
bool is_held(Connection& connection, const FolderId& folder, const std::string& since = {});

/// Whether a folder's destruction is proposed, approved, begun or done.
bool is_underway(Connection& connection, const FolderId& folder);

/// Proposes a folder inside the caller's transaction; the code of what stands against it, which is then in
/// the audit trail. What has been proposed before is left as it is: destruction_underway.
std::optional<std::string> propose_folder(Connection& connection, const FilePlan& plan,
                                          const FolderId& folder, Date today, const std::string& actor,
                                          DestructionId* taken = nullptr);

}  // namespace eakte::archive
