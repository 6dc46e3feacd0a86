#pragma once
#include <string_view>
#include <vector>

#include "archive/file_plan_exchange.h"
#include "archive/plan/raw_plan.h"

namespace eakte::archive {

// One reader per form of exchange. What cannot be read at all is told in `problems`; what was read is
// returned.

RawPlan plan_from_yaml(std::string_view text, std::vector<PlanProblem>& problems);
RawPlan plan_from_csv(std::string_view text, std::vector<PlanProblem>& problems);
RawPlan plan_from_xdomea(std::string_view text, std::vector<PlanProblem>& problems);

/// Reads a rule in one line (rule_notation).
RawRule rule_from_notation(const RawText& notation, std::vector<PlanProblem>& problems);

/// Makes the plan, with everything inherited filled in, and tells everything that is wrong with it.
FilePlan checked_plan(const RawPlan& raw, std::vector<PlanProblem>& problems);

}  // namespace eakte::archive
