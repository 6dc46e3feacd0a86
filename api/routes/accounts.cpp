#include "archive/accounts.h"

#include <nlohmann/json.hpp>

#include "api/http/json_body.h"
#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"

namespace eakte::api {
namespace {

using archive::Account;

std::vector<archive::Role> roles_in(const Json& body) {
  std::vector<archive::Role> roles;
  for (const std::string& name : texts_in(body, "roles")) {
    const auto role = archive::role_from(name);
    if (!role) throw bad_request("Diese Rolle gibt es nicht.");
    roles.push_back(*role);
  }
  return roles;
}

Response list_accounts(const Application& application, const Request& request) {
  Json all = Json::array();
  for (const Account& account : archive::accounts(application.tenant_of(request).archive))
    all.push_back(account_json(account));
  return json_response({{"accounts", std::move(all)}});
}

Response add_account(const Application& application, const Request& request) {
  const Json body = json_body(request);
  const Account account = archive::add_account(application.tenant_of(request).archive,
                                               {.name = text_in(body, "name"),
                                                .display_name = text_in(body, "display_name"),
                                                .roles = roles_in(body),
                                                .password = text_in(body, "password")},
                                               request.actor);
  return json_response(account_json(account), 201);
}

Response set_roles(const Application& application, const Request& request) {
  return json_response(
      account_json(archive::set_roles(application.tenant_of(request).archive, request.captures.at(0),
                                      roles_in(json_body(request)), request.actor)));
}

Response set_password(const Application& application, const Request& request) {
  archive::set_password(application.tenant_of(request).archive, request.captures.at(0),
                        text_in(json_body(request), "password"), request.actor);
  return bodiless(204);
}

Response set_disabled(const Application& application, const Request& request) {
  return json_response(
      account_json(archive::set_disabled(application.tenant_of(request).archive, request.captures.at(0),
                                         truth_in(json_body(request), "disabled"), request.actor)));
}

}  // namespace

void add_account_routes(Router& router, const Application& application) {
  const auto add = [&](const char* method, const char* pattern, Lane lane, Handler handle) {
    add_small_route(router, application, method, pattern, lane, handle);
  };
  add("GET", "/api/v1/accounts", Lane::quick, list_accounts);
  add("POST", "/api/v1/accounts", Lane::password, add_account);
  add("PUT", "/api/v1/accounts/{}/roles", Lane::quick, set_roles);
  add("PUT", "/api/v1/accounts/{}/password", Lane::password, set_password);
  add("PUT", "/api/v1/accounts/{}/disabled", Lane::quick, set_disabled);
}

}  // namespace eakte::api
