#include <nlohmann/json.hpp>

#include "api/http/json_body.h"
#include "api/http/problem.h"
#include "api/http/record_shapes.h"
#include "api/routes/routes.h"
#include "archive/drafts.h"
#include "archive/folder_structure.h"
#include "ingest/forget_intakes.h"

namespace eakte::api {
namespace {

using archive::CaseId;
using archive::FolderId;

constexpr std::size_t most_reference = 200;
constexpr std::size_t most_title = 2000;

/// The id that is the first capture. Throws Problem.
std::string id_of(const Request& request) {
  const std::string& id = request.captures.at(0);
  if (!archive::is_id(id)) throw not_found();
  return id;
}

/// A text somebody has to give.
std::string given(const Json& body, std::string_view name, std::size_t most) {
  std::string text = text_in(body, name);
  if (text.empty() || text.size() > most)
    throw bad_request("Bitte die Angabe „" + std::string(name) + "“ machen.");
  return text;
}

/// A reference somebody gives, or nothing where the next number is to be taken.
std::string given_or_generated(const Json& body, std::string_view name) {
  const bool named =
      body.contains(name) && !body.at(std::string(name)).is_null() && !text_in(body, name).empty();
  return named ? given(body, name, most_reference) : std::string();
}

archive::Date day_or_today(const Json& body) {
  return optional_date_in(body, "on").value_or(archive::today());
}

/// Documents follow their folder, so search and listeners have something new.
Response changed(const Application& application, const Request& request, const FolderId& id,
                 int status = 200) {
  Tenant& tenant = application.tenant_of(request);
  if (tenant.processor) tenant.processor->wake();
  application.events.archive_changed(tenant.name);
  return json_response(folder_for(tenant, request, id), status);
}

Response list(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  archive::FolderQuery query{.text = std::string(request.parameter("q")),
                             .plan_entry = std::string(request.parameter("plan_entry")),
                             .status = std::nullopt,
                             .cursor = std::string(request.parameter("cursor")),
                             .limit = request.number("limit", 50, 1, 200)};
  if (const auto name = request.parameter("status"); !name.empty()) {
    query.status = archive::folder_status_from(name);
    if (!query.status) throw bad_request("Diesen Stand einer Akte gibt es nicht.");
  }
  const archive::FolderPage page = archive::list_folders(tenant.archive, query);
  Json folders = Json::array();
  for (const archive::ListedFolder& folder : page.folders)
    folders.push_back(listed_folder_json(tenant, folder));
  return json_response({{"folders", std::move(folders)}, {"next", page.next}});
}

Response show(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  return json_response(folder_for(tenant, request, {id_of(request)}));
}

Response add(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  const std::string number = text_in(body, "plan_entry");
  const archive::FilePlanEntry* const entry = tenant.archive.file_plan().find(number);
  if (entry == nullptr || !entry->takes_folders)
    throw Problem(422, "bad_plan_entry",
                  "Diesen Platz im Aktenplan gibt es nicht, oder er nimmt keine Akten auf.");
  const std::string reference = given_or_generated(body, "reference");
  if (!reference.empty() && tenant.archive.folder_by_reference(reference))
    throw Problem(409, "reference_taken", "Eine Akte mit diesem Aktenzeichen gibt es schon.");
  archive::NewFolder folder{.plan_entry = entry->number,
                            .title = given(body, "title", most_title),
                            .reference = reference,
                            .begins_on = optional_date_in(body, "begins_on")};
  return changed(
      application, request,
      archive::add_folder(tenant.archive, folder, tenant.reference_template, archive::today(), request.actor),
      201);
}

/// The drafts that go with the closing, as the person has confirmed them.
std::vector<archive::DocumentId> drafts_to_delete(const Json& body) {
  std::vector<archive::DocumentId> drafts;
  if (!body.contains("delete_drafts")) return drafts;
  for (const std::string& id : texts_in(body, "delete_drafts")) {
    if (!archive::is_id(id)) throw bad_request("Das ist keine Kennung eines Dokuments: " + id);
    drafts.push_back({id});
  }
  return drafts;
}

Response close(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const FolderId id{id_of(request)};
  const Json body = json_body(request);
  archive::close_folder_and_drafts(tenant.archive, id, day_or_today(body), archive::today(),
                                   drafts_to_delete(body), ingest::forget_intakes, request.actor);
  return changed(application, request, id);
}

Response reopen(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const FolderId id{id_of(request)};
  archive::reopen_folder(tenant.archive, id, request.actor);
  return changed(application, request, id);
}

Response enter_event(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const FolderId id{id_of(request)};
  const Json body = json_body(request);
  archive::record_event(tenant.archive, id, text_in(body, "event"), date_in(body, "on"), archive::today(),
                        request.actor);
  return changed(application, request, id);
}

Response suspend(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const FolderId id{id_of(request)};
  archive::begin_suspension(tenant.archive, id, request.actor);
  return changed(application, request, id);
}

Response add_case(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const FolderId id{id_of(request)};
  const Json body = json_body(request);
  const std::string reference = given_or_generated(body, "reference");
  const std::string title = given(body, "title", most_title);
  if (reference.empty()) {
    archive::add_numbered_case(tenant.archive, id, title, request.actor);
    return changed(application, request, id, 201);
  }
  if (tenant.archive.case_by_reference(reference))
    throw Problem(409, "reference_taken", "Einen Vorgang mit diesem Geschäftszeichen gibt es schon.");
  tenant.archive.add_case(id, reference, title, request.actor);
  return changed(application, request, id, 201);
}

Response close_case(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const CaseId id{id_of(request)};
  const Json body = json_body(request);
  archive::close_case_and_drafts(tenant.archive, id, day_or_today(body), archive::today(),
                                 drafts_to_delete(body), ingest::forget_intakes, request.actor);
  return changed(application, request, tenant.archive.open_case(id).folder);
}

Response reopen_case(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const CaseId id{id_of(request)};
  archive::reopen_case(tenant.archive, id, request.actor);
  return changed(application, request, tenant.archive.open_case(id).folder);
}

}  // namespace

void add_folder_routes(Router& router, const Application& application) {
  const auto with = [&](const char* method, const char* pattern, Handler handle) {
    router.add({.method = method, .pattern = pattern, .handle = handler(application, handle)});
  };
  with("GET", "/api/v1/folders", list);
  with("POST", "/api/v1/folders", add);
  with("GET", "/api/v1/folders/{}", show);
  with("POST", "/api/v1/folders/{}/close", close);
  with("POST", "/api/v1/folders/{}/reopen", reopen);
  with("POST", "/api/v1/folders/{}/events", enter_event);
  with("POST", "/api/v1/folders/{}/suspend", suspend);
  with("POST", "/api/v1/folders/{}/cases", add_case);
  with("POST", "/api/v1/cases/{}/close", close_case);
  with("POST", "/api/v1/cases/{}/reopen", reopen_case);
}

}  // namespace eakte::api
