#pragma once
#include <string>
#include <vector>

#include "archive/database.h"
#include "archive/xdomea.h"

namespace eakte::archive {

/// What a folder, case or document is related to, as long as that is there: Verweise of xdomea.
std::vector<RecordReference> references_of(Connection& connection, const std::string& id);

}  // namespace eakte::archive
