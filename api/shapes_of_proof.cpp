#include "api/shapes_of_proof.h"

#include <nlohmann/json.hpp>

#include "archive/refusals.h"
#include "archive/scan_audit.h"

namespace eakte::api {

using json = nlohmann::ordered_json;

namespace {

json to_json(const archive::ScrubRound& round) {
  return {{"number", round.number},     {"began_at", round.began_at}, {"ended_at", round.ended_at},
          {"position", round.position}, {"objects", round.objects},   {"bytes", round.bytes},
          {"damaged", round.damaged}};
}

}  // namespace

json fixity_json(const archive::ScrubStatus& status) {
  json rounds = json::array();
  for (const archive::ScrubRound& round : status.rounds) rounds.push_back(to_json(round));
  json samples = json::array();
  for (const archive::ScrubSample& sample : status.samples) {
    samples.push_back({{"drawn_at", sample.drawn_at},
                       {"seed", sample.seed},
                       {"objects", sample.objects},
                       {"damaged", sample.damaged}});
  }
  json damages = json::array();
  for (const archive::Damage& damage : status.damages) {
    json documents = json::array();
    for (const archive::DocumentId& document : damage.documents) documents.push_back(document.text);
    damages.push_back({{"sha256", damage.sha256},
                       {"kind", name_of(damage.kind)},
                       {"found_at", damage.found_at},
                       {"found_by", damage.found_by},
                       {"documents", std::move(documents)}});
  }
  return {{"rounds", std::move(rounds)},
          {"samples", std::move(samples)},
          {"covered_since", status.covered_since},
          {"damages", std::move(damages)}};
}

json evidence_json(const archive::EvidenceStatus& status, const std::string& tsa,
                   const archive::Expiries& expiries, const std::vector<std::string>& warnings) {
  return {{"configured", !tsa.empty()},
          {"days", status.days},
          {"records", status.records},
          {"last_day", status.last_day},
          {"waiting_since", status.waiting_since},
          {"trouble", status.trouble},
          {"trouble_at", status.trouble_at},
          {"stamps_until", expiries.stamps},
          {"installation_until", expiries.installation},
          {"warnings", warnings}};
}

std::vector<std::string> proof_warnings(const archive::Archive& archive, const archive::Expiries& expiries) {
  std::vector<std::string> warnings = archive::expiry_warnings(expiries, archive::today());
  if (auto audit = archive::scan_audit_warning(archive, archive::today()))
    warnings.push_back(*std::move(audit));
  return warnings;
}

json scan_standing_json(const archive::ScanStanding& standing) {
  json checks = json::array();
  for (const archive::ScanCheck& check : standing.checks) {
    checks.push_back({{"checker", check.checker},
                      {"checked_at", check.checked_at},
                      {"good", check.good},
                      {"paper_pages", check.paper_pages},
                      {"pages", check.pages},
                      {"blank_confirmed", check.blank_confirmed},
                      {"fields_confirmed", check.fields_confirmed},
                      {"remark", check.remark}});
  }
  return {
      {"document", standing.document.text},
      {"thoroughness", name_of(standing.thoroughness)},
      {"decided", standing.decided},
      {"chosen", standing.chosen},
      {"sample", {{"number", standing.sample}, {"seed", standing.seed}, {"rate", standing.rate}}},
      {"blank_pages", standing.blank_pages},
      {"fields_confirmed", standing.fields_confirmed},
      {"checks", std::move(checks)},
      {"note_sha256", standing.note_sha256},
      {"released_at", standing.released_at},
      {"released_by", standing.released_by},
      {"missing", standing.missing},
      {"message", standing.missing.empty() ? "" : std::string(archive::refusal_sentence(standing.missing))}};
}

json scan_profile_json(const archive::ScanProfile& profile) {
  return {{"name", profile.name},
          {"version", profile.version},
          {"sha256", profile.sha256},
          {"made_at", profile.made_at},
          {"made_by", profile.made_by},
          {"released_at", profile.released_at},
          {"released_by", profile.released_by}};
}

}  // namespace eakte::api
