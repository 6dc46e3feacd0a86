#include "api/disposal_names.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace eakte::api {

using archive::MessageType;
using nlohmann::json;

std::string_view german_name(archive::ProcessKind kind) {
  switch (kind) {
    case archive::ProcessKind::four_stage:
      return "Anbietung und Abgabe (vierstufig)";
    case archive::ProcessKind::two_stage:
      return "Abgabe";
    case archive::ProcessKind::plan:
      return "Bewertung des Aktenplans";
  }
  return "";
}

std::string german_state(const archive::DisposalProcess& process) {
  using enum archive::ProcessState;
  switch (process.state) {
    case waiting:
      return "wartet auf Bewertung";
    case appraised:
      return "bewertet";
    case transferred:
      return "übergeben";
    case confirmed:
      if (process.failed == 0) return "bestätigt";
      return fmt::format("bestätigt, {} nicht übernommen",
                         process.failed == 1 ? "1 Akte" : fmt::format("{} Akten", process.failed));
    case withdrawn:
      return "zurückgenommen";
  }
  return "";
}

std::string_view german_name(MessageType type) {
  switch (type) {
    case MessageType::offer:
      return "Anbieteverzeichnis";
    case MessageType::appraisal:
      return "Bewertungsverzeichnis";
    case MessageType::transfer:
      return "Aussonderung";
    case MessageType::offer_received:
      return "Empfang der Anbietung";
    case MessageType::appraisal_received:
      return "Empfang der Bewertung";
    case MessageType::import_report:
      return "Bestätigung der Übernahme";
    case MessageType::transfer_received:
      return "Empfang der Aussonderung";
    case MessageType::plan:
      return "Aktenplan zur Bewertung";
    case MessageType::plan_received:
      return "Empfang des Aktenplans";
    case MessageType::plan_appraisal:
      return "Bewertungskatalog";
    case MessageType::plan_imported:
      return "Übernahme des Bewertungskatalogs";
    case MessageType::plan_appraisal_received:
      return "Empfang des Bewertungskatalogs";
  }
  return "";
}

std::string_view german_name(archive::AppraisalDecision decision) {
  return decision == archive::AppraisalDecision::transfer ? "A, das Archiv übernimmt"
                                                          : "V, das Archiv stimmt der Vernichtung zu";
}

std::string sentence_on(const archive::ProcessFolder& folder, archive::ProcessState state) {
  if (state == archive::ProcessState::withdrawn && !folder.decision) return "Anbietung zurückgenommen";
  if (!folder.decision) return "wartet auf die Bewertung";
  std::string sentence = fmt::format("mit {} bewertet", archive::code_of(*folder.decision));
  if (folder.decision == archive::AppraisalDecision::destroy) {
    sentence +=
        folder.status == archive::FolderStatus::destroyed ? ", vernichtet" : ", darf vernichtet werden";
    return sentence;
  }
  if (!folder.handed_over) return sentence + ", noch abzugeben";
  sentence += ", abgegeben";
  if (folder.imported == true) {
    sentence += ", vom Archiv übernommen";
    if (!folder.archive_reference.empty()) sentence += fmt::format(" ({})", folder.archive_reference);
    if (folder.status == archive::FolderStatus::destroyed) sentence += ", eigene Fassung gelöscht";
  } else if (folder.imported == false) {
    sentence += fmt::format(", Übernahme gescheitert: {}", folder.message);
  }
  return sentence;
}

json to_json(const archive::DisposalProcess& process) {
  json messages = json::array();
  for (const archive::ProcessMessage& message : process.messages)
    messages.push_back({{"message", archive::number_of(message.type)},
                        {"name", german_name(message.type)},
                        {"incoming", message.incoming},
                        {"file_name", message.file_name},
                        {"sha256", message.sha256},
                        {"recorded_at", message.recorded_at},
                        {"recorded_by", message.recorded_by},
                        {"kept", message.kept}});
  json folders = json::array();
  for (const archive::ProcessFolder& folder : process.folders)
    folders.push_back(
        {{"folder", folder.about.id.text},
         {"reference", folder.about.reference},
         {"title", folder.about.title},
         {"plan_entry", folder.about.plan_entry},
         {"status", archive::name_of(folder.status)},
         {"decision", folder.decision ? json(archive::code_of(*folder.decision)) : json(nullptr)},
         {"handed_over", folder.handed_over},
         {"imported", folder.imported ? json(*folder.imported) : json(nullptr)},
         {"message", folder.message},
         {"archive_reference", folder.archive_reference},
         {"sentence", sentence_on(folder, process.state)}});
  return {{"process", process.id},
          {"kind", archive::name_of(process.kind)},
          {"name", german_name(process.kind)},
          {"created_at", process.created_at},
          {"created_by", process.created_by},
          {"state", archive::name_of(process.state)},
          {"state_name", german_state(process)},
          {"folder_count", process.folder_count},
          {"failed", process.failed},
          {"withdrawn_at", process.withdrawn_at},
          {"withdrawn_by", process.withdrawn_by},
          {"withdraw_reason", process.withdraw_reason},
          {"messages", std::move(messages)},
          {"folders", std::move(folders)}};
}

json to_json(const archive::Appraisal& appraisal, const std::string& reference) {
  return {{"folder", appraisal.folder.text},
          {"reference", reference},
          {"decision", archive::code_of(appraisal.decision)},
          {"source", appraisal.source},
          {"decided_on", archive::to_iso(appraisal.decided_on)},
          {"recorded_at", appraisal.recorded_at},
          {"recorded_by", appraisal.recorded_by},
          {"transfer_confirmed_at",
           appraisal.transfer_confirmed_at ? json(*appraisal.transfer_confirmed_at) : json(nullptr)},
          {"archive_reference", appraisal.archive_reference}};
}

nlohmann::json to_json(const archive::PaperHandover& handover, const std::string& reference) {
  return {{"folder", handover.folder.text},      {"reference", reference},
          {"on", archive::to_iso(handover.on)},  {"received_by", handover.received_by},
          {"protocol", handover.protocol},       {"items", handover.items},
          {"recorded_at", handover.recorded_at}, {"recorded_by", handover.recorded_by}};
}

}  // namespace eakte::api
