#include <nlohmann/json.hpp>

#include "api/http/json_body.h"
#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/access.h"
#include "archive/sessions.h"

namespace eakte::api {
namespace {

archive::Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

void set_cookie(const Application& application, const Tenant& tenant, const std::string& token,
                Response& response) {
  std::string cookie =
      session_cookie_name(application, tenant) + "=" + token + "; Path=/; HttpOnly; SameSite=Strict";
  if (application.encrypted) cookie += "; Secure";
  if (token.empty()) cookie += "; Max-Age=0";
  response.headers.emplace_back("Set-Cookie", std::move(cookie));
}

Json session_json(bool accounts, const archive::Account* account) {
  return {{"accounts", accounts}, {"account", account == nullptr ? Json(nullptr) : account_json(*account)}};
}

Response show_session(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  if (request.session.empty())
    return json_response(session_json(archive::has_accounts(tenant.archive), nullptr));
  const archive::Account account = archive::account_named(tenant.archive, request.actor);
  return json_response(session_json(true, &account));
}

Response begin_session(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  const archive::NewSession begun =
      archive::log_in(tenant.archive, text_in(body, "name"), text_in(body, "password"), now(), "web");
  // A login in the place of another one ends that.
  if (!request.session.empty()) archive::log_out(tenant.archive, request.session);
  Response response = json_response(session_json(true, &begun.session.account), 201);
  set_cookie(application, tenant, begun.token, response);
  return response;
}

Response end_session(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  if (!request.session.empty()) archive::log_out(tenant.archive, request.session);
  Response response = bodiless(204);
  set_cookie(application, tenant, "", response);
  return response;
}

Response change_password(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  if (request.session.empty()) throw not_found("Ohne Benutzerkonten gibt es kein Passwort.");
  const Json body = json_body(request);
  archive::change_password(tenant.archive, request.actor, text_in(body, "old_password"),
                           text_in(body, "new_password"), now(), "web");
  Response response = bodiless(204);
  set_cookie(application, tenant, "", response);
  return response;
}

}  // namespace

void add_session_routes(Router& router, const Application& application) {
  const auto add = [&](const char* method, const char* pattern, Lane lane, Handler handle) {
    add_small_route(router, application, method, pattern, lane, handle);
  };
  add("GET", "/api/v1/session", Lane::quick, show_session);
  add("POST", "/api/v1/session", Lane::password, begin_session);
  add("DELETE", "/api/v1/session", Lane::quick, end_session);
  add("PUT", "/api/v1/session/password", Lane::password, change_password);
}

}  // namespace eakte::api
