#include "api/data_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "api/destruction_duty.h"
#include "api/log.h"
#include "archive/access_lock.h"
#include "archive/file_plan_versions.h"
#include "archive/incidents.h"
#include "ingest/learning.h"

namespace eakte::api {

namespace fs = std::filesystem;

namespace {

void log_end(const std::string& tenant, const ingest::Intake& intake) {
  const bool alarming = intake.state == ingest::IntakeState::quarantined;
  log(alarming ? LogLevel::warning : LogLevel::info, "intake",
      {{"tenant", tenant},
       {"intake", intake.id.text},
       {"state", std::string(name_of(intake.state))},
       {"reason", intake.reason},
       {"attempts", std::to_string(intake.attempts)}});
}

/// Tells that the type model is not usable, for which documents need not wait.
void check_model(const archive::Archive& archive) {
  const fs::path file = ingest::model_file(archive.directory());
  try {
    if (fs::exists(file)) ingest::TypeModel::load(file);
  } catch (const ingest::Error& error) {
    log(LogLevel::error, "trouble", {{"tenant", archive.tenant()}, {"what", error.what()}});
  }
}

void require_data_directory(const fs::path& data) {
  if (!fs::is_directory(data / "tenants")) {
    throw Error(fmt::format("{} ist kein Datenverzeichnis; es entsteht mit: eakte init --data {}",
                            data.string(), data.string()));
  }
}

}  // namespace

fs::path tenant_directory(const fs::path& data, const std::string& tenant) {
  return data / "tenants" / tenant;
}

std::vector<std::string> tenant_names(const fs::path& data) {
  require_data_directory(data);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(data / "tenants")) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

std::string chosen_tenant(const fs::path& data, const Config& config, const std::string& given) {
  const std::vector<std::string> names = tenant_names(data);
  if (names.empty())
    throw Error(fmt::format("{} hat keinen Mandanten; er entsteht mit: eakte init", data.string()));
  const std::string& wanted = !given.empty()                   ? given
                              : !config.default_tenant.empty() ? config.default_tenant
                                                               : names.front();
  if (std::ranges::find(names, wanted) == names.end())
    throw Error(fmt::format("Den Mandanten {} gibt es nicht.", wanted));
  return wanted;
}

std::unique_ptr<ServiceLock> ServiceLock::try_take(const fs::path& data) {
  require_data_directory(data);
  const fs::path file = data / "service.lock";
  const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (descriptor < 0) throw Error(fmt::format("{}: {}", file.string(), std::strerror(errno)));
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    close(descriptor);
    return nullptr;
  }
  return std::unique_ptr<ServiceLock>(new ServiceLock(descriptor));
}

ServiceLock::~ServiceLock() { close(descriptor_); }

std::unique_ptr<Service> open_service(const fs::path& data, const Config& config) {
  auto service = std::make_unique<Service>();
  service->data = data;
  for (const std::string& name : tenant_names(data)) {
    auto tenant = std::make_unique<Tenant>(tenant_directory(data, name));
    tenant->disposal = disposal_parties_of(config, name);
    tenant->waiting_days = waiting_days_of(config, name);
    tenant->quarantine_days = quarantine_days_of(config, name);
    tenant->reference_template = reference_template_of(config, name);
    archive::apply_released_file_plans(tenant->archive, archive::today());
    archive::apply_access_locks(tenant->archive, archive::today());
    service->tenants.emplace(name, std::move(tenant));
  }
  service->default_tenant = chosen_tenant(data, config, "");
  return service;
}

void start_processing(Service& service, const Config& config, LogIntakes log_intakes) {
  const std::map<std::string, std::string> settings = settings_in(service.data / "eakte.toml");
  for (const auto& entry : service.tenants)
    archive::record_settings(entry.second->archive, settings, "system");
  service.workers = std::make_unique<ingest::WorkerPool>(worker_path(), config.worker);
  for (const auto& entry : service.tenants) {
    const std::string& name = entry.first;
    const auto& tenant = entry.second;
    ingest::ProcessorOptions options = config.processor;
    options.archive_file = archive_file_of(config, name);
    options.trouble = [name](const std::string& what) {
      log(LogLevel::error, "trouble", {{"tenant", name}, {"what", what}});
    };
    if (log_intakes == LogIntakes::yes) {
      options.ended = [name](const ingest::Intake& end) { log_end(name, end); };
      // Only the service: a command would end before the training does.
      options.train_command = {program_path(),        "classify", "train", "--automatic", "--data",
                               service.data.string(), "--tenant", name};
    }
    archive::remove_unfinished_messages(tenant->archive);
    apply_destruction_logs(*tenant, config);
    check_model(tenant->archive);
    fs::create_directories(tenant->archive.directory() / "work");
    tenant->processor = std::make_unique<ingest::Processor>(
        ingest::ProcessingParts{tenant->archive, tenant->queue, tenant->index, *service.workers,
                                service.progress, ingest::model_file(tenant->archive.directory()).string()},
        options);
  }
}

std::string program_path() { return fs::read_symlink("/proc/self/exe").string(); }

std::string worker_path() {
  const fs::path worker = fs::path(program_path()).replace_filename("eakte-worker");
  if (!fs::exists(worker)) {
    throw Error(
        fmt::format("{} fehlt. Das Programm liest die Dateien und gehört neben eakte: bitte eakte "
                    "vollständig installieren.",
                    worker.string()));
  }
  return worker.string();
}

}  // namespace eakte::api
