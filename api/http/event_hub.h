#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "api/service.h"

namespace eakte::api {

/// A server-sent event, ready to be written.
struct ServerSentEvent {
  std::string tenant;
  std::string key;   ///< events of one key replace each other while they wait
  std::string text;  ///< with field names and the empty line at the end
};

/// Turns what moves in the service into events. Progress comes on foreign threads and often; what has
/// changed is only noted there, and a job on the handlers' pool reads the intakes as they then stand, so that
/// a burst of pages becomes one event. Nobody listening: nothing is done. Thread-safe.
class EventHub {
public:
  using Post = std::function<void(std::function<void()>)>;

  /// `post` runs a job on another thread; `deliver` is called from such jobs. Neither is called after
  /// close().
  EventHub(Service& service, Post post, std::function<void(ServerSentEvent)> deliver);

  void intake_changed(const std::string& tenant, const archive::IntakeId& id);
  void archive_changed(const std::string& tenant);
  /// One more listener, or one less.
  void listening(bool begins);
  void close();

private:
  using Change = std::pair<std::string, archive::IntakeId>;  ///< an empty intake: the archive itself

  /// What has changed and was not told yet. Shared with the listener of the progress feed, which may still
  /// run on a foreign thread while the hub closes.
  struct Pending {
    std::mutex mutex;
    std::set<Change> changes;
    int listeners = 0;
    bool posted = false;
    bool closed = false;
    std::function<void()> post_telling;
    void note(Change change);
  };
  void tell_changes();
  void tell(const Change& change);

  Service& service_;
  std::function<void(ServerSentEvent)> deliver_;
  std::shared_ptr<Pending> pending_;
  std::shared_ptr<void> subscription_;
};

}  // namespace eakte::api
