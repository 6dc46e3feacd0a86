#include "archive/package/document_events.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "archive/package/package_names.h"

namespace eakte::archive {
namespace {

using nlohmann::json;

std::string text_at(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

json part(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_object() ? *found : json::object();
}

PremisEvent identification(const json& processing, const Rendition& rendition, const std::string& name,
                           const std::string& at) {
  const json formats = part(processing, "formats");
  const std::string signatures = text_at(formats, "signatures");
  const json found = part(formats, rendition.role == RenditionRole::original ? "original" : "pdfa");
  return {"format identification",
          at,
          fmt::format("PRONOM signatures {}, known by {}", signatures.empty() ? "-" : signatures,
                      text_at(found, "basis").empty() ? "-" : text_at(found, "basis")),
          rendition.format_id,
          {name},
          {}};
}

PremisEvent validation(const json& verdict, const std::string& name, const std::string& at) {
  const json file = part(verdict, "archive");
  const auto valid = file.find("valid");
  const bool right = valid != file.end() && valid->is_boolean() && valid->get<bool>();
  const auto checker = verdict.find("checker");
  return {"validation",
          at,
          fmt::format("{}, own checker, version {}", text_at(file, "standard"),
                      checker != verdict.end() ? checker->dump() : "-"),
          right ? "valid" : "not valid",
          {name},
          {}};
}

}  // namespace

std::vector<PremisEvent> events_of(const Document& document, const Rendition& rendition,
                                   const std::string& received_at, const std::string& filed_at) {
  std::vector<PremisEvent> events;
  json processing = json::parse(document.content.processing, nullptr, false);
  if (!processing.is_object()) processing = json::object();
  const std::string name = file_name_of(document.id, rendition);
  const bool original = rendition.role == RenditionRole::original;
  const bool archived = rendition.role == RenditionRole::pdfa;
  if (original)
    events.push_back({"ingestion",
                      received_at,
                      fmt::format("source {}, intake {}, document {}", document.content.source,
                                  document.content.intake.text, document.id.text),
                      "success",
                      {name},
                      {}});
  if (archived)
    events.push_back({"normalization",
                      filed_at,
                      fmt::format("archive file of document {}: {}, pictures {}", document.id.text,
                                  text_at(processing, "rendering"), text_at(processing, "pictures")),
                      "success",
                      {name},
                      {}});
  if ((original || archived) && !rendition.format_id.empty())
    events.push_back(identification(processing, rendition, name, filed_at));
  if (archived && processing.contains("pdfa"))
    events.push_back(validation(part(processing, "pdfa"), name, filed_at));
  return events;
}

PremisEvent fixity_event(const std::string& name, const std::string& at) {
  return {"fixity check", at,     "SHA-256 compared while the file was copied into the package",
          "success",      {name}, {}};
}

std::vector<PremisEvent> events_of_folder(Connection& connection, const std::string& folder) {
  std::vector<PremisEvent> events;
  for (const Row& row : connection.query(
           "SELECT transfer_confirmed_at, archive_reference, recorded_by FROM appraisal WHERE folder = ? AND "
           "transfer_confirmed_at IS NOT NULL",
           {folder})) {
    events.push_back(
        {"deaccession",
         row.text("transfer_confirmed_at"),
         fmt::format("folder {} was handed over to the archive, {}", folder, row.text("archive_reference")),
         "success",
         {},
         row.text("recorded_by")});
  }
  return events;
}

}  // namespace eakte::archive
