#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "archive/offers.h"
#include "archive/paper_handover.h"

namespace eakte::api {

// Disposal as it is told to people and programs; commands and routes say the same.

std::string_view german_name(archive::ProcessKind kind);
std::string_view german_name(archive::MessageType type);
std::string_view german_name(archive::AppraisalDecision decision);

/// How far a folder is in a process, in German: "mit A bewertet, abgegeben, vom Archiv übernommen (Best. 7)".
std::string sentence_on(const archive::ProcessFolder& folder, archive::ProcessState state);
/// How far a process is: "wartet auf Bewertung", "bestätigt, 1 Akte nicht übernommen".
std::string german_state(const archive::DisposalProcess& process);

nlohmann::json to_json(const archive::DisposalProcess& process);
nlohmann::json to_json(const archive::Appraisal& appraisal, const std::string& reference);
nlohmann::json to_json(const archive::PaperHandover& handover, const std::string& reference);

}  // namespace eakte::api
