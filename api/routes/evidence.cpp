#include <nlohmann/json.hpp>

#include "api/config.h"
#include "api/data_directory.h"
#include "api/http/disposition.h"
#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "api/shapes_of_proof.h"
#include "archive/evidence_report.h"
#include "archive/incidents.h"
#include "ingest/background_command.h"

namespace eakte::api {
namespace {

Response record_of(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const archive::Document document = document_of(tenant, request);
  const auto evidence = archive::evidence_of(tenant.archive, document.id);
  if (!evidence) {
    throw not_found(
        "Für dieses Dokument gibt es noch keinen Beweisdatensatz; er entsteht, wenn der Tag vorbei ist.");
  }
  archive::record_reading(tenant.archive, document, archive::Seen::bytes, "evidence", actor_of(request));
  Response response;
  response.headers = {
      {"Content-Type", "application/octet-stream"},
      {"Content-Disposition", content_disposition(Disposition::attachment, document.id.text + ".ers")},
      {"Cache-Control", "private, no-cache"}};
  response.body = evidence->record;
  return response;
}

constexpr int days_shown = 400;

Json report(const Application& application, const Tenant& tenant) {
  const Config config = read_config(application.service.data / "eakte.toml");
  const archive::Expiries expiries = archive::noted_expiries(tenant.archive);
  Json json = evidence_json(archive::evidence_status(tenant.archive), config.evidence.tsa, expiries,
                            proof_warnings(tenant.archive, expiries));
  json["list"] = Json::array();
  for (const archive::ReportedDay& day : archive::reported_days(tenant.archive, days_shown)) {
    json["list"].push_back({{"day", day.day},
                            {"documents", day.documents},
                            {"last_entry", day.last_entry},
                            {"stamped_at", day.stamped_at},
                            {"renewed_at", day.renewed_at}});
  }
  const auto checked = archive::noted_verification(tenant.archive);
  json["checked"] = checked ? Json{{"at", checked->at}, {"problems", checked->problems}} : Json(nullptr);
  return json;
}

/// Time stamps are foreign: a process of its own reads them.
Response check(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  const int status = ingest::run_in_background({program_path(), "evidence", "check", "--data",
                                                application.service.data.string(), "--tenant", tenant.name},
                                               application.stop);
  constexpr int found_something = 1;
  if (status != 0 && status != found_something)
    throw Problem(500, "internal", "Die Prüfung ist abgebrochen. Bitte noch einmal versuchen.");
  return json_response(report(application, tenant));
}

}  // namespace

void add_evidence_routes(Router& router, const Application& application) {
  router.add({.method = "GET",
              .pattern = "/api/v1/documents/{}/evidence",
              .handle = [&application](const Request& request) { return record_of(application, request); }});
  router.add(
      {.method = "GET", .pattern = "/api/v1/evidence", .handle = [&application](const Request& request) {
         return json_response(report(application, application.tenant_of(request)));
       }});
  router.add({.method = "POST",
              .pattern = "/api/v1/evidence/check",
              .handle = [&application](const Request& request) { return check(application, request); },
              .lane = Lane::slow});
}

}  // namespace eakte::api
