#pragma once
#include <unistd.h>

#include <string>

namespace eakte::testing {

/// The running test program: one that is its own worker is started again by this path.
inline std::string this_program() {
  std::string path(4096, '\0');
  path.resize(static_cast<std::size_t>(readlink("/proc/self/exe", path.data(), path.size())));
  return path;
}

}  // namespace eakte::testing
