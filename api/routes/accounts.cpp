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
  const Account account =
      archive::add_account(application.tenant_of(request).archive,
                           {.name = text_in(body, "name"),
                            .display_name = text_in(body, "display_name"),
                            .roles = roles_in(body),
                            .password = text_in(body, "password")},
                           request.actor, {}, application.tenant_of(request).waiting_days);
  return json_response(account_json(account), 201);
}

Response set_roles(const Application& application, const Request& request) {
  return json_response(
      account_json(archive::set_roles(application.tenant_of(request).archive, request.captures.at(0),
                                      roles_in(json_body(request)), request.actor)));
}

Response set_password(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  archive::set_password(tenant.archive, request.captures.at(0), text_in(json_body(request), "password"),
                        request.actor, {}, tenant.waiting_days);
  return bodiless(204);
}

Response set_disabled(const Application& application, const Request& request) {
  return json_response(
      account_json(archive::set_disabled(application.tenant_of(request).archive, request.captures.at(0),
                                         truth_in(json_body(request), "disabled"), request.actor)));
}

/// For everybody with an account, since who is to confirm is seldom the administrator.
Response list_unconfirmed(const Application& application, const Request& request) {
  Json all = Json::array();
  const std::string now = archive::now_utc();
  for (const Account& account : archive::accounts(application.tenant_of(request).archive)) {
    if (account.unconfirmed(now) && !account.disabled) all.push_back(account_json(account));
  }
  return json_response({{"accounts", std::move(all)}});
}

Response confirm_account(const Application& application, const Request& request) {
  return json_response(account_json(archive::confirm_account(application.tenant_of(request).archive,
                                                             request.captures.at(0), request.actor)));
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
  add("GET", "/api/v1/accounts/unconfirmed", Lane::quick, list_unconfirmed);
  add("POST", "/api/v1/accounts/{}/confirm", Lane::quick, confirm_account);
}

}  // namespace eakte::api
