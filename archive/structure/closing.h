#pragma once
#include "archive/life_cycle.h"

namespace eakte::archive {

// close_case and close_folder inside the caller's transaction.

void close_case(Connection& connection, const CaseId& id, Date on, Date today, const std::string& actor);
void close_folder(Connection& connection, const FilePlan& plan, const FolderId& id, Date on, Date today,
                  const std::string& actor);

}  // namespace eakte::archive
