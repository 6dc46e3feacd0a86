#pragma once
#include <functional>

#include "archive/catalogue/folder_rows.h"
#include "archive/file_plan_versions.h"

namespace eakte::archive {

/// Calls `visit` for every folder that is open or closed, not yet offered, under the entries whose retention
/// changes, with its record under the plan before and after.
void for_each_folder_concerned(
    Connection& connection, const FilePlan& before, const FilePlan& after,
    const std::vector<EntryChange>& changes,
    const std::function<void(const FolderRecord& was, const FolderRecord& will_be)>& visit);

/// Computes anew what lies under the entries that change: folders with their documents, and documents without
/// a folder. What had a number that is no longer the entry's gets the new one.
void recompute_under(Connection& connection, const FilePlan& before, const FilePlan& after,
                     const std::vector<EntryChange>& changes);

/// What a plan would do to the folders there are.
PlanPreview preview_of(Connection& connection, const FilePlan& before, const FilePlan& after, Date today,
                       int examples);

}  // namespace eakte::archive
