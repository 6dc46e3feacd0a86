#include <nlohmann/json.hpp>

#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "api/routes/upload.h"

namespace eakte::api {
namespace {

/// What a form adds to its files: boundaries and part heads.
constexpr std::uint64_t form_overhead = 1'048'576;

std::vector<ingest::IntakeState> states_of(const Request& request) {
  std::vector<ingest::IntakeState> states;
  for (const std::string& name : request.all_parameters("state")) {
    const auto state = ingest::intake_state_from(name);
    if (!state) throw bad_request("Diesen Zustand eines Eingangs gibt es nicht.");
    states.push_back(*state);
  }
  return states;
}

/// The intake an address names, for one who may read its document.
ingest::Intake visible_intake(const Tenant& tenant, const Request& request) {
  ingest::Intake intake = intake_of(tenant, request);
  if (const auto document = document_behind(tenant, intake))
    require_readable(tenant.archive, reader_of(tenant, request), *document);
  return intake;
}

Response list_intakes(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  const ingest::IntakeList list = tenant.queue.list(
      states_of(request), std::string(request.parameter("cursor")), request.number("limit", 50, 1, 200));
  Json intakes = Json::array();
  for (const ingest::Intake& intake : list.intakes) {
    const auto document = document_behind(tenant, intake);
    if (!document || may_read(tenant, request, *document))
      intakes.push_back(intake_json(application.service, tenant, intake));
  }
  return json_response({{"intakes", std::move(intakes)}, {"next", list.next}});
}

Response show_intake(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  const ingest::Intake intake = visible_intake(tenant, request);
  Json json = intake_json(application.service, tenant, intake);
  json.update(batch_json(tenant, intake));
  return json_response(json);
}

Response join_intake(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const ingest::Intake intake = tenant.queue.join(visible_intake(tenant, request).id, request.actor);
  if (tenant.processor) tenant.processor->wake();
  application.events.intake_changed(tenant.name, intake.id);
  return json_response(intake_json(application.service, tenant, intake));
}

Response cancel_intake(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  const ingest::Intake intake = visible_intake(tenant, request);
  if (!tenant.processor) throw busy();
  if (!tenant.processor->cancel(intake.id, request.actor)) {
    throw Problem(409, "conflict",
                  "Die Verarbeitung war schon beendet und kann nicht mehr abgebrochen werden.");
  }
  application.events.intake_changed(tenant.name, intake.id);
  return json_response(intake_json(application.service, tenant, tenant.queue.intake(intake.id)));
}

Response retry_intake(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const ingest::Intake intake = tenant.queue.retry(visible_intake(tenant, request).id, request.actor);
  if (tenant.processor) tenant.processor->wake();
  application.events.intake_changed(tenant.name, intake.id);
  return json_response(intake_json(application.service, tenant, intake));
}

}  // namespace

void add_intake_routes(Router& router, const Application& application) {
  const auto with = [&application](Response (*handle)(const Application&, const Request&)) {
    return [&application, handle](const Request& request) { return handle(application, request); };
  };
  router.add({.method = "POST",
              .pattern = "/api/v1/intakes",
              .handle = nullptr,
              .open = [&application](
                          const Request& request) { return std::make_unique<Upload>(application, request); },
              .max_body = application.max_upload_bytes + form_overhead});
  router.add({.method = "GET", .pattern = "/api/v1/intakes", .handle = with(list_intakes)});
  router.add({.method = "GET", .pattern = "/api/v1/intakes/{}", .handle = with(show_intake)});
  router.add({.method = "POST", .pattern = "/api/v1/intakes/{}/cancel", .handle = with(cancel_intake)});
  router.add({.method = "POST", .pattern = "/api/v1/intakes/{}/join", .handle = with(join_intake)});
  router.add({.method = "POST", .pattern = "/api/v1/intakes/{}/retry", .handle = with(retry_intake)});
}

}  // namespace eakte::api
