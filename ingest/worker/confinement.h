#pragma once
#include <cstdint>

namespace eakte::ingest {

struct Confinement {
  std::int64_t memory_bytes = 0;  ///< beyond what the process holds already
  std::int64_t file_bytes = 0;
  int cpu_seconds = 0;
  int open_files = 0;
};

/// Takes away from this process what a parser of foreign bytes does not need: resource limits, no new
/// privileges, no core files, death with its parent. Namespaces, Landlock and seccomp belong here as well.
/// Throws Error when a limit cannot be set: an unconfined worker must not run.
void confine(const Confinement& limits);

}  // namespace eakte::ingest
