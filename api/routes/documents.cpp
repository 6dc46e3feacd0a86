#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "archive/erasure_requests.h"
#include "archive/incidents.h"

namespace eakte::api {
namespace {

using archive::DocumentFields;
using archive::DocumentState;

std::optional<DocumentState> state_of(const Request& request) {
  const std::string_view name = request.parameter("state");
  if (name.empty()) return std::nullopt;
  if (const auto state = archive::document_state_from(name)) return state;
  throw bad_request("Diesen Zustand eines Dokuments gibt es nicht.");
}

Response list_documents(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  const archive::DocumentPage page = tenant.archive.documents(
      state_of(request), std::string(request.parameter("cursor")), request.number("limit", 50, 1, 200));
  Json documents = Json::array();
  for (const archive::Document& document : page.documents) {
    if (may_read(tenant, request, document)) documents.push_back(document_summary_json(tenant, document));
  }
  return json_response({{"documents", std::move(documents)}, {"next", page.next}});
}

Response show_document(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const archive::Document document = document_of(tenant, request);
  archive::record_reading(tenant.archive, document, archive::Seen::fields, "fields", actor_of(request));
  return json_response(document_json(tenant, document));
}

void read_document_date(const Json& value, DocumentFields& fields) {
  fields.document_date.reset();
  if (value.is_null()) return;
  const auto text = value.get<std::string>();
  if (text.empty()) return;
  fields.document_date = archive::date_from_iso(text);
  if (!fields.document_date)
    throw bad_request("Das Datum des Schreibens ist kein Kalendertag der Form 2026-11-21.");
}

void read_plan_entry(const Json& value, const archive::FilePlan& plan, DocumentFields& fields) {
  const auto number = value.get<std::string>();
  const archive::FilePlanEntry* entry = plan.find(number);
  if (!number.empty() && (entry == nullptr || !entry->takes_folders)) {
    throw Problem(422, "bad_plan_entry",
                  "Diesen Platz im Aktenplan gibt es nicht, oder er nimmt keine Dokumente auf.");
  }
  if (number == fields.plan_entry) return;
  fields.plan_entry = number;
  // Folder and case belong to the entry left.
  fields.folder = {};
  fields.open_case = {};
}

/// The fields as confirmed: what the body does not name stays as it is.
DocumentFields confirmed_fields(const std::string& body, DocumentFields fields,
                                const archive::FilePlan& plan) {
  const std::array<std::pair<std::string_view, std::string*>, 5> texts{
      {{"title", &fields.title},
       {"document_type", &fields.document_type},
       {"sender", &fields.sender},
       {"recipient", &fields.recipient},
       {"reference", &fields.reference}}};
  const Json given = Json::parse(body);
  if (!given.is_object()) throw bad_request("Erwartet wird ein JSON-Objekt.");
  for (const auto& [name, value] : given.items()) {
    const auto text = std::ranges::find(texts, name, [](const auto& known) { return known.first; });
    if (name == "document_date") {
      read_document_date(value, fields);
    } else if (name == "plan_entry") {
      read_plan_entry(value, plan, fields);
    } else if (text != texts.end()) {
      *text->second = value.get<std::string>();
      if (text->second->size() > 2000) throw bad_request("Die Angabe „" + name + "“ ist zu lang.");
    } else {
      throw bad_request("Die Angabe „" + name + "“ ist unbekannt.");
    }
  }
  return fields;
}

DocumentFields fields_of(const Request& request, const archive::Document& document,
                         const archive::FilePlan& plan) {
  try {
    return confirmed_fields(request.body, document.content.fields, plan);
  } catch (const Json::exception&) {
    throw bad_request("Die Angaben sind kein gültiges JSON der erwarteten Form.");
  }
}

Response confirm_document(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const archive::Document document = document_of(tenant, request);
  const DocumentFields fields = fields_of(request, document, tenant.archive.file_plan());
  const archive::Document confirmed = tenant.archive.confirm(
      document.id, fields, request.actor, [&document](archive::Connection& connection) {
        ingest::IntakeQueue::mark_filed(connection, document.content.intake, document.id,
                                        DocumentState::filed);
      });
  if (tenant.processor) tenant.processor->wake();
  application.events.intake_changed(tenant.name, document.content.intake);
  application.events.archive_changed(tenant.name);
  return json_response(document_json(tenant, confirmed));
}

}  // namespace

void add_document_routes(Router& router, const Application& application) {
  const auto with = [&](Handler handle) { return handler(application, handle); };
  router.add({.method = "GET", .pattern = "/api/v1/documents", .handle = with(list_documents)});
  router.add({.method = "GET", .pattern = "/api/v1/documents/{}", .handle = with(show_document)});
  router.add({.method = "POST", .pattern = "/api/v1/documents/{}/confirm", .handle = with(confirm_document)});
}

}  // namespace eakte::api
