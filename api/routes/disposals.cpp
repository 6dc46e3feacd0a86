#include <nlohmann/json.hpp>

#include "api/disposal_names.h"
#include "api/http/disposition.h"
#include "api/http/json_body.h"
#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "ingest/disposal_messages.h"

namespace eakte::api {
namespace {

using archive::FolderId;

constexpr std::uint64_t largest_answer = 120'000'000;

const std::string& process_of(const Request& request) {
  if (!archive::is_uuid(request.captures.at(0))) throw not_found();
  return request.captures.at(0);
}

std::vector<FolderId> folders_in(const Json& body) {
  std::vector<FolderId> folders;
  for (const std::string& id : texts_in(body, "folders")) {
    if (!archive::is_id(id)) throw bad_request("Das ist keine Kennung einer Akte.");
    folders.push_back({id});
  }
  return folders;
}

Json process_json(const archive::Archive& archive, const std::string& process) {
  return Json(to_json(archive::disposal_process(archive, process)));
}

Response list(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  Json processes = Json::array();
  for (const archive::DisposalProcess& process :
       archive::disposal_processes(tenant.archive, request.number("limit", 100, 1, 1000)))
    processes.emplace_back(to_json(process));
  return json_response({{"processes", std::move(processes)}});
}

Response show(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  return json_response(process_json(tenant.archive, process_of(request)));
}

/// Offers, or hands over in a process of its own what is appraised already. The day is today: who offers here
/// does it now.
Response begin(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  const std::string step = body.contains("step") ? text_in(body, "step") : "offer";
  std::string process;
  if (step == "plan") {
    process = archive::send_file_plan(tenant.archive, tenant.disposal, request.actor);
  } else if (step == "transfer") {
    process = archive::transfer_folders(tenant.archive, folders_in(body), tenant.disposal, request.actor);
  } else if (step == "offer") {
    process = archive::offer_folders(tenant.archive, folders_in(body), tenant.disposal, archive::today(),
                                     request.actor);
  } else {
    throw bad_request("„step“ muss „offer“, „transfer“ oder „plan“ sein.");
  }
  return json_response(process_json(tenant.archive, process), 201);
}

Response transfer(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  archive::transfer_offered(tenant.archive, process_of(request), tenant.disposal, request.actor);
  return json_response(process_json(tenant.archive, process_of(request)));
}

Response withdraw(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const std::string reason = text_in(json_body(request), "reason");
  if (reason.empty()) throw bad_request("Bitte angeben, warum die Anbietung zurückgenommen wird.");
  archive::withdraw_offer(tenant.archive, process_of(request), reason, request.actor);
  return json_response(process_json(tenant.archive, process_of(request)));
}

Response list_open_transfers(const Application& application, const Request& request) {
  Json folders = Json::array();
  for (const archive::OpenTransfer& open :
       archive::open_transfers(application.tenant_of(request).archive, request.number("limit", 500, 1, 1000)))
    folders.push_back({{"folder", open.about.id.text},
                       {"reference", open.about.reference},
                       {"title", open.about.title},
                       {"source", open.source},
                       {"message", open.message},
                       {"on_paper", open.on_paper}});
  return json_response({{"folders", std::move(folders)}});
}

Response appraise(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  const std::vector<FolderId> folders = folders_in(body);
  if (body.contains("by_plan") && truth_in(body, "by_plan")) {
    archive::appraise_by_plan(tenant.archive, folders, archive::today(), request.actor);
  } else {
    const auto decision = archive::appraisal_decision_from(text_in(body, "decision"));
    const std::string source = text_in(body, "source");
    if (!decision || source.empty())
      throw bad_request(
          "Es fehlen die Entscheidung („A“ oder „V“) oder das Aktenzeichen des Schreibens vom Archiv.");
    std::vector<archive::NewAppraisal> decided;
    for (const FolderId& folder : folders)
      decided.push_back({folder, *decision, source, date_in(body, "decided_on")});
    archive::record_appraisals(tenant.archive, decided, archive::today(), request.actor);
  }
  Json appraisals = Json::array();
  for (const FolderId& folder : folders)
    appraisals.emplace_back(to_json(archive::appraisal_of(tenant.archive, folder).value(),
                                    tenant.archive.folder(folder).reference));
  return json_response({{"appraisals", std::move(appraisals)}});
}

/// The protocol by which the archive took paper over.
Response hand_over_paper(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Json body = json_body(request);
  const FolderId folder{text_in(body, "folder")};
  if (!archive::is_id(folder.text)) throw not_found();
  archive::record_paper_handover(tenant.archive,
                                 {folder, date_in(body, "on"), text_in(body, "received_by"),
                                  text_in(body, "protocol"), text_in(body, "items")},
                                 archive::today(), request.actor);
  application.events.archive_changed(tenant.name);
  return json_response(
      to_json(*archive::paper_handover_of(tenant.archive, folder), tenant.archive.folder(folder).reference),
      201);
}

Response download(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const auto type = archive::message_type_from(request.captures.at(1));
  if (!type) throw not_found();
  archive::OpenObject message =
      archive::hand_out_message(tenant.archive, process_of(request), *type, request.actor);
  std::string name;
  for (const archive::ProcessMessage& one :
       archive::disposal_process(tenant.archive, process_of(request)).messages)
    if (one.type == *type) name = one.file_name;
  Response response;
  response.headers.emplace_back("Content-Type", "application/octet-stream");
  response.headers.emplace_back("Content-Disposition", content_disposition(Disposition::attachment, name));
  response.headers.emplace_back("Cache-Control", "private, no-store");
  response.headers.emplace_back("Content-Security-Policy",
                                "sandbox; default-src 'none'; frame-ancestors 'none'");
  const std::uint64_t size = message.size();
  response.body = ObjectPart{std::move(message), 0, size};
  return response;
}

/// An answer of the archive on its way in: aside until it is read in a worker and taken; nothing stays of one
/// that is refused.
class AnswerUpload : public BodySink {
public:
  AnswerUpload(const Application& application, const Request& request)
      : application_(application),
        tenant_(application.tenant_of(request)),
        actor_(request.actor),
        bytes_(tenant_.archive.objects().stage()) {}

