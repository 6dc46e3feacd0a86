#pragma once
#include "archive/folder_structure.h"

namespace eakte::archive {

/// Adds the row of a folder within the caller's transaction, with its reference generated where it has none.
FolderId insert_folder(Connection& connection, const FilePlan& plan, const NewFolder& folder,
                       std::string_view reference_template, Date today, const std::string& actor);

}  // namespace eakte::archive
