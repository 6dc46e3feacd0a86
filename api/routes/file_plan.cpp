#include <nlohmann/json.hpp>

#include "api/file_plan_shapes.h"
#include "api/http/json_body.h"
#include "api/http/problem.h"
#include "api/routes/routes.h"
#include "archive/refusals.h"
#include "ingest/foreign_file_plan.h"

namespace eakte::api {
namespace {

constexpr std::uint64_t largest_plan = 17'000'000;  // 8 MB of text, and what JSON adds
constexpr int most_examples = 100;

/// A plan as a request brings it: a file's text, read in a worker, or edits of the plan in force. Either way
/// what is left is our own CSV.
struct Brought {
  std::string csv;
  std::vector<archive::PlanProblem> problems;
  std::string reason;
};

archive::PlanEdit edit_from(const Json& given) {
  archive::PlanEdit edit;
  for (const auto& [name, value] : given.items()) edit[name] = value.get<std::string>();
  return edit;
}

Brought file_in(const Application& application, const Tenant& tenant, const Json& given) {
  const std::string format = given.value("format", "");
  const auto named = archive::plan_format_from(format);
  if (!format.empty() && !named) throw bad_request("Die Form des Aktenplans ist yaml, csv oder xdomea.");
  if (!application.service.workers) throw busy();
  const ingest::Workers workers{
      *application.service.workers, {}, (tenant.archive.directory() / "work").string(), application.stop};
  ingest::ForeignFilePlan plan =
      ingest::read_foreign_file_plan(workers, given.at("text").get<std::string>(), named);
  return {std::move(plan.csv), std::move(plan.problems), {}};
}

Brought edits_in(const Tenant& tenant, const Json& given) {
  std::vector<archive::PlanEdit> edits;
  for (const Json& one : given.at("edits")) edits.push_back(edit_from(one));
  try {
    return {archive::edited_file_plan(tenant.archive.file_plan(), given.at("version").get<std::string>(),
                                      given.value("valid_from", ""), edits),
            {},
            {}};
  } catch (const archive::Error&) {
    throw bad_request("Eine Änderung nennt keine Einheit, eine unbekannte Angabe oder keinen gültigen Tag.");
  }
}

Brought brought_by(const Application& application, const Tenant& tenant, const Request& request) {
  try {
    const Json given = Json::parse(request.body);
    Brought brought = given.contains("text") ? file_in(application, tenant, given) : edits_in(tenant, given);
    brought.reason = given.value("reason", "");
    return brought;
  } catch (const Json::exception&) {
    throw bad_request("Erwartet werden text und format, oder version und edits.");
  }
}

archive::PlanPreview preview_of(const Tenant& tenant, const Brought& brought, int examples) {
  if (!brought.problems.empty()) {
    archive::PlanPreview preview;
    preview.problems = brought.problems;
    return preview;
  }
  return archive::preview_file_plan(tenant.archive, brought.csv, archive::PlanFormat::csv, archive::today(),
                                    examples);
}

std::string reason_in(const Request& request) { return text_in(json_body(request), "reason"); }

archive::ProposalId proposal_of(const Request& request) {
  const std::string& id = request.captures.at(0);
  if (!archive::is_id(id)) throw not_found();
  return {id};
}

Response show_plan(const Application& application, const Request& request) {
  return json_response(to_json(application.tenant_of(request).archive.file_plan()));
}

Response export_plan(const Application& application, const Request& request) {
  const archive::Archive& archive = application.tenant_of(request).archive;
  const std::string_view name = request.parameter("format");
  const auto format = name.empty() ? archive::PlanFormat::yaml : archive::plan_format_from(name);
  if (!format) throw bad_request("Die Form des Aktenplans ist yaml, csv oder xdomea.");
  Response response;
  const char* const type = *format == archive::PlanFormat::yaml  ? "application/yaml"
                           : *format == archive::PlanFormat::csv ? "text/csv; charset=utf-8"
                                                                 : "application/xml";
  response.headers = {{"Content-Type", type}, {"Content-Disposition", "attachment"}};
  response.body = exported_plan(archive, std::string(request.parameter("version")), *format);
  return response;
}

Response list_versions(const Application& application, const Request& request) {
  const archive::Archive& archive = application.tenant_of(request).archive;
  Json versions = Json::array();
  for (const archive::PlanVersion& version : archive::plan_versions(archive))
    versions.push_back(to_json(version, versions.empty()));
  Json proposals = Json::array();
  for (const archive::PlanProposal& proposal : archive::plan_proposals(archive))
    proposals.push_back(to_json(proposal));
  return json_response({{"versions", std::move(versions)}, {"proposals", std::move(proposals)}});
}

/// What changes from one version to another, or to the one in force.
Response show_differences(const Application& application, const Request& request) {
  const archive::Archive& archive = application.tenant_of(request).archive;
  const std::string to(request.parameter("to"));
  const archive::FilePlan before = archive::plan_of_version(archive, std::string(request.parameter("from")));
  const archive::FilePlan after = to.empty() ? archive.file_plan() : archive::plan_of_version(archive, to);
  return json_response({{"from", before.version},
                        {"to", after.version},
                        {"entries", to_json(archive::differences(before, after))}});
}

Response preview_plan(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  return json_response(to_json(preview_of(tenant, brought_by(application, tenant, request), most_examples)));
}

Response propose_plan(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Brought brought = brought_by(application, tenant, request);
  const archive::PlanPreview preview = preview_of(tenant, brought, 0);
  if (!preview.problems.empty()) {
    return json_response(
        {{"error", {{"code", "plan_faulty"}, {"message", archive::refusal_sentence("plan_faulty")}}},
         {"problems", to_json(preview.problems)}},
        422);
  }
  const auto proposal = archive::propose_file_plan(tenant.archive, brought.csv, archive::PlanFormat::csv,
                                                   brought.reason, archive::today(), actor_of(request));
  application.events.archive_changed(tenant.name);
  if (tenant.processor) tenant.processor->wake();
  return json_response(to_json(proposal), 201);
}

Response show_proposal(const Application& application, const Request& request) {
  const archive::Archive& archive = application.tenant_of(request).archive;
  const archive::PlanProposal proposal = archive::plan_proposal(archive, proposal_of(request));
  Json shown = to_json(proposal);
  if (proposal.state == archive::ProposalState::proposed ||
      proposal.state == archive::ProposalState::released)
    shown["preview"] =
        to_json(archive::preview_proposal(archive, proposal.id, archive::today(), most_examples));
  return json_response(shown);
}

Response release_plan(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const auto proposal = archive::release_file_plan(tenant.archive, proposal_of(request), reason_in(request),
                                                   archive::today(), actor_of(request));
  application.events.archive_changed(tenant.name);
  if (tenant.processor) tenant.processor->wake();
  return json_response(to_json(proposal));
}

Response reject_plan(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  return json_response(to_json(archive::reject_file_plan(tenant.archive, proposal_of(request),
                                                         reason_in(request), actor_of(request))));
}

}  // namespace

void add_file_plan_routes(Router& router, const Application& application) {
  const auto with = [&](Handler handle) { return handler(application, handle); };
  const std::string plan = "/api/v1/file-plan";
  router.add({.method = "GET", .pattern = plan, .handle = with(show_plan)});
  router.add({.method = "GET", .pattern = plan + "/export", .handle = with(export_plan)});
  router.add({.method = "GET", .pattern = plan + "/versions", .handle = with(list_versions)});
  router.add({.method = "GET", .pattern = plan + "/differences", .handle = with(show_differences)});
  // These look at every folder under what changes.
  router.add({.method = "POST",
              .pattern = plan + "/preview",
              .handle = with(preview_plan),
              .lane = Lane::slow,
              .max_body = largest_plan});
  router.add({.method = "POST",
              .pattern = plan + "/versions",
              .handle = with(propose_plan),
              .lane = Lane::slow,
              .max_body = largest_plan});
  router.add({.method = "GET",
              .pattern = plan + "/proposals/{}",
              .handle = with(show_proposal),
              .lane = Lane::slow});
  router.add({.method = "POST",
              .pattern = plan + "/proposals/{}/release",
              .handle = with(release_plan),
              .lane = Lane::slow});
  router.add({.method = "POST", .pattern = plan + "/proposals/{}/reject", .handle = with(reject_plan)});
}

}  // namespace eakte::api
