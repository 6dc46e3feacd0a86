#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/commands/actor.h"
#include "api/commands/json_line.h"
#include "api/data_directory.h"
#include "ingest/change_signal.h"

namespace eakte::api {
namespace {

archive::DocumentFields corrected(archive::DocumentFields fields, const ConfirmOptions& options,
                                  const archive::FilePlan& plan) {
  const auto take = [](const std::optional<std::string>& given, std::string& field) {
    if (given) field = *given;
  };
  take(options.title, fields.title);
  take(options.document_type, fields.document_type);
  take(options.sender, fields.sender);
  take(options.recipient, fields.recipient);
  take(options.reference, fields.reference);
  if (options.document_date) {
    fields.document_date = archive::date_from_iso(*options.document_date);
    if (!fields.document_date && !options.document_date->empty())
      throw Error("--date: erwartet wird ein Kalendertag der Form 2026-11-21.");
  }
  if (options.plan_entry && *options.plan_entry != fields.plan_entry) {
    const archive::FilePlanEntry* entry = plan.find(*options.plan_entry);
    if (!options.plan_entry->empty() && (entry == nullptr || !entry->takes_folders))
      throw Error("Diesen Platz im Aktenplan gibt es nicht, oder er nimmt keine Dokumente auf.");
    fields.plan_entry = *options.plan_entry;
    // Folder and case belong to the entry left.
    fields.folder = {};
    fields.open_case = {};
  }
  return fields;
}

}  // namespace

int run_confirm(const ConfirmOptions& options) {
  const Config config = read_config(options.data / "eakte.toml");
  const auto service = open_service(options.data, config);
  Tenant& tenant = service->tenant(chosen_tenant(options.data, config, options.tenant));
  const std::string actor =
      acting_person(tenant.archive, options, {archive::Role::clerk, archive::Role::records_manager});
  if (!archive::is_id(options.document)) throw Error("Das ist keine Kennung eines Dokuments.");
  const archive::Document document = tenant.archive.document({options.document});
  require_readable(tenant.archive, reader_named(tenant.archive, actor), document);
  const archive::Document confirmed = tenant.archive.confirm(
      document.id, corrected(document.content.fields, options, tenant.archive.file_plan()), actor,
      [&document](archive::Connection& connection) {
        ingest::IntakeQueue::mark_filed(connection, document.content.intake, document.id,
                                        archive::DocumentState::filed);
      });
  // A running service follows the signal; without one the search is brought up to date here.
  if (const auto lock = ServiceLock::try_take(options.data)) tenant.index.catch_up(tenant.archive);
  ingest::ChangeSignal(tenant.archive.directory()).notify();
  const archive::DocumentFields& fields = confirmed.content.fields;
  if (options.form == OutputForm::json) {
    print_json(nlohmann::json{{"document", confirmed.id.text},
                              {"revision", confirmed.revision},
                              {"document_type", fields.document_type},
                              {"plan_entry", fields.plan_entry}});
  } else {
    fmt::print("{} bestätigt: {}, Aktenplan {}\n", confirmed.id.text,
               fields.document_type.empty() ? "ohne Dokumentart" : fields.document_type,
               fields.plan_entry.empty() ? "offen" : fields.plan_entry);
  }
  return 0;
}

}  // namespace eakte::api
