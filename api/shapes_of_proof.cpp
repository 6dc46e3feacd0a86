#include "api/shapes_of_proof.h"

#include <nlohmann/json.hpp>

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

}  // namespace eakte::api
