#include <nlohmann/json.hpp>

#include "api/http/json_body.h"
#include "api/http/problem.h"
#include "api/http/record_shapes.h"
#include "api/routes/routes.h"

namespace eakte::api {
namespace {

constexpr std::size_t most_folders = 1000;
constexpr int most_holds = 1000;

archive::Date day_parameter(const Request& request, std::string_view name) {
  const std::string_view text = request.parameter(name);
  if (text.empty()) return archive::today();
  const auto day = archive::date_from_iso(text);
  if (!day)
    throw bad_request("Die Angabe „" + std::string(name) + "“ ist kein Kalendertag der Form 2026-11-21.");
  return *day;
}

Response due(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  const archive::DueQuery query{.on = day_parameter(request, "on"),
                                .plan_entry = std::string(request.parameter("plan_entry")),
                                .year = request.number("year", 0, 0, 9999),
                                .cursor = std::string(request.parameter("cursor")),
                                .limit = request.number("limit", 100, 1, 1000)};
  if (!query.cursor.empty() && query.cursor.find(',') == std::string::npos)
    throw bad_request("Diese Stelle der Liste gibt es nicht.");
  const archive::DuePage page = archive::due_folders(tenant.archive, query);
  Json folders = Json::array();
  for (const archive::DueFolder& folder : page.folders) folders.push_back(due_folder_json(tenant, folder));
  return json_response(
      {{"on", archive::to_iso(query.on)}, {"folders", std::move(folders)}, {"next", page.next}});
}

Response years(const Application& application, const Request& request) {
  Json all = Json::array();
  for (const archive::DueYear& year : archive::due_by_year(application.tenant_of(request).archive))
    all.push_back(due_year_json(year));
  return json_response({{"years", std::move(all)}});
}

Json holds_json(const Tenant& tenant, const std::vector<archive::DisposalHold>& holds) {
  Json all = Json::array();
  for (const archive::DisposalHold& hold : holds) all.push_back(hold_json(tenant, hold));
  return {{"holds", std::move(all)}};
}

Response list_holds(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  return json_response(holds_json(
      tenant, archive::holds_to_review(tenant.archive, day_parameter(request, "until"), most_holds)));
}

Response place_holds(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  std::vector<archive::FolderId> folders;
  for (const std::string& id : texts_in(body, "folders")) {
    if (!archive::is_id(id)) throw not_found();
    folders.push_back({id});
  }
  if (folders.empty() || folders.size() > most_folders)
    throw bad_request("Bitte 1 bis 1000 Akten auswählen.");
  const archive::NewHold hold{text_in(body, "reason"), text_in(body, "owner"), date_in(body, "review_on")};
  if (hold.reason.empty() || hold.owner.empty())
    throw bad_request("Eine Löschsperre braucht einen Grund und jemanden, der über sie entscheidet.");
  const auto placed = archive::place_hold(tenant.archive, folders, hold, request.actor);
  Json ids = Json::array();
  for (const archive::HoldId& id : placed) ids.push_back(id.text);
  return json_response({{"holds", std::move(ids)}}, 201);
}

Response lift_hold(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const std::string& id = request.captures.at(0);
  if (!archive::is_id(id)) throw not_found();
  const std::string reason = text_in(json_body(request), "reason");
  if (reason.empty()) throw bad_request("Bitte angeben, warum die Löschsperre nicht mehr nötig ist.");
  archive::lift_hold(tenant.archive, {id}, reason, request.actor);
  return bodiless(204);
}

}  // namespace

void add_retention_routes(Router& router, const Application& application) {
  const auto with = [&](const char* method, const char* pattern,
                        Response (*handle)(const Application&, const Request&)) {
    router.add(
        {.method = method, .pattern = pattern, .handle = [&application, handle](const Request& request) {
           return handle(application, request);
         }});
  };
  with("GET", "/api/v1/retention/due", due);
  with("GET", "/api/v1/retention/years", years);
  with("GET", "/api/v1/holds", list_holds);
  with("POST", "/api/v1/holds", place_holds);
  with("POST", "/api/v1/holds/{}/lift", lift_hold);
}

}  // namespace eakte::api
