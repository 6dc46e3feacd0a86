#pragma once
#include <map>
#include <string>
#include <vector>

#include "archive/life_cycle.h"
#include "archive/xdomea.h"

namespace eakte::archive {

/// The objects that stand for folders in a message, with cases and documents; a part (Teilakte) lies in the
/// folder around it when that is among `folders`, unless it would lie deeper than receiving archives take
/// (XD-22): then it is an object of its own that names the folder around it. Withdrawn documents are left
/// out. With `files` it is a transfer: history from the audit trail and primary files, whose objects are
/// added by their name in the container.
std::vector<RecordObject> objects_of(Connection& connection, const FilePlan& plan,
                                     const std::vector<FolderId>& folders,
                                     std::map<std::string, std::string>* files);

/// The ids of the folders an object and what is in it belong to, by UUID.
std::map<std::string, FolderId> folders_in(const RecordObject& object);

/// The years an entry's rule says, rounded up; nothing when it is unlimited or waits for more than that.
std::optional<int> years_of(const RetentionRule& rule);

}  // namespace eakte::archive
