#include "api/http/shapes.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "api/account_shape.h"
#include "api/http/structure_shapes.h"
#include "ingest/poor_pages.h"
#include "ingest/reasons.h"

namespace eakte::api {
namespace {

Json date_json(const std::optional<archive::Date>& date) {
  return date ? Json(archive::to_iso(*date)) : Json(nullptr);
}

Json plan_entry_json(const archive::FilePlan& plan, const std::string& number) {
  if (number.empty()) return nullptr;
  const archive::FilePlanEntry* entry = plan.find(number);
  return {{"number", number}, {"title", entry == nullptr ? std::string() : entry->title}};
}

Json folder_json(const Tenant& tenant, const archive::FolderId& id) {
  if (id.empty()) return nullptr;
  const archive::Folder folder = tenant.archive.folder(id);
  return {{"id", folder.id.text}, {"reference", folder.reference}, {"title", folder.title}};
}

Json case_json(const Tenant& tenant, const archive::CaseId& id) {
  if (id.empty()) return nullptr;
  const archive::Case found = tenant.archive.open_case(id);
  return {{"id", found.id.text}, {"reference", found.reference}, {"title", found.title}};
}

std::string disposal_name(std::string_view code) {
  if (code == "A") return "an das Archiv abgeben";
  if (code == "B") return "dem Archiv zur Bewertung anbieten";
  if (code == "V") return "vernichten";
  return "";
}

Json retention_json(const archive::Document& document) {
  return {{"end", date_json(document.retention_end)},
          {"unlimited", document.retention_unlimited},
          {"sentence", document.retention_sentence},
          {"disposal", document.disposal},
          {"disposal_name", disposal_name(document.disposal)}};
}

/// A page that was read poorly is named, so that nobody leafs through a hundred of them.
Json review_reasons_json(const archive::NewDocument& content) {
  Json reasons = Json::array();
  for (const std::string& code : content.review_reasons) {
    std::string message(ingest::german_sentence(code));
    const std::string pages =
        code == "poorly_read" ? ingest::poor_pages_sentence(content.proposals) : std::string();
    if (!pages.empty()) message += " " + pages;
    reasons.push_back({{"code", code}, {"message", message}});
  }
  return reasons;
}

Json page_json(const archive::PageRecord& page) {
  Json steps = Json::parse(page.steps, nullptr, false);
  if (!steps.is_array()) steps = Json::array();
  Json codes = Json::parse(page.codes, nullptr, false);
  if (!codes.is_array()) codes = Json::array();
  Json marks = Json::parse(page.marks, nullptr, false);
  if (!marks.is_array()) marks = Json::array();
  return {{"number", page.number},
          {"width", page.width},
          {"height", page.height},
          {"dpi", page.dpi},
          {"quarter_turns", page.quarter_turns},
          {"blank", page.blank},
          {"born_digital", page.born_digital},
          {"confidence", page.confidence},
          {"steps", std::move(steps)},
          {"original_page", page.original_page == 0 ? page.number : page.original_page},
          {"codes", std::move(codes)},
          {"marks", std::move(marks)}};
}

/// The members common to a full document and a summary.
Json described(const Tenant& tenant, const archive::Document& document) {
  const archive::NewDocument& content = document.content;
  const archive::DocumentFields& fields = content.fields;
  return {{"id", document.id.text},
          {"revision", document.revision},
          {"intake", content.intake.text},
          {"received_on", archive::to_iso(content.received_on)},
          {"state", archive::name_of(content.state)},
          {"review_reasons", review_reasons_json(content)},
          {"title", fields.title},
          {"document_type", fields.document_type},
          {"sender", fields.sender},
          {"recipient", fields.recipient},
          {"reference", fields.reference},
          {"document_date", date_json(fields.document_date)},
          {"plan_entry", plan_entry_json(tenant.archive.file_plan(), fields.plan_entry)},
          {"folder", folder_json(tenant, fields.folder)},
          {"case", case_json(tenant, fields.open_case)},
          {"retention", retention_json(document)},
          {"original_name", content.original_name},
          {"source", content.source},
          {"languages", content.languages}};
}

}  // namespace

std::string json_text(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Response json_response(const Json& value, int status) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  response.body = json_text(value);
  return response;
}

Json intake_json(const Service& service, const Tenant& tenant, const ingest::Intake& intake) {
  const bool duplicate = intake.state == ingest::IntakeState::duplicate;
  const archive::DocumentId document = duplicate ? tenant.queue.resolved(intake).document : intake.document;
  const std::string reason = duplicate && intake.reason.empty() ? "duplicate" : intake.reason;
  ingest::Progress progress;
  if (intake.state == ingest::IntakeState::working) progress = service.progress.latest(intake.id);
  return {{"id", intake.id.text},
          {"received_at", intake.received_at},
          {"source", intake.source},
          {"name", intake.name},
          {"parent", intake.parent.text},
          {"sha256", intake.sha256},
          {"size", intake.size},
          {"languages", intake.languages},
          {"state", ingest::name_of(intake.state)},
          {"reason", reason},
          {"message", reason.empty() ? std::string() : std::string(ingest::german_sentence(reason))},
          {"attempts", intake.attempts},
          {"document", document.text},
          {"duplicate_of", intake.duplicate_of.text},
          {"stage", progress.stage},
          {"pages_done", progress.pages_done},
          {"pages_total", progress.pages_total}};
}

Json batch_json(const Tenant& tenant, const ingest::Intake& batch) {
  Json parts = Json::array();
  for (const ingest::Intake& part : tenant.queue.parts_of(batch.id)) {
    parts.push_back({{"id", part.id.text},
                     {"name", part.name},
                     {"state", ingest::name_of(part.state)},
                     {"document", part.document.text}});
  }
  Json pages = Json::array();
  for (const ingest::BatchPage& page : tenant.queue.pages_of(batch.id)) {
    Json codes = Json::parse(page.codes, nullptr, false);
    if (!codes.is_array()) codes = Json::array();
    pages.push_back({{"number", page.number},
                     {"role", page.role},
                     {"part", page.part.text},
                     {"codes", std::move(codes)}});
  }
  return {{"parts", std::move(parts)}, {"pages", std::move(pages)}};
}

Json document_summary_json(const Tenant& tenant, const archive::Document& document) {
  Json json = described(tenant, document);
  json["page_count"] = document.content.pages.size();
  return json;
}

Json document_json(const Tenant& tenant, const archive::Document& document) {
  Json json = described(tenant, document);
  Json pages = Json::array();
  for (const archive::PageRecord& page : document.content.pages) pages.push_back(page_json(page));
  Json proposals = Json::array();
  for (const archive::Proposal& proposal : document.content.proposals) {
    proposals.push_back({{"field", proposal.field},
                         {"value", proposal.value},
                         {"confidence", proposal.confidence},
                         {"reason", proposal.reason}});
  }
  Json renditions = Json::array();
  for (const archive::Rendition& rendition : document.content.renditions) {
    renditions.push_back({{"role", archive::name_of(rendition.role)},
                          {"size", rendition.object.size},
                          {"sha256", rendition.object.sha256},
                          {"media_type", rendition.media_type},
                          {"format", rendition.format_id}});
  }
  json["pages"] = std::move(pages);
  json["proposals"] = std::move(proposals);
  json["renditions"] = std::move(renditions);
  // How the archive file was made and what it was found to be; null for documents of earlier versions.
  const Json processing = Json::parse(document.content.processing, nullptr, false);
  const bool has_record = processing.is_object() && processing.contains("pdfa");
  json["pdfa"] = has_record ? processing.at("pdfa") : Json(nullptr);
  if (has_record) json["pdfa"]["rendering"] = processing.value("rendering", "");
  json.update(document_structure_json(tenant, document.id));
  return json;
}

Json account_json(const archive::Account& account) {
  Json roles = Json::array();
  for (const archive::Role role : account.roles)
    roles.push_back({{"role", archive::name_of(role)}, {"name", archive::german_name_of(role)}});
  Json json{{"name", account.name}, {"display_name", account.display_name}, {"roles", std::move(roles)}};
  json.update(account_standing_json(account));
  return json;
}

std::string facet_label(const Tenant& tenant, std::string_view facet, const std::string& value) {
  if (facet == "plan") {
    const archive::FilePlanEntry* entry = tenant.archive.file_plan().find(value);
    if (entry != nullptr) return value + " " + entry->title;
  }
  if (facet == "zustand" && value == "review") return "zu prüfen";
  if (facet == "zustand" && value == "withdrawn") return "zurückgezogen";
  if (facet == "zustand" && value == "filed") return "abgelegt";
  return value;
}

}  // namespace eakte::api
