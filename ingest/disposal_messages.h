#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "archive/xdomea_container.h"
#include "ingest/stages.h"

namespace eakte::ingest {

/// Reads a message of disposal that came from outside, ZIP container or bare XML, in a worker. `schemas` is
/// the directory of the XSDs; empty: only our own checks. Throws Refused (a code xdomea_... of reasons.h),
/// WorkerFailed, Cancelled.
archive::ReadContainer read_disposal_message(const Workers& workers, int input,
                                             const std::filesystem::path& schemas);

}  // namespace eakte::ingest
