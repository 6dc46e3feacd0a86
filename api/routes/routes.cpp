#include "api/routes/routes.h"

#include <nlohmann/json.hpp>

#include "api/http/problem.h"
#include "api/http/record_shapes.h"
#include "archive/access_lock.h"

namespace eakte::api {

archive::Document document_of(const Tenant& tenant, const Request& request) {
  const std::string& id = request.captures.at(0);
  if (!archive::is_id(id)) throw not_found();
  archive::Document document = tenant.archive.document({id});
  require_readable(tenant.archive, reader_of(tenant, request), document);
  return document;
}

Reader reader_of(const Tenant& tenant, const Request& request) {
  return reader_named(tenant.archive, request.actor);
}

bool may_read(const Tenant& tenant, const Request& request, const archive::Document& document) {
  return may_read(tenant.archive, reader_of(tenant, request), document);
}

Json folder_for(const Tenant& tenant, const Request& request, const archive::FolderId& id) {
  Json json = folder_record_json(tenant, archive::folder_record(tenant.archive, id), archive::today());
  const bool locked = archive::access_locked(tenant.archive, id, archive::today());
  json["access_locked"] = locked;
  if (locked && !reader_of(tenant, request).sees_locked) json["documents"] = Json::array();
  return json;
}

ingest::Intake intake_of(const Tenant& tenant, const Request& request) {
  const std::string& id = request.captures.at(0);
  if (!archive::is_id(id)) throw not_found();
  return tenant.queue.intake({id});
}

std::function<Response(const Request&)> handler(const Application& application, Handler handle) {
  return [&application, handle](const Request& request) { return handle(application, request); };
}

void add_small_route(Router& router, const Application& application, const char* method, const char* pattern,
                     Lane lane, Handler handle) {
  constexpr std::uint64_t most_bytes = 8192;
  router.add({.method = method,
              .pattern = pattern,
              .handle = handler(application, handle),
              .lane = lane,
              .max_body = most_bytes});
}

void add_routes(Router& router, const Application& application) {
  add_status_routes(router, application);
  add_intake_routes(router, application);
  add_event_routes(router, application);
  add_search_routes(router, application);
  add_document_routes(router, application);
  add_rendition_routes(router, application);
  add_page_routes(router, application);
  add_file_plan_routes(router, application);
  add_reason_routes(router, application);
  add_audit_routes(router, application);
  add_fixity_routes(router, application);
  add_evidence_routes(router, application);
  add_scan_check_routes(router, application);
  add_session_routes(router, application);
  add_account_routes(router, application);
  add_folder_routes(router, application);
  add_structure_routes(router, application);
  add_retention_routes(router, application);
  add_destruction_routes(router, application);
  add_disposal_routes(router, application);
  add_destruction_record_routes(router, application);
  add_erasure_routes(router, application);
  add_package_routes(router, application);
  // Last: it takes every other address.
  add_web_routes(router, application);
}

}  // namespace eakte::api
