#include "ingest/worker/pdfa_record.h"

#include <nlohmann/json.hpp>

#include "archive/received_pdf.h"
#include "ingest/error.h"
#include "ingest/worker/verapdf.h"

namespace eakte::ingest {
namespace {

using nlohmann::json;

/// At most the first sentences: a file that breaks one rule often breaks it on every page.
json verdict_json(const archive::PdfaVerdict& verdict) {
  json violations = json::array();
  for (const std::string& sentence : verdict.violations) {
    if (violations.size() < most_recorded_violations) violations.push_back(sentence);
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
    if (signatures.size() == most_recorded_signatures) break;
    signatures.push_back({{"kind", signature.kind},
                          {"covers_whole_file", signature.covers_whole_file},
                          {"digest", word_for(signature.digest)},
                          {"signer", signature.signer},
                          {"trust", "not_verified"}});
  }
  return signatures;
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

}  // namespace eakte::ingest
