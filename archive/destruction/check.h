#pragma once
#include <string>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

/// Holds tombstones, records, audit trail and files against each other: what is gone was destroyed by the
/// rules and is gone altogether. One sentence for each fault.
std::vector<std::string> check_destructions(const Archive& archive);

}  // namespace eakte::archive
