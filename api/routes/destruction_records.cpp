#include <nlohmann/json.hpp>

#include "api/destruction_record_page.h"
#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "archive/destruction.h"

namespace eakte::api {
namespace {

archive::Destruction done_destruction(const Tenant& tenant, const Request& request) {
  const std::string& id = request.captures.at(0);
  if (!archive::is_id(id)) throw not_found();
  archive::Destruction destruction = archive::destruction(tenant.archive, {id});
  if (destruction.state != archive::DestructionState::done)
    throw not_found("Ein Vernichtungsprotokoll entsteht erst, wenn die Akte vernichtet ist.");
  return destruction;
}

/// The bytes whose SHA-256 the audit trail has.
Response record(const Application& application, const Request& request) {
  const archive::Destruction destruction = done_destruction(application.tenant_of(request), request);
  Response response;
  response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  response.body = destruction.record;
  return response;
}

Response record_page(const Application& application, const Request& request) {
  const archive::Destruction destruction = done_destruction(application.tenant_of(request), request);
  Response response;
  response.headers.emplace_back("Content-Type", "text/html; charset=utf-8");
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"Vernichtungsprotokoll-" +
                                                           destruction.id.text + ".html\"");
  response.body = destruction_record_page(destruction.record);
  return response;
}

Response tombstone(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  const std::string& id = request.captures.at(0);
  const auto found = archive::is_id(id) ? archive::tombstone_of(tenant.archive, {id}) : std::nullopt;
  if (!found) throw not_found("Ein vernichtetes Dokument dieser Kennung gibt es nicht.");
  return json_response(
      {{"document", found->document.text},
       {"intake", found->intake.text},
       {"destruction", found->destruction.id.text},
       {"folder", {{"id", found->destruction.folder.text}, {"reference", found->destruction.reference}}},
       {"person", found->person},
       {"state", archive::name_of(found->destruction.state)},
       {"done_at", found->destruction.done_at}});
}

}  // namespace

void add_destruction_record_routes(Router& router, const Application& application) {
  const auto with = [&](const char* pattern, Response (*handle)(const Application&, const Request&)) {
    router.add(
        {.method = "GET", .pattern = pattern, .handle = [&application, handle](const Request& request) {
           return handle(application, request);
         }});
  };
  with("/api/v1/destructions/{}/record", record);
  with("/api/v1/destructions/{}/record.html", record_page);
  with("/api/v1/tombstones/{}", tombstone);
}

}  // namespace eakte::api
