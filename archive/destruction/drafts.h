#pragma once
#include <string>
#include <vector>

#include "archive/destruction_steps.h"

namespace eakte::archive {

/// Plans the drafts' files and deletes their rows inside the caller's transaction; the steps of
/// destruction_steps.h erase the rest. False when ingest is at work on one of them: the caller rolls back.
bool begin_deletion_of_drafts(Connection& connection, const Archive& archive, const FolderId& folder,
                              const std::vector<DocumentId>& drafts, const ForgetIntakes& forget,
                              const std::string& actor);

}  // namespace eakte::archive
