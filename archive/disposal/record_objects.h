#pragma once
#include <map>
#include <string>

#include "archive/life_cycle.h"
#include "archive/xdomea.h"

namespace eakte::archive {

/// The object that stands for a folder in a message, with its cases and documents; withdrawn ones are left
/// out.
RecordObject offered_object(Connection& connection, const FilePlan& plan, const FolderRecord& folder);

/// The same for a transfer: with the history from the audit trail and the primary files, whose objects are
/// added to `files` by their name in the container.
RecordObject transferred_object(Connection& connection, const FilePlan& plan, const FolderRecord& folder,
                                std::map<std::string, std::string>& files);

/// The years an entry's rule says, rounded up; nothing when it is unlimited or waits for more than that.
std::optional<int> years_of(const RetentionRule& rule);

}  // namespace eakte::archive
