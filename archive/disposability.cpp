#include "archive/disposability.h"

#include <algorithm>

namespace eakte::archive {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

bool stands_on(const HoldSpan& hold, Date day) {
  return hold.from <= day && (!hold.until || day <= *hold.until);
}

bool any_stands_on(std::span<const HoldSpan> holds, Date day) {
  return std::ranges::any_of(holds, [&](const HoldSpan& hold) { return stands_on(hold, day); });
}

}  // namespace

bool may_be_disposed_of(const FolderRecord& folder, std::span<const HoldSpan> holds, Date on) {
  return folder.status != FolderStatus::open && folder.closed_on && folder.retention.end &&
         *folder.retention.end < on && !any_stands_on(holds, on);
}

std::optional<Date> disposable_from(const FolderRecord& folder, std::span<const HoldSpan> holds) {
  if (folder.status == FolderStatus::open || !folder.closed_on || !folder.retention.end) return std::nullopt;
  auto day = Date(sys_days(*folder.retention.end) + days(1));
  // Each round passes at least one hold for good.
  for (std::size_t round = 0; round <= holds.size(); ++round) {
    const auto standing =
        std::ranges::find_if(holds, [&](const HoldSpan& hold) { return stands_on(hold, day); });
    if (standing == holds.end()) return day;
    if (!standing->until) return std::nullopt;
    day = Date(sys_days(*standing->until) + days(1));
  }
  return std::nullopt;
}

bool use_is_restricted(const FolderRecord& folder, std::span<const HoldSpan> holds, Date on) {
  return folder.gone_by && *folder.gone_by < on && any_stands_on(holds, on);
}

}  // namespace eakte::archive
