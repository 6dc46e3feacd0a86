#include "api/http/record_shapes.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/folder_shape.h"
#include "api/http/structure_shapes.h"

namespace eakte::api {
namespace {

constexpr int most_documents = 200;

Json plan_entry_of(const Tenant& tenant, const std::string& number) {
  const archive::FilePlanEntry* entry = tenant.archive.file_plan().find(number);
  return {{"number", number}, {"title", entry == nullptr ? std::string() : entry->title}};
}

Json described(const Tenant& tenant, const archive::Folder& folder) {
  return {{"id", folder.id.text},
          {"reference", folder.reference},
          {"title", folder.title},
          {"plan_entry", plan_entry_of(tenant, folder.plan_entry)}};
}

std::string as_noun(std::string code) {
  if (code.front() >= 'a' && code.front() <= 'z') code.front() = static_cast<char>(code.front() - 'a' + 'A');
  std::ranges::replace(code, '_', ' ');
  return code;
}

/// What the plan's code list says; else its code, written as a noun.
std::string meaning_of(const archive::FilePlan& plan, std::string event) {
  if (event.empty()) return event;
  const auto list = plan.code_lists.find("ereignis");
  if (list == plan.code_lists.end()) return as_noun(std::move(event));
  const auto found = std::ranges::find(list->second, event, [](const auto& code) { return code.first; });
  return found == list->second.end() || found->second.empty() ? as_noun(std::move(event)) : found->second;
}

/// The events a person may enter: what the rule counts from, beside the closing and what follows from it.
Json awaited_events(const archive::FilePlan& plan, const archive::FolderRecord& folder) {
  Json events = Json::array();
  const archive::FilePlanEntry* const entry = plan.find(folder.about.plan_entry);
  if (entry == nullptr) return events;
  std::vector<std::string> names;
  for (const archive::RetentionPeriod& period : entry->retention.periods) names.push_back(period.start_event);
  if (!entry->retention.suspension.empty()) names.push_back(entry->retention.suspension);
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (*name == "zdA" || *name == "vorige_stufe" || std::find(names.begin(), name, *name) != name) continue;
    const auto known = folder.events.find(*name);
    events.push_back(
        {{"event", *name},
         {"name", meaning_of(plan, *name)},
         {"suspension", *name == entry->retention.suspension},
         {"on", known == folder.events.end() ? Json(nullptr) : Json(archive::to_iso(known->second))}});
  }
  return events;
}

Json case_record_json(const archive::CaseRecord& one) {
  return {{"id", one.about.id.text},
          {"reference", one.about.reference},
          {"title", one.about.title},
          {"closed_on", iso_or_null(one.closed_on)}};
}

}  // namespace

Json listed_folder_json(const Tenant& tenant, const archive::ListedFolder& folder) {
  Json json = described(tenant, folder.about);
  json.update({{"status", archive::name_of(folder.status)},
               {"closed_on", iso_or_null(folder.closed_on)},
               {"retention_end", iso_or_null(folder.retention_end)},
               {"disposal", folder.disposal},
               {"standing_holds", folder.standing_holds}});
  return json;
}

Json folder_record_json(const Tenant& tenant, const archive::FolderRecord& folder, archive::Date on) {
  Json json = described(tenant, folder.about);
  Json cases = Json::array();
  for (const archive::CaseRecord& one : folder.cases) cases.push_back(case_record_json(one));
  Json holds = Json::array();
  for (const archive::DisposalHold& hold : archive::holds_of(tenant.archive, folder.about.id))
    holds.push_back(hold_json(tenant, hold));
  const std::vector<archive::DocumentId> drafts = archive::drafts_of(tenant.archive, folder.about.id);
  Json documents = Json::array();
  for (const archive::Document& document :
       archive::documents_in(tenant.archive, folder.about.id, most_documents))
    documents.push_back({{"id", document.id.text},
                         {"title", document.content.fields.title},
                         {"original_name", document.content.original_name},
                         {"document_type", document.content.fields.document_type},
                         {"received_on", archive::to_iso(document.content.received_on)},
                         {"case", document.content.fields.open_case.text},
                         {"draft", std::ranges::find(drafts, document.id) != drafts.end()}});
  json["status"] = archive::name_of(folder.status);
  json.update(folder_standing_json(folder, on));
  json.update({{"suspension_running", folder.suspension_running},
               {"events", awaited_events(tenant.archive.file_plan(), folder)},
               {"cases", std::move(cases)},
               {"holds", std::move(holds)},
               {"documents", std::move(documents)}});
  json.update(folder_structure_json(tenant, folder.about.id));
  return json;
}

Json hold_json(const Tenant& tenant, const archive::DisposalHold& hold) {
  const archive::Folder folder = tenant.archive.folder(hold.folder);
  return {{"id", hold.id.text},
          {"folder", {{"id", folder.id.text}, {"reference", folder.reference}, {"title", folder.title}}},
          {"reason", hold.reason},
          {"owner", hold.owner},
          {"placed_at", hold.placed_at},
          {"placed_by", hold.placed_by},
          {"review_on", archive::to_iso(hold.review_on)},
          {"lifted_at", hold.lifted_at ? Json(*hold.lifted_at) : Json(nullptr)},
          {"lifted_by", hold.lifted_by},
          {"lift_reason", hold.lift_reason}};
}

Json due_folder_json(const Tenant& tenant, const archive::DueFolder& due) {
  Json json = described(tenant, due.about);
  json.update({{"status", archive::name_of(due.status)},
               {"reason", archive::name_of(due.reason)},
               {"disposal", due.disposal},
               {"retention_end", iso_or_null(due.retention_end)},
               {"standing_holds", due.standing_holds}});
  return json;
}

Json due_year_json(const archive::DueYear& year) {
  return {{"year", year.year}, {"A", year.transfer}, {"B", year.appraise}, {"V", year.destroy}};
}

}  // namespace eakte::api
