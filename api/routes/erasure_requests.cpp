#include "archive/erasure_requests.h"

#include <nlohmann/json.hpp>

#include "api/erasure_search.h"
#include "api/http/json_body.h"
#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "archive/refusals.h"

namespace eakte::api {
namespace {

using archive::ErasureRequest;

constexpr int most_requests = 1000;
constexpr std::size_t longest = 2000;

archive::ErasureRequestId id_of(const Request& request) {
  const std::string& id = request.captures.at(0);
  if (!archive::is_id(id)) throw not_found();
  return {id};
}

/// What an item is called, as long as it is there.
Json names_of(const archive::Archive& archive, const archive::ErasureItem& item) {
  Json names{{"title", ""}, {"reference", ""}};
  try {
    const archive::Document document = archive.document(item.document);
    const archive::NewDocument& content = document.content;
    names["title"] = content.fields.title.empty() ? content.original_name : content.fields.title;
    if (!item.folder.text.empty()) names["reference"] = archive.folder(item.folder).reference;
  } catch (const archive::NotFound&) {
    return names;  // destroyed since
  }
  return names;
}

Json request_json(const archive::Archive& archive, const ErasureRequest& request) {
  Json items = Json::array();
  for (const archive::ErasureItem& item : request.items) {
    const Json names = names_of(archive, item);
    items.push_back({{"document", item.document.text},
                     {"folder", item.folder.text},
                     {"title", names["title"]},
                     {"reference", names["reference"]},
                     {"decision", archive::name_of(item.decision)},
                     {"code", item.code},
                     {"message", item.code.empty() ? "" : archive::refusal_sentence(item.code)}});
  }
  return {{"id", request.id.text},
          {"person", request.about.person},
          {"address", request.about.address},
          {"reference", request.about.reference},
          {"received_on", archive::to_iso(request.about.received_on)},
          {"answer_by", archive::to_iso(request.answer_by)},
          {"recorded_at", request.recorded_at},
          {"recorded_by", request.recorded_by},
          {"decided_at", request.decided_at},
          {"decided_by", request.decided_by},
          {"letter", request.letter},
          {"items", std::move(items)}};
}

Response list(const Application& application, const Request& request) {
  const archive::Archive& archive = application.tenant_of(request).archive;
  Json all = Json::array();
  for (const ErasureRequest& one : archive::erasure_requests(archive, most_requests))
    all.push_back(request_json(archive, one));
  return json_response({{"requests", std::move(all)}});
}

Response add(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  const archive::NewErasureRequest given{text_in(body, "person"), text_in(body, "address"),
                                         text_in(body, "reference"), date_in(body, "received_on")};
  if (given.person.empty()) throw bad_request("Ein Löschantrag braucht den Namen der Person.");
  if (given.person.size() + given.address.size() + given.reference.size() > longest)
    throw bad_request("Die Angaben sind zu lang.");
  const auto id = archive::record_erasure_request(tenant.archive, given, archive::today(), request.actor);
  return json_response(request_json(tenant.archive, archive::erasure_request(tenant.archive, id)), 201);
}

Response show(const Application& application, const Request& request) {
  const archive::Archive& archive = application.tenant_of(request).archive;
  return json_response(request_json(archive, archive::erasure_request(archive, id_of(request))));
}

/// What may concern the person.
Response find(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  const ErasureRequest about = archive::erasure_request(tenant.archive, id_of(request));
  Json found = Json::array();
  for (const archive::DocumentId& id : documents_concerning(tenant, about.about))
    found.push_back(document_summary_json(tenant, tenant.archive.document(id)));
  return json_response({{"documents", std::move(found)}});
}

Response decide(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  std::vector<archive::DocumentId> documents;
  for (const std::string& id : texts_in(json_body(request), "documents")) {
    if (!archive::is_id(id)) throw not_found();
    documents.push_back({id});
  }
  const ErasureRequest decided =
      archive::decide_erasure(tenant.archive, id_of(request), documents, archive::today(), request.actor);
  if (tenant.processor) tenant.processor->wake();
  return json_response(request_json(tenant.archive, decided));
}

Response lift(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const std::string& id = request.captures.at(0);
  if (!archive::is_id(id)) throw not_found();
  archive::lift_restriction(tenant.archive, {id}, request.actor);
  if (tenant.processor) tenant.processor->wake();
  return json_response(document_json(tenant, tenant.archive.document({id})));
}

}  // namespace

void add_erasure_routes(Router& router, const Application& application) {
  const auto with = [&](const char* method, const char* pattern,
                        Response (*handle)(const Application&, const Request&)) {
    router.add(
        {.method = method, .pattern = pattern, .handle = [&application, handle](const Request& request) {
           return handle(application, request);
         }});
  };
  with("GET", "/api/v1/erasure-requests", list);
  with("POST", "/api/v1/erasure-requests", add);
  with("GET", "/api/v1/erasure-requests/{}", show);
  with("GET", "/api/v1/erasure-requests/{}/documents", find);
  with("POST", "/api/v1/erasure-requests/{}/decide", decide);
  with("POST", "/api/v1/documents/{}/lift-restriction", lift);
}

}  // namespace eakte::api
