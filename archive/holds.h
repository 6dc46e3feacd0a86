#pragma once
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

/// A Löschsperre: while one stands, its folder is not disposed of; the retention end does not move (RT-07).
struct DisposalHold {
  HoldId id;
  FolderId folder;
  std::string reason;  ///< German, for people: "Klageverfahren 4 K 12/26"
  std::string owner;   ///< who decides about it: an office or account
  std::string placed_at;
  std::string placed_by;
  Date review_on{};  ///< when somebody looks whether it is still needed
  std::optional<std::string> lifted_at;
  std::string lifted_by;
  std::string lift_reason;
};

struct NewHold {
  std::string reason;
  std::string owner;
  Date review_on{};
};

/// Places the hold on each of the folders, all or none. Throws NotFound; Error when reason or owner is empty;
/// Conflict when a folder is destroyed or transferred.
std::vector<HoldId> place_hold(Archive& archive, const std::vector<FolderId>& folders, const NewHold& hold,
                               const std::string& actor);

/// Lifts this hold and no other. Throws NotFound; Error without a reason; Conflict when it is lifted already.
void lift_hold(Archive& archive, const HoldId& id, const std::string& reason, const std::string& actor);

/// All holds of a folder, standing and lifted, oldest first.
std::vector<DisposalHold> holds_of(const Archive& archive, const FolderId& folder);

/// Standing holds to be reviewed up to a day, most urgent first, at most `limit`.
std::vector<DisposalHold> holds_to_review(const Archive& archive, Date until, int limit);

}  // namespace eakte::archive
