#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "archive/life_cycle.h"

namespace eakte::archive {

/// Which folders the due list shows.
struct DueQuery {
  Date on{};               ///< the day the question is asked for; may lie ahead
  std::string plan_entry;  ///< this entry and those below it; empty: all
  int year = 0;            ///< of the retention end; 0: all
  std::string cursor;      ///< DuePage::next of the page before
  int limit = 100;
};

/// Why a folder is on the list.
enum class DueReason {
  period_over,   ///< the minimum or fixed period is over: offer, transfer or destroy
  limit_passed,  ///< a maximum period or a limit is over: it should be gone already, even if still open
  waiting_long   ///< closed for 30 years and its event is still unknown: to be offered at last (RT-04, Z14)
};
std::string_view name_of(DueReason reason);

/// Pure: whether a closed folder is due on a day, by the same rule as the list: its period is over, or it has
/// been closed for 30 years and its event is still unknown.
bool is_due(const FolderRecord& folder, Date on);

struct DueFolder {
  Folder about;
  FolderStatus status = FolderStatus::closed;
  DueReason reason = DueReason::period_over;
  std::string disposal;  ///< A, B, V
  std::optional<Date> retention_end;
  int standing_holds = 0;  ///< while there are any, nothing happens
};

struct DuePage {
  std::vector<DueFolder> folders;  ///< longest overdue first
  std::string next;                ///< empty at the end
};

/// The folders whose retention is over before `on`. Reads one index: a page costs the same among a million.
DuePage due_folders(const Archive& archive, const DueQuery& query);

/// How many folders fall due in a year, by what happens to them.
struct DueYear {
  int year = 0;
  std::int64_t transfer = 0;
  std::int64_t appraise = 0;
  std::int64_t destroy = 0;
};

/// All years in which retention ends, ascending; folders that are gone are left out.
std::vector<DueYear> due_by_year(const Archive& archive);

}  // namespace eakte::archive
