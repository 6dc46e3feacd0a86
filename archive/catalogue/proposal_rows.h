#pragma once
#include <algorithm>
#include <array>
#include <string_view>

#include "archive/database.h"

namespace eakte::archive {

/// Reads what every proposal that somebody decides on has in its row: state (by its name), reason, who and
/// when.
template <class Proposal, std::size_t count>
void read_proposal(const Row& row, const std::array<std::string_view, count>& state_names,
                   Proposal& proposal) {
  const auto* const state = std::ranges::find(state_names, row.text("state"));
  proposal.state = static_cast<decltype(proposal.state)>(state - state_names.begin());
  proposal.reason = row.text("reason");
  proposal.proposed_by = row.text("proposed_by");
  proposal.proposed_at = row.text("proposed_at");
  proposal.decided_by = row.text("decided_by");
  proposal.decided_at = row.text("decided_at");
  proposal.decision_reason = row.text("decision_reason");
}

}  // namespace eakte::archive
