#pragma once
#include <string>

#include "archive/destruction.h"

namespace eakte::archive {

/// The Vernichtungsprotokoll (RT-06) as far as it is known when a destruction begins: what, on which rule,
/// who released it. JSON; ids, numbers, dates and fixed words, no content of the folder.
std::string draft_record(const Archive& archive, const FolderRecord& folder, const Destruction& destruction,
                         const std::string& executed_by);

/// The draft with what was destroyed, how, and which backups may still have it.
std::string finished_record(Connection& connection, const Destruction& destruction, Date today,
                            int backups_kept_days);

}  // namespace eakte::archive
