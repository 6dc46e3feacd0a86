#include <nlohmann/json.hpp>

#include "api/config.h"
#include "api/http/disposition.h"
#include "api/http/json_body.h"
#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "api/shapes_of_proof.h"
#include "archive/json_number.h"
#include "archive/scan_audit.h"

namespace eakte::api {
namespace {

archive::ScanSettings settings_of(const Application& application) {
  return read_config(application.service.data / "eakte.toml").scan;
}

/// Those to be checked, or with `state=checked` those whose paper waits for its note or release.
Response list(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  const int limit = request.number("limit", 50, 1, 1000);
  const std::string_view state = request.parameter("state");
  if (!state.empty() && state != "open" && state != "checked")
    throw bad_request("„state“ muss „open“ oder „checked“ sein.");
  Json scans = Json::array();
  for (const archive::ScanStanding& one : state == "checked"
                                              ? archive::scans_to_release(tenant.archive, limit)
                                              : archive::scans_to_check(tenant.archive, limit)) {
    const archive::Document document = tenant.archive.document(one.document);
    if (!may_read(tenant, request, document)) continue;
    Json scan = scan_standing_json(one);
    scan["about"] = document_summary_json(tenant, document);
    scans.push_back(std::move(scan));
  }
  return json_response({{"scans", std::move(scans)}});
}

Response draw(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const auto drawing = archive::draw_scans(tenant.archive, settings_of(application).sample_rate,
                                           archive::new_id_text(), actor_of(request));
  if (!drawing) return json_response({{"number", nullptr}, {"population", 0}, {"chosen", 0}});
  return json_response({{"number", drawing->number},
                        {"seed", drawing->seed},
                        {"population", drawing->population},
                        {"chosen", drawing->chosen}});
}

Response show(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  return json_response(
      scan_standing_json(archive::scan_standing(tenant.archive, document_of(tenant, request).id)));
}

archive::NewScanCheck check_in(const std::string& body) {
  constexpr std::size_t longest_remark = 2000;
  try {
    const Json given = Json::parse(body);
    archive::NewScanCheck check{given.at("good").get<bool>(),
                                archive::whole_number<int>(given.at("paper_pages")),
                                given.value("blank_confirmed", false), given.value("fields_confirmed", false),
                                given.value("remark", std::string())};
    if (check.paper_pages < 0 || check.remark.size() > longest_remark)
      throw bad_request("Die Seitenzahl oder die Bemerkung ist so nicht möglich.");
    return check;
  } catch (const Json::exception&) {
    throw bad_request(
        "Erwartet werden „good“ und „paper_pages“, dazu „blank_confirmed“, „fields_confirmed“, „remark“.");
  }
}

Response record(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  return json_response(scan_standing_json(archive::record_scan_check(
      tenant.archive, document_of(tenant, request).id, check_in(request.body), actor_of(request))));
}

Response make_note(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const auto key = archive::InstallationKey::of(application.service.data);
  const archive::DocumentId id = document_of(tenant, request).id;
  archive::make_transfer_note(tenant.archive, id, settings_of(application), key, actor_of(request));
  return json_response(scan_standing_json(archive::scan_standing(tenant.archive, id)));
}

/// `seal`: the signature beside the note.
Response show_note(const Application& application, const Request& request, bool seal) {
  const Tenant& tenant = application.tenant_of(request);
  const archive::DocumentId id = document_of(tenant, request).id;
  archive::TransferNote note = archive::transfer_note(tenant.archive, id);
  Response response;
  response.headers = {
      {"Content-Type", seal ? "application/pkcs7-signature" : "application/octet-stream"},
      {"Content-Disposition", content_disposition(Disposition::attachment, "transfervermerk-" + id.text +
                                                                               (seal ? ".xml.p7s" : ".xml"))},
      {"Cache-Control", "private, no-cache"}};
  response.body = seal ? std::move(note.seal) : std::move(note.xml);
  return response;
}

/// That the office had its scan procedure audited (RS-15).
Response audited(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  archive::record_scan_audit(tenant.archive, date_in(body, "on"), settings_of(application).procedure,
                             truth_in(body, "passed"), archive::today(), actor_of(request));
  return bodiless(204);
}

Response release(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const auto key = archive::InstallationKey::of(application.service.data);
  return json_response(scan_standing_json(
      archive::release_paper(tenant.archive, document_of(tenant, request).id, key, actor_of(request))));
}

}  // namespace

void add_scan_check_routes(Router& router, const Application& application) {
  const auto with = [&application](Response (*handle)(const Application&, const Request&)) {
    return [&application, handle](const Request& request) { return handle(application, request); };
  };
  router.add({.method = "GET", .pattern = "/api/v1/scan-checks", .handle = with(list)});
  router.add({.method = "POST", .pattern = "/api/v1/scan-checks/draw", .handle = with(draw)});
  router.add({.method = "POST", .pattern = "/api/v1/scan-checks/audits", .handle = with(audited)});
  router.add({.method = "GET", .pattern = "/api/v1/documents/{}/scan-check", .handle = with(show)});
  router.add({.method = "POST", .pattern = "/api/v1/documents/{}/scan-check", .handle = with(record)});
  router.add({.method = "POST", .pattern = "/api/v1/documents/{}/transfer-note", .handle = with(make_note)});
  router.add(
      {.method = "GET",
       .pattern = "/api/v1/documents/{}/transfer-note",
       .handle = [&application](const Request& request) { return show_note(application, request, false); }});
  router.add(
      {.method = "GET",
       .pattern = "/api/v1/documents/{}/transfer-note/seal",
       .handle = [&application](const Request& request) { return show_note(application, request, true); }});
  router.add({.method = "POST", .pattern = "/api/v1/documents/{}/paper-release", .handle = with(release)});
}

}  // namespace eakte::api
