#pragma once
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

/// A folder with all its parts that are still there, the whole before its parts.
std::vector<FolderId> with_parts(Connection& connection, const FolderId& id);

/// The same for several: what is offered is whole. A part that is named beside its whole comes with it.
/// Throws NotFound; Forbidden: part_without_whole.
std::vector<FolderId> whole_folders(Connection& connection, const std::vector<FolderId>& chosen);

}  // namespace eakte::archive
