#include <nlohmann/json.hpp>

#include "api/config.h"
#include "api/http/disposition.h"
#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "api/shapes_of_proof.h"
#include "archive/incidents.h"

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

}  // namespace

void add_evidence_routes(Router& router, const Application& application) {
  router.add({.method = "GET",
              .pattern = "/api/v1/documents/{}/evidence",
              .handle = [&application](const Request& request) { return record_of(application, request); }});
  router.add(
      {.method = "GET", .pattern = "/api/v1/evidence", .handle = [&application](const Request& request) {
         const Tenant& tenant = application.tenant_of(request);
         const Config config = read_config(application.service.data / "eakte.toml");
         return json_response(evidence_json(archive::evidence_status(tenant.archive), config.evidence.tsa));
       }});
}

}  // namespace eakte::api
