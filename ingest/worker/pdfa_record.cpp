#include "ingest/worker/pdfa_record.h"

#include <nlohmann/json.hpp>

#include "archive/json_number.h"
#include "archive/received_pdf.h"
#include "ingest/error.h"
#include "ingest/worker/verapdf.h"

namespace eakte::ingest {
namespace {

using nlohmann::json;

constexpr std::size_t most_violations = 20;
constexpr std::size_t most_signatures = 50;

/// At most the first sentences: a file that breaks one rule often breaks it on every page.
json verdict_json(const archive::PdfaVerdict& verdict) {
  json violations = json::array();
  for (const std::string& sentence : verdict.violations) {
    if (violations.size() < most_violations) violations.push_back(sentence);
  }
  return {{"standard", verdict.standard}, {"valid", verdict.is_valid()}, {"violations", violations}};
}

const char* word_for(archive::PdfSignature::Digest digest) {
  switch (digest) {
    case archive::PdfSignature::Digest::intact:
      return "intact";
    case archive::PdfSignature::Digest::broken:
      return "broken";
    case archive::PdfSignature::Digest::unreadable:
      break;
  }
  return "unreadable";
}

json signatures_json(const archive::ReceivedPdf& received) {
  json signatures = json::array();
  for (const archive::PdfSignature& signature : received.signatures()) {
    if (signatures.size() == most_signatures) break;
    signatures.push_back({{"kind", signature.kind},
                          {"covers_whole_file", signature.covers_whole_file},
                          {"digest", word_for(signature.digest)},
                          {"signer", signature.signer},
                          {"trust", "not_verified"}});
  }
  return signatures;
}

json checked_verdict(const json& verdict) {
  json violations = json::array();
  for (const json& sentence : verdict.at("violations")) {
    if (violations.size() < most_violations) violations.push_back(sentence.get<std::string>());
  }
  const bool valid = verdict.at("valid").get<bool>();
  if (valid && !violations.empty()) throw Error("a valid file with violations");
  return {
      {"standard", verdict.at("standard").get<std::string>()}, {"valid", valid}, {"violations", violations}};
}

}  // namespace

std::string pdfa_record(int input, Format format, int archive_file, const std::string& verapdf) {
  json record{{"checker", archive::pdfa_checker_version},
              {"archive", verdict_json(archive::judge_pdfa(archive_file))},
              {"signatures", json::array()}};
  if (format == Format::pdf) {
    if (!archive::claimed_pdfa(input).empty()) record["original"] = verdict_json(archive::judge_pdfa(input));
    const archive::ReceivedPdf received(input);
    record["signatures"] = signatures_json(received);
    if (received.has_symbol_coding()) record["symbol_coding"] = true;
  }
  if (!verapdf.empty()) {
    const VerapdfAnswer answer = ask_verapdf(verapdf, archive_file);
    record["verapdf"] = {{"answer", answer.word}, {"detail", answer.detail}};
  }
  return record.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string checked_pdfa_record(std::string_view text) {
  const json given = json::parse(text);
  json record{{"checker", archive::whole_number<int>(given.at("checker"))},
              {"archive", checked_verdict(given.at("archive"))},
              {"signatures", json::array()}};
  if (given.contains("original")) record["original"] = checked_verdict(given.at("original"));
  for (const json& signature : given.at("signatures")) {
    if (record["signatures"].size() == most_signatures) break;
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