  void append(std::string_view bytes) override { bytes_.append(std::as_bytes(std::span(bytes))); }

  Response answer() override {
    if (!application_.service.workers) throw busy();
    const ingest::Workers workers{*application_.service.workers, {}, {}, application_.stop};
    const archive::ReadContainer container =
        ingest::read_disposal_message(workers, bytes_.descriptor(), tenant_.disposal.schemas);
    const archive::TakenAnswer taken = archive::take_answer(tenant_.archive, container, bytes_.descriptor(),
                                                            tenant_.disposal, archive::today(), actor_);
    Json json = process_json(tenant_.archive, taken.process);
    json["taken"] = archive::number_of(taken.type);
    json["changed"] = taken.changed;
    return json_response(json);
  }

private:
  const Application& application_;
  Tenant& tenant_;
  std::string actor_;
  archive::StagedObject bytes_;
};

}  // namespace

void add_disposal_routes(Router& router, const Application& application) {
  const auto with = [&application](Response (*handle)(const Application&, const Request&)) {
    return [&application, handle](const Request& request) { return handle(application, request); };
  };
  router.add({.method = "GET", .pattern = "/api/v1/disposals", .handle = with(list)});
  router.add({.method = "POST", .pattern = "/api/v1/disposals", .handle = with(begin), .lane = Lane::slow});
  router.add({.method = "POST", .pattern = "/api/v1/disposals/appraisals", .handle = with(appraise)});
  router.add({.method = "POST", .pattern = "/api/v1/disposals/paper", .handle = with(hand_over_paper)});
  router.add(
      {.method = "POST",
       .pattern = "/api/v1/disposals/answers",
       .handle = nullptr,
       .open = [&application](
                   const Request& request) { return std::make_unique<AnswerUpload>(application, request); },
       .lane = Lane::slow,
       .max_body = largest_answer});
  router.add(
      {.method = "GET", .pattern = "/api/v1/disposals/open-transfers", .handle = with(list_open_transfers)});
  router.add({.method = "GET", .pattern = "/api/v1/disposals/{}", .handle = with(show)});
  router.add({.method = "POST", .pattern = "/api/v1/disposals/{}/withdraw", .handle = with(withdraw)});
  router.add({.method = "POST",
              .pattern = "/api/v1/disposals/{}/transfer",
              .handle = with(transfer),
              .lane = Lane::slow});
  router.add({.method = "GET", .pattern = "/api/v1/disposals/{}/messages/{}", .handle = with(download)});
}

}  // namespace eakte::api
