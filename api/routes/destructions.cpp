#include "archive/destruction.h"

#include <nlohmann/json.hpp>

#include "api/http/json_body.h"
#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "archive/destruction_permission.h"
#include "archive/refusals.h"

namespace eakte::api {
namespace {

using archive::Destruction;
using archive::DestructionId;
using archive::FolderId;

constexpr std::size_t most_at_once = 1000;

template <class Id>
std::vector<Id> ids_in(const Json& body, std::string_view name) {
  std::vector<Id> ids;
  for (const std::string& id : texts_in(body, name)) {
    if (!archive::is_id(id)) throw not_found();
    ids.push_back({id});
  }
  if (ids.empty() || ids.size() > most_at_once) throw bad_request("Bitte 1 bis 1000 Akten auswählen.");
  return ids;
}

std::string id_of(const Request& request) {
  const std::string& id = request.captures.at(0);
  if (!archive::is_id(id)) throw not_found();
  return id;
}

Json destruction_json(const Destruction& one) {
  return {{"id", one.id.text},
          {"folder", {{"id", one.folder.text}, {"reference", one.reference}}},
          {"plan_entry", one.plan_entry},
          {"state", archive::name_of(one.state)},
          {"basis", archive::name_of(one.basis)},
          {"basis_source", one.basis_source},
          {"proposed_at", one.proposed_at},
          {"proposed_by", one.proposed_by},
          {"approved_at", one.approved_at},
          {"approved_by", one.approved_by},
          {"not_before", one.not_before ? Json(archive::to_iso(*one.not_before)) : Json(nullptr)},
          {"withdrawn_at", one.withdrawn_at},
          {"withdrawn_by", one.withdrawn_by},
          {"withdraw_reason", one.withdraw_reason},
          {"done_at", one.done_at}};
}

Json outcome_json(const Tenant& tenant, const archive::DestructionOutcome& outcome) {
  Json taken = Json::array();
  for (const DestructionId& id : outcome.taken) taken.push_back(id.text);
  Json refused = Json::array();
  for (const archive::RefusedFolder& one : outcome.refused) {
    const archive::Folder folder = tenant.archive.folder(one.folder);
    refused.push_back(
        {{"folder", {{"id", folder.id.text}, {"reference", folder.reference}, {"title", folder.title}}},
         {"code", one.code},
         {"message", archive::refusal_sentence(one.code)}});
  }
  return {{"taken", std::move(taken)}, {"refused", std::move(refused)}};
}

Response list(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  std::optional<archive::DestructionState> state;
  if (const auto name = request.parameter("state"); !name.empty()) {
    state = archive::destruction_state_from(name);
    if (!state) throw bad_request("Diesen Stand einer Vernichtung gibt es nicht.");
  }
  const std::string cursor(request.parameter("cursor"));
  if (!cursor.empty() && !archive::is_id(cursor)) throw bad_request("Diese Stelle der Liste gibt es nicht.");
  const archive::DestructionPage page =
      archive::destructions(tenant.archive, state, cursor, request.number("limit", 100, 1, 1000));
  Json all = Json::array();
  for (const Destruction& one : page.destructions) all.push_back(destruction_json(one));
  return json_response({{"destructions", std::move(all)}, {"next", page.next}});
}

Response propose(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const auto folders = ids_in<FolderId>(json_body(request), "folders");
  return json_response(outcome_json(
      tenant, archive::propose_destruction(tenant.archive, folders, archive::today(), request.actor)));
}

Response approve(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const auto ids = ids_in<DestructionId>(json_body(request), "destructions");
  return json_response(
      outcome_json(tenant, archive::approve_destruction(tenant.archive, ids, archive::today(),
                                                        tenant.quarantine_days, request.actor)));
}

Response withdraw(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const std::string reason = text_in(json_body(request), "reason");
  if (reason.empty()) throw bad_request("Bitte angeben, warum der Vorschlag zurückgenommen wird.");
  const DestructionId id{id_of(request)};
  archive::withdraw_destruction(tenant.archive, id, reason, request.actor);
  return json_response(destruction_json(archive::destruction(tenant.archive, id)));
}

Json permission_json(const archive::DestructionPermission& one) {
  return {{"id", one.id.text},
          {"number", one.number},
          {"issued_on", archive::to_iso(one.issued_on)},
          {"valid_until", archive::to_iso(one.valid_until)},
          {"plan_entries", one.plan_entries},
          {"recorded_at", one.recorded_at},
          {"recorded_by", one.recorded_by},
          {"revoked_at", one.revoked_at ? Json(*one.revoked_at) : Json(nullptr)},
          {"revoked_by", one.revoked_by}};
}

Response list_permissions(const Application& application, const Request& request) {
  Json all = Json::array();
  for (const auto& one : archive::destruction_permissions(application.tenant_of(request).archive))
    all.push_back(permission_json(one));
  return json_response({{"permissions", std::move(all)}});
}

Response record_permission(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  const archive::NewPermission given{.number = text_in(body, "number"),
                                     .issued_on = date_in(body, "issued_on"),
                                     .valid_until = date_in(body, "valid_until"),
                                     .plan_entries = texts_in(body, "plan_entries")};
  if (given.number.empty() || given.plan_entries.empty() || given.valid_until < given.issued_on)
    throw bad_request(
        "Eine Genehmigung braucht eine Nummer, eine Gültigkeit und mindestens ein Kennzeichen.");
  for (const std::string& number : given.plan_entries) {
    if (tenant.archive.file_plan().find(number) == nullptr)
      throw Problem(422, "bad_plan_entry", "Den Platz „" + number + "“ gibt es im Aktenplan nicht.");
  }
  archive::record_permission(tenant.archive, given, archive::today(), request.actor);
  return list_permissions(application, request);
}

Response revoke_permission(const Application& application, const Request& request) {
  archive::revoke_permission(application.tenant_of(request).archive, {id_of(request)}, request.actor);
  return list_permissions(application, request);
}

}  // namespace

void add_destruction_routes(Router& router, const Application& application) {
  const auto with = [&](const char* method, const char* pattern,
                        Response (*handle)(const Application&, const Request&)) {
    router.add(
        {.method = method, .pattern = pattern, .handle = [&application, handle](const Request& request) {
           return handle(application, request);
         }});
  };
  with("GET", "/api/v1/destructions", list);
  with("POST", "/api/v1/destructions", propose);
  with("POST", "/api/v1/destructions/approve", approve);
  with("POST", "/api/v1/destructions/{}/withdraw", withdraw);
  with("GET", "/api/v1/destruction-permissions", list_permissions);
  with("POST", "/api/v1/destruction-permissions", record_permission);
  with("POST", "/api/v1/destruction-permissions/{}/revoke", revoke_permission);
}

}  // namespace eakte::api
