#pragma once
#include <string>
#include <vector>

namespace eakte::ingest {

/// package: an archive package. Descriptors: its directory, the file that gets what it says line by line.
/// Throws Refused (package_not_ours, package_too_new, package_damaged), Error.
std::string read_package_job(const std::vector<int>& descriptors);

}  // namespace eakte::ingest
