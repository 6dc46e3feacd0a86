#include "ingest/progress_feed.h"

#include <algorithm>

namespace eakte::ingest {

std::shared_ptr<void> ProgressFeed::subscribe(Listener listener) {
  auto handle = std::make_shared<Listener>(std::move(listener));
  const std::scoped_lock lock(mutex_);
  listeners_.push_back(handle);
  return handle;
}

void ProgressFeed::publish(const Progress& progress) {
  std::vector<std::shared_ptr<Listener>> listeners;
  {
    const std::scoped_lock lock(mutex_);
    std::erase_if(current_, [&](const Progress& known) { return known.intake == progress.intake; });
    if (!progress.stage.empty()) current_.push_back(progress);
    std::erase_if(listeners_, [](const std::weak_ptr<Listener>& listener) { return listener.expired(); });
    for (const auto& listener : listeners_) {
      if (auto alive = listener.lock()) listeners.push_back(std::move(alive));
    }
  }
  for (const auto& listener : listeners) (*listener)(progress);
}

Progress ProgressFeed::latest(const archive::IntakeId& id) const {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find(current_, id, &Progress::intake);
  return found == current_.end() ? Progress{} : *found;
}

}  // namespace eakte::ingest
