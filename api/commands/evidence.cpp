#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "api/commands/json_line.h"
#include "api/commands/proof.h"
#include "api/error.h"
#include "archive/evidence_verification.h"

namespace eakte::api {
namespace {

constexpr std::uintmax_t largest_record = 64U << 20U;
constexpr std::uintmax_t largest_object = 4ULL << 30U;

std::string bytes_of(const std::filesystem::path& file, std::uintmax_t most) {
  if (std::filesystem::file_size(file) > most) throw Error(fmt::format("{}: zu groß", file.string()));
  std::ifstream stream(file, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (stream.bad()) throw Error(fmt::format("{}: nicht lesbar", file.string()));
  return bytes;
}

}  // namespace

int run_evidence_verify(const EvidenceOptions& options) {
  const archive::EvidenceRecord record =
      archive::decode_evidence_record(bytes_of(options.record, largest_record));
  std::vector<archive::ProvenObject> objects;
  for (const std::filesystem::path& file : options.files) {
    objects.push_back({file.filename().string(), [file](archive::DigestAlgorithm algorithm) {
                         return archive::digest(algorithm, bytes_of(file, largest_object));
                       }});
  }
  const std::string trusted = options.trusted.empty() ? "" : bytes_of(options.trusted, largest_record);
  const archive::EvidenceVerdict verdict = archive::verify_evidence(record, objects, trusted);
  const bool holds = verdict.errors.empty();
  if (options.form == OutputForm::json) {
    const nlohmann::json object{{"ok", holds},
                                {"proven_since", verdict.proven_since},
                                {"errors", verdict.errors},
                                {"warnings", verdict.warnings}};
    print_json(object);
    return holds ? 0 : 1;
  }
  for (const std::string& warning : verdict.warnings) fmt::print("Hinweis: {}\n", warning);
  for (const std::string& error : verdict.errors) fmt::print("FEHLER: {}\n", error);
  if (!holds) {
    fmt::print("Der Beweis hält nicht.\n");
  } else if (objects.empty()) {
    fmt::print(
        "Der Beweisdatensatz ist in sich schlüssig; erster Zeitstempel: {}. Ohne --file wird nicht geprüft, "
        "wofür er gilt.\n",
        verdict.proven_since);
  } else {
    fmt::print("Bewiesen: Die {} gab es am {} (UTC) genau so.\n", objects.size() == 1 ? "Datei" : "Dateien",
               verdict.proven_since);
  }
  if (trusted.empty()) fmt::print("Ohne --trusted wird nur die Signatur geprüft, nicht, von wem sie ist.\n");
  return holds ? 0 : 1;
}

}  // namespace eakte::api
