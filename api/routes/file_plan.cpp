#include <nlohmann/json.hpp>

#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "archive/file_plan_versions.h"
#include "archive/refusals.h"
#include "archive/xdomea.h"

namespace eakte::api {
namespace {

constexpr std::uint64_t largest_plan = 8'000'000;

Json end_json(const std::optional<archive::Date>& day) { return day ? Json(archive::to_iso(*day)) : Json(); }

Json proposal_json(const archive::PlanProposal& proposal) {
  return {{"id", proposal.id.text},
          {"version", proposal.version},
          {"title", proposal.title},
          {"valid_from", archive::to_iso(proposal.valid_from)},
          {"state", archive::name_of(proposal.state)},
          {"second_person", proposal.second_person},
          {"reason", proposal.reason},
          {"proposed_by", proposal.proposed_by},
          {"proposed_at", proposal.proposed_at},
          {"decided_by", proposal.decided_by},
          {"decided_at", proposal.decided_at},
          {"decision_reason", proposal.decision_reason}};
}

Json problems_json(const std::vector<archive::PlanProblem>& problems) {
  Json list = Json::array();
  for (const archive::PlanProblem& problem : problems) {
    list.push_back({{"line", problem.line},
                    {"entry", problem.entry},
                    {"code", problem.code},
                    {"message", archive::sentence(problem)}});
  }
  return list;
}

Json preview_json(const archive::PlanPreview& preview) {
  Json entries = Json::array();
  for (const archive::EntryChange& change : preview.entries) {
    entries.push_back({{"number", change.number},
                       {"title", change.title},
                       {"shorter", change.shorter},
                       {"changes", change.sentences}});
  }
  Json examples = Json::array();
  for (const archive::FolderEffect& effect : preview.examples) {
    examples.push_back({{"folder", effect.about.id.text},
                        {"reference", effect.about.reference},
                        {"title", effect.about.title},
                        {"effect", archive::name_of(effect.kind)},
                        {"before", end_json(effect.before)},
                        {"after", end_json(effect.after)},
                        {"sentence", effect.sentence}});
  }
  return {{"problems", problems_json(preview.problems)},
          {"entries", std::move(entries)},
          {"second_person", preview.second_person},
          {"folders",
           {{"all", preview.folders},
            {"longer", preview.longer},
            {"shorter", preview.shorter},
            {"due_at_once", preview.due_at_once}}},
          {"examples", std::move(examples)}};
}

/// A plan as a request brings it: a file's text, or edits of the plan in force.
struct Brought {
  std::string text;
  archive::PlanFormat format = archive::PlanFormat::yaml;
  std::string reason;
};

archive::PlanEdit edit_from(const Json& given) {
  archive::PlanEdit edit;
  for (const auto& [name, value] : given.items()) edit[name] = value.get<std::string>();
  return edit;
}

Brought brought_by(const Tenant& tenant, const Request& request) {
  try {
    const Json given = Json::parse(request.body);
    Brought brought;
    brought.reason = given.value("reason", "");
    if (given.contains("text")) {
      brought.text = given.at("text").get<std::string>();
      const std::string format = given.value("format", "");
      const auto named = archive::plan_format_from(format);
      if (!format.empty() && !named) throw bad_request("Die Form des Aktenplans ist yaml, csv oder xdomea.");
      brought.format = named.value_or(archive::plan_format_of(brought.text));
      return brought;
    }
    std::vector<archive::PlanEdit> edits;
    for (const Json& one : given.at("edits")) edits.push_back(edit_from(one));
    brought.text =
        archive::edited_file_plan(tenant.archive.file_plan(), given.at("version").get<std::string>(),
                                  given.value("valid_from", ""), edits);
    brought.format = archive::PlanFormat::csv;
    return brought;
  } catch (const Json::exception&) {
    throw bad_request("Erwartet werden text und format, oder version und edits.");
  }
}

std::string reason_in(const Request& request) {
  try {
    return Json::parse(request.body).at("reason").get<std::string>();
  } catch (const Json::exception&) {
    throw bad_request("Erwartet wird {\"reason\":\"...\"}.");
  }
}

archive::ProposalId proposal_of(const Request& request) {
  const std::string& id = request.captures.at(0);
  if (!archive::is_id(id)) throw not_found();
  return {id};
}

Response show_plan(const Application& application, const Request& request) {
  return json_response(file_plan_json(application.tenant_of(request).archive.file_plan()));
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
  const archive::FilePlan& plan = archive.file_plan();
  switch (*format) {
    case archive::PlanFormat::yaml:
      response.body = archive.file_plan_yaml();
      break;
    case archive::PlanFormat::csv:
      response.body = archive::file_plan_to_csv(plan);
      break;
    case archive::PlanFormat::xdomea:
      response.body = archive::file_plan_to_xdomea(
          plan, {archive::new_uuid(), archive.tenant(), plan.title, archive::now_utc().substr(0, 19) + "Z"});
      break;
  }
  return response;
}

Response list_versions(const Application& application, const Request& request) {
  const archive::Archive& archive = application.tenant_of(request).archive;
  Json versions = Json::array();
  for (const archive::PlanVersion& version : archive::plan_versions(archive)) {
    versions.push_back({{"version", version.version},
                        {"title", version.title},
                        {"valid_from", version.valid_from},
                        {"in_force_since", version.loaded_at},
                        {"in_force", versions.empty()}});
  }
  Json proposals = Json::array();
  for (const archive::PlanProposal& proposal : archive::plan_proposals(archive))
    proposals.push_back(proposal_json(proposal));
  return json_response({{"versions", std::move(versions)}, {"proposals", std::move(proposals)}});
}

Response preview_plan(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  const Brought brought = brought_by(tenant, request);
  return json_response(preview_json(
      archive::preview_file_plan(tenant.archive, brought.text, brought.format, archive::today())));
}

Response propose_plan(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const Brought brought = brought_by(tenant, request);
  const archive::PlanPreview preview =
      archive::preview_file_plan(tenant.archive, brought.text, brought.format, archive::today(), 0);
  if (!preview.problems.empty()) {
    return json_response(
        {{"error", {{"code", "plan_faulty"}, {"message", archive::refusal_sentence("plan_faulty")}}},
         {"problems", problems_json(preview.problems)}},
        422);
  }
  const auto proposal = archive::propose_file_plan(tenant.archive, brought.text, brought.format,
                                                   brought.reason, archive::today(), actor_of(request));
  application.events.archive_changed(tenant.name);
  if (tenant.processor) tenant.processor->wake();
  return json_response(proposal_json(proposal), 201);
}

Response show_proposal(const Application& application, const Request& request) {
  const archive::Archive& archive = application.tenant_of(request).archive;
  const archive::PlanProposal proposal = archive::plan_proposal(archive, proposal_of(request));
  Json shown = proposal_json(proposal);
  if (proposal.state == archive::ProposalState::proposed ||
      proposal.state == archive::ProposalState::released)
    shown["preview"] = preview_json(archive::preview_proposal(archive, proposal.id, archive::today()));
  return json_response(shown);
}

Response release_plan(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const auto proposal = archive::release_file_plan(tenant.archive, proposal_of(request), reason_in(request),
                                                   archive::today(), actor_of(request));
  application.events.archive_changed(tenant.name);
  if (tenant.processor) tenant.processor->wake();
  return json_response(proposal_json(proposal));
}

Response reject_plan(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  return json_response(proposal_json(archive::reject_file_plan(tenant.archive, proposal_of(request),
                                                               reason_in(request), actor_of(request))));
}

}  // namespace

void add_file_plan_routes(Router& router, const Application& application) {
  const auto with = [&application](Response (*handle)(const Application&, const Request&)) {
    return [&application, handle](const Request& request) { return handle(application, request); };
  };
  const std::string plan = "/api/v1/file-plan";
  router.add({.method = "GET", .pattern = plan, .handle = with(show_plan)});
  router.add({.method = "GET", .pattern = plan + "/export", .handle = with(export_plan)});
  router.add({.method = "GET", .pattern = plan + "/versions", .handle = with(list_versions)});
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
