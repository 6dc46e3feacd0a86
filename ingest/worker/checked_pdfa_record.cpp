#include <nlohmann/json.hpp>

#include "archive/json_number.h"
#include "ingest/error.h"
#include "ingest/worker/pdfa_record.h"

namespace eakte::ingest {
namespace {

using nlohmann::json;

json checked_verdict(const json& verdict) {
  json violations = json::array();
  for (const json& sentence : verdict.at("violations")) {
    if (violations.size() < most_recorded_violations) violations.push_back(sentence.get<std::string>());
  }
  const bool valid = verdict.at("valid").get<bool>();
  if (valid && !violations.empty()) throw Error("a valid file with violations");
  return {
      {"standard", verdict.at("standard").get<std::string>()}, {"valid", valid}, {"violations", violations}};
}

}  // namespace

std::string checked_pdfa_record(std::string_view text) {
  const json given = json::parse(text);
  json record{{"checker", archive::whole_number<int>(given.at("checker"))},
              {"archive", checked_verdict(given.at("archive"))},
              {"signatures", json::array()}};
  if (given.contains("original")) record["original"] = checked_verdict(given.at("original"));
  for (const json& signature : given.at("signatures")) {
    if (record["signatures"].size() == most_recorded_signatures) break;
    record["signatures"].push_back({{"kind", signature.at("kind").get<std::string>()},
                                    {"covers_whole_file", signature.at("covers_whole_file").get<bool>()},
                                    {"digest", signature.at("digest").get<std::string>()},
                                    {"signer", signature.at("signer").get<std::string>()},
                                    {"trust", "not_verified"}});
  }
  if (given.value("symbol_coding", false)) record["symbol_coding"] = true;
  if (given.contains("verapdf")) {
    record["verapdf"] = {{"answer", given.at("verapdf").at("answer").get<std::string>()},
                         {"detail", given.at("verapdf").at("detail").get<std::string>()}};
  }
  return record.dump();
}

}  // namespace eakte::ingest
