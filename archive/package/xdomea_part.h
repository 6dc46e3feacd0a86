#pragma once
#include <string>

#include "archive/database.h"
#include "archive/file_plan.h"
#include "archive/id.h"

namespace eakte::archive {

/// A folder with its cases and documents as an xdomea 3.1.0 message of the kind 0503, whose primary files are
/// those of the package (their names are "<UUID>_<role>.<extension>", the note tells the place). `at`: when
/// the message was made. Always the same for the same folder and `at`.
std::string xdomea_of_folder(Connection& connection, const FilePlan& plan, const std::string& tenant,
                             const FolderId& folder, const std::string& at, const std::string& program);

}  // namespace eakte::archive
