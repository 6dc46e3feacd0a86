#include "api/destruction_duty.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/log.h"
#include "archive/access_lock.h"
#include "archive/destruction_log.h"
#include "archive/file_plan_versions.h"

namespace eakte::api {
namespace {

constexpr std::chrono::hours interval{1};

void execute(Tenant& tenant, const Config& config) {
  try {
    // What is due follows the plan of the day.
    archive::apply_released_file_plans(tenant.archive, archive::today());
    archive::apply_access_locks(tenant.archive, archive::today());
    const ingest::DestructionRunReport report = ingest::run_destructions(
        tenant.archive, tenant.index, destruction_options(config, tenant.name, "system"));
    if (report.begun.begun + report.begun.stopped + report.done == 0) return;
    log(LogLevel::info, "destruction",
        {{"tenant", tenant.name},
         {"begun", std::to_string(report.begun.begun)},
         {"stopped", std::to_string(report.begun.stopped)},
         {"done", std::to_string(report.done)}});
  } catch (const std::exception& error) {
    // Nothing is half destroyed for anybody; the next run goes on.
    log(LogLevel::error, "trouble", {{"tenant", tenant.name}, {"what", error.what()}});
  }
}

}  // namespace

ingest::DestructionRunOptions destruction_options(const Config& config, const std::string& tenant,
                                                  const std::string& actor) {
  ingest::DestructionRunOptions options;
  options.today = archive::today();
  options.actor = actor;
  options.backups_kept_days = config.destruction.backups_kept_days;
  for (const std::string& directory : config.destruction.log_copies)
    options.log_copies.push_back(std::filesystem::path(directory) / (tenant + ".destroyed.log"));
  return options;
}

void apply_destruction_logs(Tenant& tenant, const Config& config) {
  std::vector<std::filesystem::path> logs = destruction_options(config, tenant.name, "system").log_copies;
  logs.push_back(archive::destruction_log_file(tenant.archive));
  const int begun = ingest::apply_destruction_logs(tenant.archive, logs, "system");
  if (begun > 0)
    log(LogLevel::warning, "destruction",
        {{"tenant", tenant.name}, {"applied_again", std::to_string(begun)}});
}

struct DestructionDuty::State {
  Service& service;
  const Config config;
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::jthread thread;

  State(Service& all, const Config& configured) : service(all), config(configured) {}

  void work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      for (const auto& entry : service.tenants) {
        if (!stop.stop_requested()) execute(*entry.second, config);
      }
      std::unique_lock lock(mutex);
      stopped.wait_for(lock, stop, interval, [] { return false; });
    }
  }
};

DestructionDuty::DestructionDuty(Service& service, const Config& config)
    : state_(std::make_unique<State>(service, config)) {
  state_->thread = std::jthread([state = state_.get()](const std::stop_token& stop) { state->work(stop); });
}

DestructionDuty::~DestructionDuty() = default;

}  // namespace eakte::api
