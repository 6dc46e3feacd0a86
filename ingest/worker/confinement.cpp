#include "ingest/worker/confinement.h"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>

#include "ingest/error.h"

namespace eakte::ingest {
namespace {

void limit(decltype(RLIMIT_AS) resource, rlim_t soft, rlim_t hard, const char* name) {
  const rlimit value{soft, hard};
  if (setrlimit(resource, &value) != 0)
    throw Error(fmt::format("cannot limit {}: {}", name, std::strerror(errno)));
}

#if !defined(__SANITIZE_ADDRESS__)
std::int64_t address_space_in_use() {
  std::int64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * sysconf(_SC_PAGESIZE);
}
#endif

}  // namespace

void confine(const Confinement& limits) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    throw Error(fmt::format("prctl: {}", std::strerror(errno)));
  }
#if !defined(__SANITIZE_ADDRESS__)  // the sanitizer's shadow memory needs terabytes of address space
  const auto memory = static_cast<rlim_t>(address_space_in_use() + limits.memory_bytes);
  limit(RLIMIT_AS, memory, memory, "memory");
#endif
  const auto cpu = static_cast<rlim_t>(limits.cpu_seconds);
  limit(RLIMIT_CPU, cpu, cpu + 5, "CPU time");
  limit(RLIMIT_FSIZE, static_cast<rlim_t>(limits.file_bytes), static_cast<rlim_t>(limits.file_bytes),
        "file size");
  limit(RLIMIT_NOFILE, static_cast<rlim_t>(limits.open_files), static_cast<rlim_t>(limits.open_files),
        "open files");
  limit(RLIMIT_CORE, 0, 0, "core files");
}

}  // namespace eakte::ingest
