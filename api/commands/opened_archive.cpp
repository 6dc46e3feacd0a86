#include "api/commands/opened_archive.h"

#include "api/commands/actor.h"
#include "api/data_directory.h"
#include "api/destruction_duty.h"
#include "ingest/change_signal.h"

namespace eakte::api {
namespace {

std::string clerk_of(archive::Archive& archive, const DataOptions& options) {
  return acting_person(archive, options, {archive::Role::clerk, archive::Role::records_manager});
}

std::string records_manager_of(archive::Archive& archive, const DataOptions& options) {
  return acting_person(archive, options, {archive::Role::records_manager});
}

}  // namespace

ChosenArchive::ChosenArchive(const DataOptions& options)
    : options_(options),
      config(read_config(options.data / "eakte.toml")),
      archive(tenant_directory(options.data, chosen_tenant(options.data, config, options.tenant))) {}

std::string ChosenArchive::clerk() { return clerk_of(archive, options_); }

std::string ChosenArchive::records_manager() { return records_manager_of(archive, options_); }

OpenedArchive::OpenedArchive(const DataOptions& options)
    : options_(options),
      config_(read_config(options.data / "eakte.toml")),
      service_(open_service(options.data, config_)),
      tenant_(service_->tenant(chosen_tenant(options.data, config_, options.tenant))),
      archive(tenant_.archive) {}

std::string OpenedArchive::clerk() { return clerk_of(archive, options_); }

std::string OpenedArchive::records_manager() { return records_manager_of(archive, options_); }

void OpenedArchive::changed() {
  if (const auto lock = ServiceLock::try_take(options_.data)) tenant_.index.catch_up(tenant_.archive);
  ingest::ChangeSignal(archive.directory()).notify();
}

void OpenedArchive::finish_destructions(const std::string& actor) {
  if (const auto lock = ServiceLock::try_take(options_.data))
    ingest::finish_destructions(archive, tenant_.index, destruction_options(config_, tenant_.name, actor));
}

}  // namespace eakte::api
