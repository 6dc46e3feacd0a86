#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "archive/file_plan_versions.h"

namespace eakte::api {

// The file plan as it is told to people and programs; commands and routes say the same.

std::string_view german_name(archive::ProposalState state);
std::string_view german_name(archive::FolderEffect::Kind kind);

/// With everything an entry inherits filled in.
nlohmann::ordered_json to_json(const archive::FilePlanEntry& entry);
nlohmann::ordered_json to_json(const archive::FilePlan& plan);
nlohmann::ordered_json to_json(const archive::PlanProblem& problem);
nlohmann::ordered_json to_json(const std::vector<archive::PlanProblem>& problems);
nlohmann::ordered_json to_json(const archive::EntryChange& change);
nlohmann::ordered_json to_json(const std::vector<archive::EntryChange>& changes);
nlohmann::ordered_json to_json(const archive::PlanPreview& preview);
nlohmann::ordered_json to_json(const archive::PlanProposal& proposal);
nlohmann::ordered_json to_json(const archive::PlanVersion& version, bool in_force);

/// A version of the plan, or the one in force where `version` is empty, in a form to be handed to others. An
/// xdomea message is from the tenant. Throws NotFound.
std::string exported_plan(const archive::Archive& archive, const std::string& version,
                          archive::PlanFormat format);

}  // namespace eakte::api
