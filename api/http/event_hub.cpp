#include "api/http/event_hub.h"

#include <nlohmann/json.hpp>

#include "api/http/shapes.h"

namespace eakte::api {

EventHub::EventHub(Service& service, Post post, std::function<void(ServerSentEvent)> deliver)
    : service_(service), deliver_(std::move(deliver)), pending_(std::make_shared<Pending>()) {
  pending_->post_telling = [this, post = std::move(post)] { post([this] { tell_changes(); }); };
  subscription_ = service.progress.subscribe([pending = pending_](const ingest::Progress& progress) {
    pending->note({progress.tenant, progress.intake});
  });
}

void EventHub::intake_changed(const std::string& tenant, const archive::IntakeId& id) {
  pending_->note({tenant, id});
}

void EventHub::archive_changed(const std::string& tenant) { pending_->note({tenant, {}}); }

void EventHub::listening(bool begins) {
  const std::lock_guard lock(pending_->mutex);
  pending_->listeners += begins ? 1 : -1;
}

void EventHub::close() {
  subscription_.reset();
  const std::lock_guard lock(pending_->mutex);
  pending_->closed = true;
}

void EventHub::Pending::note(Change change) {
  const std::lock_guard lock(mutex);
  if (closed || listeners == 0) return;
  changes.insert(std::move(change));
  if (!std::exchange(posted, true)) post_telling();
}

void EventHub::tell_changes() {
  std::set<Change> changes;
  {
    const std::lock_guard lock(pending_->mutex);
    pending_->posted = false;
    if (pending_->closed) return;
    changes.swap(pending_->changes);
  }
  for (const Change& change : changes) {
    try {
      tell(change);
    } catch (const archive::Error&) {
      // An event is only a hint to look again; the request that looks reports what is wrong.
      continue;
    }
  }
}

void EventHub::tell(const Change& change) {
  const auto& [name, id] = change;
  const Tenant& tenant = service_.tenant(name);
  if (id.empty()) {
    const Json data{{"tenant", name}, {"revision", tenant.archive.revision()}};
    deliver_({name, "archive", "event: archive\ndata: " + json_text(data) + "\n\n"});
    return;
  }
  const ingest::Intake intake = tenant.queue.intake(id);
  deliver_(
      {name, id.text, "event: intake\ndata: " + json_text(intake_json(service_, tenant, intake)) + "\n\n"});
  if (intake.state == ingest::IntakeState::filed || intake.state == ingest::IntakeState::review) {
    archive_changed(name);
  }
}

}  // namespace eakte::api
