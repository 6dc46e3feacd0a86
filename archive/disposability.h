#pragma once
#include <optional>
#include <span>

#include "archive/life_cycle.h"

namespace eakte::archive {

// Pure rules: what retention and holds together let happen to a folder on a day. Dates are parameters.

/// The days on which a hold stands, the first and the last included; no last day: it stands still.
struct HoldSpan {
  Date from{};
  std::optional<Date> until;
};

/// Whether the periods allow that a closed folder is offered, transferred or destroyed on a day: its
/// retention is over and no hold stands (RT-07). Appraisal and release are other questions.
bool may_be_disposed_of(const FolderRecord& folder, std::span<const HoldSpan> holds, Date on);

/// The first day after the retention end on which no hold stands (Z04). Nothing while the folder is open, its
/// end is unknown, or a hold has no last day.
std::optional<Date> disposable_from(const FolderRecord& folder, std::span<const HoldSpan> holds);

/// Whether a folder is there on a day only because a hold keeps it beyond the day by which it should be gone:
/// its use is restricted then (Art. 18 DSGVO, Z06).
bool use_is_restricted(const FolderRecord& folder, std::span<const HoldSpan> holds, Date on);

}  // namespace eakte::archive
