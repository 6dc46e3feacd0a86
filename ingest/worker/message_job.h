#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace eakte::ingest {

/// message: a message of disposal, in its container or bare. Request: `schemas` (directory of XSDs, may be
/// empty). Descriptors: input. Throws Refused.
std::string read_message_job(const nlohmann::json& request, const std::vector<int>& descriptors);

}  // namespace eakte::ingest
