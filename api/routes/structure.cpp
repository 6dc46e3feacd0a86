#include <nlohmann/json.hpp>

#include "api/http/json_body.h"
#include "api/http/problem.h"
#include "api/http/structure_shapes.h"
#include "api/routes/routes.h"
#include "archive/document_refiling.h"
#include "archive/folder_structure.h"

namespace eakte::api {
namespace {

using archive::CaseId;
using archive::DocumentId;
using archive::FolderId;

constexpr std::size_t most_text = 2000;

const std::string& id_of(const Request& request) {
  const std::string& id = request.captures.at(0);
  if (!archive::is_id(id)) throw not_found();
  return id;
}

std::string id_in(const Json& body, std::string_view name) {
  std::string id = text_in(body, name);
  if (!archive::is_id(id)) throw bad_request("„" + std::string(name) + "“ ist keine Kennung.");
  return id;
}

template <class Id>
std::vector<Id> ids_in(const Json& body, std::string_view name) {
  std::vector<Id> ids;
  if (!body.contains(name)) return ids;
  for (const std::string& id : texts_in(body, name)) {
    if (!archive::is_id(id))
      throw bad_request("„" + std::string(name) + "“ nennt etwas, das keine Kennung ist.");
    ids.push_back({id});
  }
  return ids;
}

std::string title_in(const Json& body) {
  std::string title = text_in(body, "title");
  if (title.empty() || title.size() > most_text) throw bad_request("Bitte einen Betreff angeben.");
  return title;
}

std::string optional_text(const Json& body, std::string_view name) {
  std::string text = body.contains(name) ? text_in(body, name) : std::string();
  if (text.size() > most_text) throw bad_request("Die Angabe „" + std::string(name) + "“ ist zu lang.");
  return text;
}

archive::Medium medium_in(const Json& body) {
  const auto medium = archive::medium_from(text_in(body, "medium"));
  if (!medium) throw bad_request("„medium“ ist electronic, hybrid oder paper.");
  return *medium;
}

void tell(const Application& application, Tenant& tenant) {
  if (tenant.processor) tenant.processor->wake();
  application.events.archive_changed(tenant.name);
}

Response folder_answer(const Application& application, const Request& request, const FolderId& id,
                       int status = 200) {
  Tenant& tenant = application.tenant_of(request);
  tell(application, tenant);
  return json_response(folder_for(tenant, request, id), status);
}

archive::NewFolder part_from(const Json& body) {
  archive::NewFolder folder;
  folder.title = title_in(body);
  folder.begins_on = optional_date_in(body, "begins_on");
  if (body.contains("medium")) folder.medium = medium_in(body);
  folder.place = optional_text(body, "place");
  return folder;
}

Response add_part(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  archive::NewFolder part = part_from(json_body(request));
  part.parent = {id_of(request)};
  return folder_answer(
      application, request,
      archive::add_folder(tenant.archive, part, tenant.reference_template, archive::today(), request.actor),
      201);
}

Response set_medium(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  const FolderId id{id_of(request)};
  archive::set_medium(tenant.archive, id, medium_in(body), optional_text(body, "place"), request.actor);
  return folder_answer(application, request, id);
}

const archive::FilePlanEntry& entry_in(const Tenant& tenant, const Json& body) {
  const archive::FilePlanEntry* const entry = tenant.archive.file_plan().find(text_in(body, "plan_entry"));
  if (entry == nullptr || !entry->takes_folders)
    throw Problem(422, "bad_plan_entry",
                  "Diesen Platz im Aktenplan gibt es nicht, oder er nimmt keine Akten auf.");
  return *entry;
}

Response refile(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  const archive::Refiling refiling =
      archive::refile_folder(tenant.archive, {id_of(request)}, entry_in(tenant, body).number,
                             text_in(body, "reason"), archive::today(), request.actor);
  tell(application, tenant);
  return json_response(refiling_json(tenant, refiling), 201);
}

Response refile_document(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const archive::Document document = document_of(tenant, request);
  const Json body = json_body(request);
  return json_response(refiling_json(tenant, archive::propose_document_refiling(
                                                 tenant.archive, document.id, entry_in(tenant, body).number,
                                                 text_in(body, "reason"), archive::today(), request.actor)),
                       201);
}

Response release_document_refiling(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const archive::DocumentRefiling refiling = archive::release_document_refiling(
      tenant.archive, {id_of(request)}, text_in(json_body(request), "reason"), request.actor);
  tell(application, tenant);
  return json_response(refiling_json(tenant, refiling));
}

Response reject_document_refiling(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  return json_response(refiling_json(
      tenant, archive::reject_document_refiling(tenant.archive, {id_of(request)},
                                                text_in(json_body(request), "reason"), request.actor)));
}

Response list_refilings(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  Json refilings = Json::array();
  for (const archive::Refiling& refiling : archive::waiting_refilings(tenant.archive))
    refilings.push_back(refiling_json(tenant, refiling));
  Json documents = Json::array();
  for (const archive::DocumentRefiling& refiling : archive::waiting_document_refilings(tenant.archive))
    documents.push_back(refiling_json(tenant, refiling));
  return json_response({{"refilings", std::move(refilings)}, {"documents", std::move(documents)}});
}

Response release_refiling(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const archive::Refiling refiling =
      archive::release_refiling(tenant.archive, {id_of(request)}, text_in(json_body(request), "reason"),
                                archive::today(), request.actor);
  tell(application, tenant);
  return json_response(refiling_json(tenant, refiling));
}

Response reject_refiling(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  return json_response(
      refiling_json(tenant, archive::reject_refiling(tenant.archive, {id_of(request)},
                                                     text_in(json_body(request), "reason"), request.actor)));
}

Response merge_folder(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const FolderId into{id_in(json_body(request), "into")};
  archive::merge_folders(tenant.archive, {id_of(request)}, into, archive::today(), request.actor);
  return folder_answer(application, request, into);
}

Response split_folder(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  const FolderId made = archive::split_folder(
      tenant.archive, {id_of(request)}, part_from(body), ids_in<CaseId>(body, "cases"),
      ids_in<DocumentId>(body, "documents"), tenant.reference_template, archive::today(), request.actor);
  return folder_answer(application, request, made, 201);
}

Response move_case(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const FolderId to{id_in(json_body(request), "folder")};
  archive::move_case(tenant.archive, {id_of(request)}, to, request.actor);
  return folder_answer(application, request, to);
}

Response merge_case(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const CaseId into{id_in(json_body(request), "into")};
  archive::merge_cases(tenant.archive, {id_of(request)}, into, archive::today(), request.actor);
  return folder_answer(application, request, tenant.archive.open_case(into).folder);
}

Response split_case(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  const CaseId made = archive::split_case(tenant.archive, {id_of(request)}, title_in(body),
                                          ids_in<DocumentId>(body, "documents"), request.actor);
  return folder_answer(application, request, tenant.archive.open_case(made).folder, 201);
}

archive::RelationKind kind_in(const Json& body) {
  const auto kind = archive::relation_kind_from(text_in(body, "kind"));
  if (!kind) throw bad_request("Diese Art von Beziehung gibt es nicht.");
  return *kind;
}

Response relate(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  const archive::Relation relation{kind_in(body), id_in(body, "source"), id_in(body, "target"), {}, {}};
  archive::relate(tenant.archive, relation.kind, relation.source, relation.target, request.actor);
  Json relations = Json::array();
  for (const archive::Relation& one : archive::relations_of(tenant.archive, relation.source))
    relations.push_back(relation_json(tenant, one, relation.source));
  return json_response({{"relations", std::move(relations)}}, 201);
}

Response unrelate(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  archive::unrelate(tenant.archive, kind_in(body), id_in(body, "source"), id_in(body, "target"),
                    request.actor);
  return bodiless(204);
}

Response set_draft(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const archive::Document document = document_of(tenant, request);
  archive::set_draft(tenant.archive, document.id, truth_in(json_body(request), "draft"), request.actor);
  tell(application, tenant);
  return json_response(document_json(tenant, tenant.archive.document(document.id)));
}

}  // namespace

void add_structure_routes(Router& router, const Application& application) {
  const auto add = [&](const char* method, const std::string& path, Handler handle) {
    router.add({.method = method, .pattern = "/api/v1" + path, .handle = handler(application, handle)});
  };
  // These write a manifest for every document that moves.
  const auto move = [&](const std::string& path, Handler handle) {
    router.add({.method = "POST",
                .pattern = "/api/v1" + path,
                .handle = handler(application, handle),
                .lane = Lane::slow});
  };
  add("POST", "/folders/{}/parts", add_part);
  add("PUT", "/folders/{}/medium", set_medium);
  move("/folders/{}/refile", refile);
  add("GET", "/refilings", list_refilings);
  move("/refilings/{}/release", release_refiling);
  add("POST", "/refilings/{}/reject", reject_refiling);
  add("POST", "/documents/{}/refile", refile_document);
  add("POST", "/document-refilings/{}/release", release_document_refiling);
  add("POST", "/document-refilings/{}/reject", reject_document_refiling);
  move("/folders/{}/merge", merge_folder);
  move("/folders/{}/split", split_folder);
  move("/cases/{}/move", move_case);
  move("/cases/{}/merge", merge_case);
  move("/cases/{}/split", split_case);
  add("POST", "/relations", relate);
  add("POST", "/relations/remove", unrelate);
  add("PUT", "/documents/{}/draft", set_draft);
}

}  // namespace eakte::api
