#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace eakte::ingest {

/// file_plan: a file plan from outside. Request: `format` (yaml, csv, xdomea; empty: as it looks).
/// Descriptors: input. Reply: `csv`, our own form of the plan, or `problems`.
std::string read_file_plan_job(const nlohmann::json& request, const std::vector<int>& descriptors);

}  // namespace eakte::ingest
