#pragma once
#include "archive/life_cycle.h"

namespace eakte::archive {

/// Reads a folder with its cases, events and holds and computes its retention. Nothing when there is none.
std::optional<FolderRecord> load_folder_record(Connection& connection, const FilePlan& plan,
                                               const FolderId& id);

/// Pure: fills in what follows from the entry of the plan, closing, events and suspension: retention, its
/// sentence, dormancy, limit and disposal.
void compute_retention(const FilePlan& plan, FolderRecord& folder);

/// Computes the retention of a folder anew and stores it with the folder and its documents, which get a new
/// revision.
void refresh_retention(Connection& connection, const FilePlan& plan, const FolderId& id);

}  // namespace eakte::archive
