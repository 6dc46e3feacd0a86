#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace eakte::ingest {

/// What a foreign program that this process starts will not have. The kernel may permit none of it (old
/// kernels, containers); the rest then still holds.
struct Isolation {
  bool network = false;        ///< no network but a loopback that is down
  bool own_directory = false;  ///< `directory` is in memory, seen by nobody else and gone with the process
  std::filesystem::path
      directory;  ///< for the program's files; else made below the usual temporary directory
};

/// Moves this process into namespaces of its own (user, network, mounts, processes of its children). Only for
/// a process of one thread. Throws Error when not even a directory can be made.
Isolation isolate();

/// From here on this process and what it executes read only `readable` (what of it exists) and write only
/// into the directory of `isolation`; TCP is forbidden where the kernel can (Landlock). Sockets may be made
/// in /tmp, where office programs want one. False when the kernel has no Landlock. No new privileges must be
/// set already. Throws nothing and takes no memory: for use between fork and exec.
bool restrict_files(const std::vector<std::string>& readable, const Isolation& isolation) noexcept;

}  // namespace eakte::ingest
