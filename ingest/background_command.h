#pragma once
#include <stop_token>
#include <string>
#include <vector>

namespace eakte::ingest {

/// Runs a program at low priority, without input and with its output thrown away, and returns its exit status
/// (128 and the signal's number when one ended it). Ended by SIGTERM when `stop` is requested. Throws Error
/// when it cannot be started.
int run_in_background(const std::vector<std::string>& command, const std::stop_token& stop);

}  // namespace eakte::ingest
