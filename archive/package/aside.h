#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "archive/storage/durable_file.h"

namespace eakte::archive {

/// The directory a package is written in, beside the place where it is to stand:
/// "<target>.unvollstaendig-<id>". Gone with this object unless it was given its name; locked as long as it
/// lives, so that what a killed export left can be told from what another one is writing.
class Aside {
public:
  /// Throws Conflict when `target` is there, StorageFailure.
  explicit Aside(const std::filesystem::path& target);
  ~Aside();
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

  const std::filesystem::path& path() const { return aside_; }

  /// Everything written below is durable when this returns.
  void sync() const;
  /// Throws Conflict when the name was taken meanwhile.
  void give_name();

private:
  std::filesystem::path target_;
  std::filesystem::path aside_;
  Descriptor lock_;
  bool done_ = false;
};

/// Removes what exports that were killed left in the directory in which `target` is to stand: directories
/// named as Aside names them, locked by nobody. Returns their names.
std::vector<std::string> remove_killed_exports(const std::filesystem::path& target);

}  // namespace eakte::archive
