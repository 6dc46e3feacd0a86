#include "archive/destruction/record.h"

#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "archive/retention.h"

namespace eakte::archive {
namespace {

using json = nlohmann::ordered_json;

constexpr const char* method =
    "Zeilen im Katalog gelöscht, Katalogdatei neu geschrieben und ihr Schreibprotokoll geleert (VACUUM, "
    "WAL); Dateien "
    "der Inhalte und Manifeste aus dem Dateisystem entfernt; Suchindex neu geschrieben; abgeleitete Merkmale "
    "der "
    "Klassifikation entfernt. Datenträger wurden nicht überschrieben.";

json rule_json(const Archive& archive, const FolderRecord& folder) {
  const FilePlanEntry* const entry = archive.file_plan().find(folder.about.plan_entry);
  return {{"number", folder.about.plan_entry},
          {"title", entry == nullptr ? "" : entry->title},
          {"file_plan_version", archive.file_plan().version},
          {"rule", entry == nullptr ? "" : describe(entry->retention)},
          {"legal_basis", entry == nullptr ? "" : entry->legal_basis},
          {"disposal", code_of(folder.disposal)}};
}

json files_of(Connection& connection, const Destruction& destruction, const std::string& owner) {
  json files = json::array();
  for (const Row& row : connection.query(
           "SELECT role, sha256, size, fate FROM destroyed_file WHERE destruction = ? AND owner = ? ORDER BY "
           "role, sha256",
           {destruction.id.text, owner})) {
    json file{{"role", row.text("role")}, {"sha256", row.text("sha256")}, {"size", row.integer("size")}};
    if (row.text("fate") == "kept") file["kept"] = "wird von einem anderen Dokument noch gebraucht";
    files.push_back(std::move(file));
  }
  return files;
}

std::string backups_sentence(Date today, int kept_days) {
  if (kept_days <= 0) return "Zur Aufbewahrung der Sicherungen ist nichts eingetragen.";
  const Date last(std::chrono::sys_days(today) + std::chrono::days(kept_days));
  return fmt::format("Sicherungen, die das Vernichtete noch enthalten, laufen spätestens am {} ab.",
                     to_german(last));
}

}  // namespace

std::string draft_record(const Archive& archive, const FolderRecord& folder, const Destruction& destruction,
                         const std::string& executed_by) {
  const json record{
      {"format", "eakte-vernichtung-1"},
      {"tenant", archive.tenant()},
      {"destruction", destruction.id.text},
      {"disposal_of_this_record", "A"},
      {"folder",
       {{"id", folder.about.id.text},
        {"reference", folder.about.reference},
        {"title", "Akte " + folder.about.id.text},
        {"begins_on", to_iso(folder.begins_on)},
        {"closed_on", folder.closed_on ? json(to_iso(*folder.closed_on)) : json(nullptr)}}},
      {"plan_entry", rule_json(archive, folder)},
      {"retention_end", folder.retention.end ? json(to_iso(*folder.retention.end)) : json(nullptr)},
      {"basis", {{"kind", name_of(destruction.basis)}, {"source", destruction.basis_source}}},
      {"proposed", {{"at", destruction.proposed_at}, {"by", destruction.proposed_by}}},
      {"approved", {{"at", destruction.approved_at}, {"by", destruction.approved_by}}},
      {"executed", {{"at", now_utc()}, {"by", executed_by}}}};
  return record.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string finished_record(Connection& connection, const Destruction& destruction, Date today,
                            int backups_kept_days) {
  json record = json::parse(destruction.record);
  record["finished_at"] = now_utc();
  record["method"] = method;
  record["backups"] = backups_sentence(today, backups_kept_days);
  json documents = json::array();
  for (const Row& row :
       connection.query("SELECT document, intake, received_on, person FROM destroyed_document WHERE "
                        "destruction = ? ORDER BY document",
                        {destruction.id.text})) {
    documents.push_back({{"document", row.text("document")},
                         {"intake", row.text("intake")},
                         {"received_on", row.text("received_on")},
                         {"person", row.text("person")},
                         {"files", files_of(connection, destruction, row.text("document"))}});
  }
  json intakes = json::array();
  for (const Row& row : connection.query("SELECT DISTINCT owner FROM destroyed_file WHERE destruction = ? "
                                         "AND role = 'received' ORDER BY owner",
                                         {destruction.id.text})) {
    intakes.push_back(
        {{"intake", row.text("owner")}, {"files", files_of(connection, destruction, row.text("owner"))}});
  }
  // What was applied again to a restored backup keeps what the log said; the backup's own remains stand
  // beside it.
  json& found = record.contains("applied_again") ? record["applied_again"] : record;
  found["documents"] = std::move(documents);
  found["intakes"] = std::move(intakes);
  return record.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace eakte::archive
