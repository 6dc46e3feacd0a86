#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "archive/id.h"

namespace eakte::ingest {

/// Something a waiting person wants to see move.
struct Progress {
  std::string tenant;
  archive::IntakeId intake;
  std::string state;  ///< name of the intake state
  std::string stage;  ///< "accept", "read", "render", "file"; empty when it has ended
  int pages_done = 0;
  int pages_total = 0;  ///< 0 while unknown
};

/// Tells every subscriber of progress, on the thread that publishes. Thread-safe.
class ProgressFeed {
public:
  using Listener = std::function<void(const Progress&)>;
  /// Listening ends when the returned handle is destroyed. The listener must be quick and must not throw.
  std::shared_ptr<void> subscribe(Listener listener);
  void publish(const Progress& progress);
  /// What was last published of an intake that is being worked on; nothing known: pages_total 0.
  Progress latest(const archive::IntakeId& id) const;

private:
  mutable std::mutex mutex_;
  std::vector<std::weak_ptr<Listener>> listeners_;
  std::vector<Progress> current_;
};

}  // namespace eakte::ingest
