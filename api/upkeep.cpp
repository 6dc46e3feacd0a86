#include "api/upkeep.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/data_directory.h"
#include "api/log.h"
#include "ingest/background_command.h"

namespace eakte::api {

struct Upkeep::State {
  std::string data;
  std::vector<std::string> tenants;
  std::chrono::seconds interval;
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::jthread thread;

  void work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      for (const std::string& tenant : tenants) keep_up(tenant, stop);
      std::unique_lock lock(mutex);
      stopped.wait_for(lock, stop, interval, [] { return false; });
    }
  }

  void keep_up(const std::string& tenant, const std::stop_token& stop) const {
    try {
      const int status =
          ingest::run_in_background({program_path(), "upkeep", "--data", data, "--tenant", tenant}, stop);
      if (status == 0 || stop.stop_requested()) return;
      log(LogLevel::error, "trouble",
          {{"tenant", tenant}, {"what", "upkeep ended with status " + std::to_string(status)}});
    } catch (const std::exception& error) {
      log(LogLevel::error, "trouble", {{"tenant", tenant}, {"what", error.what()}});
    }
  }
};

Upkeep::Upkeep(const Service& service, std::chrono::seconds interval) : state_(std::make_unique<State>()) {
  state_->data = service.data.string();
  for (const auto& entry : service.tenants) state_->tenants.push_back(entry.first);
  state_->interval = interval;
  state_->thread = std::jthread([state = state_.get()](const std::stop_token& stop) { state->work(stop); });
}

Upkeep::~Upkeep() = default;

}  // namespace eakte::api
