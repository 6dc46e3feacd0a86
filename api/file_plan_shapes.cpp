#include "api/file_plan_shapes.h"

#include <nlohmann/json.hpp>

#include "archive/xdomea.h"

namespace eakte::api {
namespace {

using Json = nlohmann::ordered_json;

Json day_json(const std::optional<archive::Date>& day) { return day ? Json(archive::to_iso(*day)) : Json(); }

std::string_view name_of(archive::RetentionRule::Kind kind) {
  using Kind = archive::RetentionRule::Kind;
  return kind == Kind::minimum ? "minimum" : kind == Kind::maximum ? "maximum" : "fixed";
}

std::string_view name_of(archive::RetentionRule::Combination combination) {
  using Combination = archive::RetentionRule::Combination;
  return combination == Combination::single   ? "single"
         : combination == Combination::latest ? "latest"
                                              : "stages";
}

Json rule_json(const archive::RetentionRule& rule) {
  Json periods = Json::array();
  for (const archive::RetentionPeriod& period : rule.periods) {
    periods.push_back(
        {{"years", period.years},
         {"months", period.months},
         {"days", period.days},
         {"event", period.start_event},
         {"rounding", period.rounding == archive::Rounding::end_of_year ? "end_of_year" : "exact_day"},
         {"name", period.name},
         {"access_locked", period.access_locked}});
  }
  return {{"unlimited", rule.unlimited},
          {"kind", name_of(rule.kind)},
          {"combination", name_of(rule.combination)},
          {"periods", std::move(periods)},
          {"suspension", rule.suspension}};
}

bool is_set(const archive::RetentionRule& rule) { return rule.unlimited || !rule.periods.empty(); }

}  // namespace

std::string_view german_name(archive::ProposalState state) {
  using archive::ProposalState;
  switch (state) {
    case ProposalState::proposed:
      return "wartet auf die Freigabe durch eine zweite Person";
    case ProposalState::released:
      return "freigegeben, gilt ab ihrem Tag";
    case ProposalState::in_force:
      return "in Kraft";
    case ProposalState::rejected:
      return "abgelehnt";
  }
  return "";
}

std::string_view german_name(archive::FolderEffect::Kind kind) {
  using Kind = archive::FolderEffect::Kind;
  switch (kind) {
    case Kind::longer:
      return "länger";
    case Kind::shorter:
      return "kürzer";
    case Kind::due_at_once:
      return "sofort fällig";
    case Kind::other:
      return "anders";
  }
  return "";
}

Json to_json(const archive::FilePlanEntry& entry) {
  const bool scheduled = is_set(entry.retention);
  return {{"number", entry.number},
          {"title", entry.title},
          {"parent", entry.parent},
          {"takes_folders", entry.takes_folders},
          {"retention", scheduled ? archive::describe(entry.retention) : std::string()},
          {"disposal", archive::code_of(entry.disposal)},
          {"document_types", entry.document_types},
          {"id", entry.id},
          {"rule", scheduled ? archive::rule_notation(entry.retention) : std::string()},
          {"rule_parts", scheduled ? rule_json(entry.retention) : Json()},
          {"limit", entry.limit ? archive::rule_notation(*entry.limit) : std::string()},
          {"limit_sentence", entry.limit ? archive::describe(*entry.limit) : std::string()},
          {"overridden", entry.overridden},
          {"legal_basis", entry.legal_basis},
          {"years_at_hand", entry.years_at_hand},
          {"protection", entry.protection},
          {"personal_data", entry.personal_data},
          {"confidentiality", entry.confidentiality},
          {"folder_kind", entry.folder_kind},
          {"access", entry.access},
          {"former_numbers", entry.former_numbers},
          {"valid_from", day_json(entry.valid_from)},
          {"valid_to", day_json(entry.valid_to)}};
}

Json to_json(const archive::FilePlan& plan) {
  Json entries = Json::array();
  for (const archive::FilePlanEntry& entry : plan.entries) entries.push_back(to_json(entry));
  Json code_lists = Json::object();
  for (const auto& [name, codes] : plan.code_lists) {
    Json list = Json::array();
    for (const auto& [code, meaning] : codes) list.push_back({{"code", code}, {"name", meaning}});
    code_lists[name] = std::move(list);
  }
  return {{"title", plan.title},
          {"version", plan.version},
          {"valid_from", day_json(plan.valid_from)},
          {"code_lists", std::move(code_lists)},
          {"entries", std::move(entries)}};
}

Json to_json(const archive::PlanProblem& problem) {
  return {{"line", problem.line},
          {"entry", problem.entry},
          {"code", problem.code},
          {"reason", problem.reason},
          {"message", archive::sentence(problem)}};
}

Json to_json(const std::vector<archive::PlanProblem>& problems) {
  Json list = Json::array();
  for (const archive::PlanProblem& problem : problems) list.push_back(to_json(problem));
  return list;
}

Json to_json(const archive::EntryChange& change) {
  return {{"number", change.number},
          {"title", change.title},
          {"shorter", change.shorter},
          {"changes", change.sentences}};
}

Json to_json(const std::vector<archive::EntryChange>& changes) {
  Json list = Json::array();
  for (const archive::EntryChange& change : changes) list.push_back(to_json(change));
  return list;
}

Json to_json(const archive::PlanPreview& preview) {
  Json examples = Json::array();
  for (const archive::FolderEffect& effect : preview.examples) {
    examples.push_back({{"folder", effect.about.id.text},
                        {"reference", effect.about.reference},
                        {"title", effect.about.title},
                        {"effect", archive::name_of(effect.kind)},
                        {"before", day_json(effect.before)},
                        {"after", day_json(effect.after)},
                        {"sentence", effect.sentence}});
  }
  return {{"problems", to_json(preview.problems)},
          {"entries", to_json(preview.entries)},
          {"second_person", preview.second_person},
          {"folders",
           {{"all", preview.folders},
            {"longer", preview.longer},
            {"shorter", preview.shorter},
            {"due_at_once", preview.due_at_once}}},
          {"examples", std::move(examples)}};
}

Json to_json(const archive::PlanProposal& proposal) {
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

Json to_json(const archive::PlanVersion& version, bool in_force) {
  return {{"version", version.version},       {"title", version.title},
          {"valid_from", version.valid_from}, {"in_force_since", version.loaded_at},
          {"sha256", version.sha256},         {"in_force", in_force}};
}

std::string exported_plan(const archive::Archive& archive, const std::string& version,
                          archive::PlanFormat format) {
  // Of the plan in force the very text is kept, with whatever was remarked in it.
  if (version.empty() && format == archive::PlanFormat::yaml) return archive.file_plan_yaml();
  const archive::FilePlan plan =
      version.empty() ? archive.file_plan() : archive::plan_of_version(archive, version);
  switch (format) {
    case archive::PlanFormat::yaml:
      return archive::file_plan_to_yaml(plan);
    case archive::PlanFormat::csv:
      return archive::file_plan_to_csv(plan);
    case archive::PlanFormat::xdomea:
      return archive::file_plan_to_xdomea(
          plan, {archive::new_uuid(), archive.tenant(), plan.title, archive::now_utc().substr(0, 19) + "Z"});
  }
  return {};
}

}  // namespace eakte::api
