#pragma once
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace eakte::api {

/// A bar on standard error, shown only on a terminal and only when the work takes longer than two seconds.
/// Thread-safe.
class ProgressBar {
public:
  explicit ProgressBar(std::string what);
  ~ProgressBar();  ///< clears the line
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(std::int64_t done, std::int64_t all);
  /// Removes the bar so that something can be printed; the next show() draws it again.
  void hide();

private:
  std::mutex mutex_;
  std::string what_;
  std::chrono::steady_clock::time_point began_;
  bool terminal_;
  bool drawn_ = false;
};

}  // namespace eakte::api
