#include <nlohmann/json.hpp>

#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"

namespace eakte::api {
namespace {

index::SortOrder sort_order_of(const Request& request) {
  const std::string_view name = request.parameter("sort");
  if (name.empty() || name == "relevance") return index::SortOrder::relevance;
  if (name == "newest") return index::SortOrder::newest;
  if (name == "oldest") return index::SortOrder::oldest;
  throw bad_request("Diese Sortierung gibt es nicht.");
}

index::Query query_of(const Tenant& tenant, const Request& request) {
  index::Query query;
  query.text = request.parameter("q");
  if (query.text.size() > 2000) throw Problem(400, "bad_query", "Die Suchanfrage ist zu lang.");
  query.tenant = tenant.archive.tenant();
  query.filters = request.all_parameters("filter");
  for (const std::string& filter : query.filters) {
    if (filter.find('=') == std::string::npos) throw bad_request("Ein Filter hat die Form „typ=Rechnung“.");
  }
  query.access = reader_of(tenant, request).access_terms();
  query.sort = sort_order_of(request);
  query.offset = request.number("offset", 0, 0, 10'000);
  query.limit = request.number("limit", 20, 1, 100);
  return query;
}

/// A hit the person may see: a lock that begins today may not be in the index yet.
void add_hit(const Tenant& tenant, const Request& request, const index::Hit& hit, Json& hits) {
  const archive::Document document = tenant.archive.document(hit.document);
  if (!may_read(tenant, request, document)) return;
  Json snippet = Json::array();
  for (const index::SnippetPart& part : hit.snippet)
    snippet.push_back({{"text", part.text}, {"matches", part.matches}});
  hits.push_back({{"document", document_summary_json(tenant, document)},
                  {"page", hit.page},
                  {"snippet", std::move(snippet)}});
}

Json facet_json(const Tenant& tenant, const index::Facet& facet) {
  Json values = Json::array();
  for (const index::FacetValue& value : facet.values) {
    values.push_back({{"value", value.value},
                      {"label", facet_label(tenant, facet.name, value.value)},
                      {"count", value.count}});
  }
  return {{"name", facet.name}, {"values", std::move(values)}};
}

Response search(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  const index::Hits found = tenant.index.search(tenant.archive, query_of(tenant, request));
  Json hits = Json::array();
  for (const index::Hit& hit : found.hits) add_hit(tenant, request, hit, hits);
  Json facets = Json::array();
  for (const index::Facet& facet : found.facets) facets.push_back(facet_json(tenant, facet));
  return json_response({{"total", found.total},
                        {"suggestion", found.suggestion},
                        {"unseen", found.unseen},
                        {"facets", std::move(facets)},
                        {"hits", std::move(hits)}});
}

Response similar(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  const archive::Document document = document_of(tenant, request);
  index::Query query;
  query.tenant = tenant.archive.tenant();
  query.limit = request.number("limit", 10, 1, 50);
  Json hits = Json::array();
  for (const index::Hit& hit : tenant.index.similar(tenant.archive, document.id, query))
    add_hit(tenant, request, hit, hits);
  return json_response({{"hits", std::move(hits)}});
}

}  // namespace

void add_search_routes(Router& router, const Application& application) {
  router.add({.method = "GET", .pattern = "/api/v1/search", .handle = [&application](const Request& request) {
                return search(application, request);
              }});
  router.add({.method = "GET",
              .pattern = "/api/v1/documents/{}/similar",
              .handle = [&application](const Request& request) { return similar(application, request); }});
}

}  // namespace eakte::api
