#include "api/commands/opened_archive.h"

#include "api/commands/actor.h"
#include "api/data_directory.h"
#include "api/destruction_duty.h"
#include "ingest/change_signal.h"

namespace eakte::api {

OpenedArchive::OpenedArchive(const DataOptions& options)
    : options_(options),
      config_(read_config(options.data / "eakte.toml")),
      service_(open_service(options.data, config_)),
      tenant_(service_->tenant(chosen_tenant(options.data, config_, options.tenant))),
      archive(tenant_.archive) {}

std::string OpenedArchive::clerk() {
  return acting_person(archive, options_, {archive::Role::clerk, archive::Role::records_manager});
}

std::string OpenedArchive::records_manager() {
  return acting_person(archive, options_, {archive::Role::records_manager});
}

void OpenedArchive::changed() {
  if (const auto lock = ServiceLock::try_take(options_.data)) tenant_.index.catch_up(tenant_.archive);
  ingest::ChangeSignal(archive.directory()).notify();
}

void OpenedArchive::finish_destructions(const std::string& actor) {
  if (const auto lock = ServiceLock::try_take(options_.data))
    ingest::finish_destructions(archive, tenant_.index, destruction_options(config_, tenant_.name, actor));
}

}  // namespace eakte::api
