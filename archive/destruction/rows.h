#pragma once
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

}  // namespace eakte::archive
