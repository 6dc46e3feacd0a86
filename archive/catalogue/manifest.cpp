#include "archive/catalogue/manifest.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "archive/error.h"
#include "archive/json_number.h"
#include "archive/shallow_json.h"

namespace eakte::archive {
namespace {

using json = nlohmann::ordered_json;

constexpr const char* format_name = "eakte-manifest-1";

json date_json(const std::optional<Date>& date) { return date ? json(to_iso(*date)) : json(nullptr); }

/// JSON a caller handed over as text; as a string when it is none.
json embedded(const std::string& text) {
  try {
    return shallow_json<json>(text);
  } catch (const json::exception&) {
    return text;
  }
}

json fields_json(const DocumentFields& fields) {
  return {{"title", fields.title},           {"document_type", fields.document_type},
          {"sender", fields.sender},         {"recipient", fields.recipient},
          {"reference", fields.reference},   {"document_date", date_json(fields.document_date)},
          {"plan_entry", fields.plan_entry}, {"folder", fields.folder.text},
          {"case", fields.open_case.text}};
}

json pages_json(const std::vector<PageRecord>& pages) {
  json list = json::array();
  for (const PageRecord& page : pages) {
    list.push_back({{"number", page.number},
                    {"width", page.width},
                    {"height", page.height},
                    {"dpi", page.dpi},
                    {"quarter_turns", page.quarter_turns},
                    {"blank", page.blank},
                    {"born_digital", page.born_digital},
                    {"confidence", page.confidence},
                    {"steps", embedded(page.steps)}});
    // Only where there is something to say: manifests written before these members existed stay true.
    if (page.original_page != 0) list.back()["original_page"] = page.original_page;
    if (page.codes != "[]") list.back()["codes"] = embedded(page.codes);
    if (page.marks != "[]") list.back()["marks"] = embedded(page.marks);
  }
  return list;
}

json proposals_json(const std::vector<Proposal>& proposals) {
  json list = json::array();
  for (const Proposal& proposal : proposals) {
    list.push_back({{"field", proposal.field},
                    {"value", proposal.value},
                    {"confidence", proposal.confidence},
                    {"reason", proposal.reason}});
  }
  return list;
}

json renditions_json(const std::vector<Rendition>& renditions) {
  json list = json::array();
  for (const Rendition& rendition : renditions) {
    list.push_back({{"role", name_of(rendition.role)},
                    {"sha256", rendition.object.sha256},
                    {"size", rendition.object.size},
                    {"media_type", rendition.media_type}});
    // Manifests written before formats were told stay true.
    if (!rendition.format_id.empty()) list.back()["format"] = rendition.format_id;
  }
  return list;
}

/// The part of the manifest that the catalogue repeats.
json document_json(const Document& document) {
  const NewDocument& content = document.content;
  return {{"document", document.id.text},
          {"intake", content.intake.text},
          {"received_on", to_iso(content.received_on)},
          {"source", content.source},
          {"original_name", content.original_name},
          {"languages", content.languages},
          {"state", name_of(content.state)},
          {"review_reasons", content.review_reasons},
          {"fields", fields_json(content.fields)},
          {"access", content.access},
          {"retention",
           {{"end", date_json(document.retention_end)},
            {"unlimited", document.retention_unlimited},
            {"sentence", document.retention_sentence},
            {"disposal", document.disposal}}},
          {"renditions", renditions_json(content.renditions)},
          {"pages", pages_json(content.pages)},
          {"proposals", proposals_json(content.proposals)},
          {"processing", embedded(content.processing)}};
}

std::string dumped(const json& object, int indent) {
  return object.dump(indent, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string manifest_text(const Document& document, const ManifestContext& context) {
  json manifest{{"format", format_name},
                {"tenant", context.tenant},
                {"written_at", context.written_at},
                {"previous", context.previous},
                {"audit", {{"entries", context.audit_entries}, {"hash", context.audit_hash}}}};
  manifest.update(document_json(document));
  if (context.folder) {
    manifest["folder"] = {{"id", context.folder->id.text},
                          {"reference", context.folder->reference},
                          {"title", context.folder->title},
                          {"plan_entry", context.folder->plan_entry}};
  }
  if (context.open_case) {
    manifest["case"] = {{"id", context.open_case->id.text},
                        {"reference", context.open_case->reference},
                        {"title", context.open_case->title}};
  }
  return dumped(manifest, 1) + "\n";
}

std::filesystem::path manifest_path(const Document& document, const std::string& sha256) {
  const std::string day = to_iso(document.content.received_on);
  return std::filesystem::path("manifests") / day.substr(0, 4) / day.substr(5, 2) /
         fmt::format("{}.{}.json", document.id.text, sha256);
}

ManifestCheck check_manifest(const std::string& text, const Document& document) {
  try {
    const json manifest = json::parse(text);
    if (manifest.at("format") != format_name) throw Error("the format is not known");
    ManifestCheck check;
    check.anchor = {whole_number<std::int64_t>(manifest.at("audit").at("entries")),
                    manifest.at("audit").at("hash").get<std::string>()};
    // Through the text once, so that both sides have seen the same replacement of foreign bytes.
    const json expected = json::parse(dumped(document_json(document), -1));
    for (const auto& [key, value] : expected.items()) {
      if (!manifest.contains(key) || manifest[key] != value) check.differences.push_back(key);
    }
    return check;
  } catch (const json::exception& error) {
    throw Error(fmt::format("manifest of document {}: {}", document.id.text, error.what()));
  }
}

}  // namespace eakte::archive
