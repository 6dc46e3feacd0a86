#pragma once
#include <filesystem>
#include <vector>

#include "archive/object_store.h"

namespace eakte::ingest {

/// Removes what has these bytes from `done/` and `failed/` of a watched directory, where files stay after
/// they were taken in, and the empty directories that leaves. Returns how many. Throws
/// archive::StorageFailure.
int erase_taken_files(const std::filesystem::path& inbox, const std::vector<archive::StoredObject>& bytes);

}  // namespace eakte::ingest
