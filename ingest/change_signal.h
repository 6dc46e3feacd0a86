#pragma once
#include <chrono>
#include <filesystem>
#include <stop_token>

namespace eakte::ingest {

/// Tells other processes on the same tenant's directory that the catalogue has changed, by touching a file
/// that they watch with inotify. Neither side polls.
class ChangeSignal {
public:
  /// `directory` is the tenant's.
  explicit ChangeSignal(const std::filesystem::path& directory);
  ~ChangeSignal();
  ChangeSignal(const ChangeSignal&) = delete;
  ChangeSignal& operator=(const ChangeSignal&) = delete;

  /// To be called after the commit. Reaches every process that waits, this one too.
  void notify() const;
  /// Waits for a notification since the object was made or the last wait ended. False when stopped or when
  /// `at_most` has passed.
  bool wait(const std::stop_token& stop, std::chrono::milliseconds at_most = std::chrono::hours(1)) const;

private:
  std::filesystem::path file_;
  int watch_ = -1;
};

}  // namespace eakte::ingest
