#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "api/commands/actor.h"
#include "api/commands/json_line.h"
#include "api/commands/opened_archive.h"
#include "api/commands/proof.h"
#include "api/evidence_authority.h"
#include "api/shapes_of_proof.h"
#include "archive/evidence_report.h"
#include "archive/incidents.h"
#include "archive/installation_key.h"

namespace eakte::api {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

archive::Date day_of(const std::string& text) {
  if (text.empty()) {
    // The last day that is over.
    return archive::Date(std::chrono::sys_days(archive::today()) - std::chrono::days(1));
  }
  const auto day = archive::date_from_iso(text);
  if (!day) throw Error(fmt::format("--on {}: erwartet wird ein Tag (JJJJ-MM-TT).", text));
  if (*day > archive::today()) throw Error(fmt::format("--on {}: der Tag liegt in der Zukunft.", text));
  return *day;
}

void write_file(const fs::path& file, std::string_view bytes) {
  std::ofstream stream(file, std::ios::binary);
  stream << bytes;
  if (!stream.flush()) throw Error(fmt::format("{} lässt sich nicht schreiben.", file.string()));
}

/// The manifest and the renditions under their hashes, as `sha256sum` names them.
std::vector<std::string> write_covered(const archive::Archive& archive, const archive::Document& document,
                                       const archive::DocumentEvidence& evidence, const fs::path& directory) {
  std::vector<std::string> names;
  for (const archive::StoredObject& object : evidence.covered) {
    const bool is_manifest = names.empty();
    const auto rendition = std::ranges::find_if(
        document.content.renditions, [&](const auto& one) { return one.object.sha256 == object.sha256; });
    const bool known = rendition != document.content.renditions.end();
    const std::string name = is_manifest ? "manifest.json"
                             : known     ? std::string(name_of(rendition->role))
                                         : object.sha256;
    if (std::ranges::find(names, name) != names.end()) continue;  // two renditions of the same bytes
    write_file(directory / name, is_manifest ? archive::manifest_of(archive, document.id, object.sha256)
                                             : archive.objects().read(object.sha256));
    names.push_back(name);
  }
  return names;
}

}  // namespace

int run_evidence_make(const KeepEvidenceOptions& options) {
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  using enum archive::Role;
  const std::string actor = acting_person(archive, options, {records_manager, administrator});
  const auto days = archive::make_evidence(archive, day_of(options.on),
                                           authority_of(options.data, opened.config.evidence), actor);
  archive::note_evidence_trouble(archive, "");
  bool whole = true;
  for (const archive::EvidenceDay& one : days) {
    whole = whole && one.left_out.empty();
    if (options.form == OutputForm::json) {
      print_json(json{{"day", archive::to_iso(one.day)},
                      {"documents", one.documents},
                      {"root", one.root},
                      {"stamped_at", one.stamped_at},
                      {"left_out", one.left_out}});
      continue;
    }
    fmt::print("{}: {} Dokumente, Zeitstempel vom {} (UTC)\n", archive::to_iso(one.day), one.documents,
               one.stamped_at);
    for (const std::string& document : one.left_out)
      fmt::print("    NICHT dabei: Dokument {}, sein Manifest fehlt oder ist beschädigt\n", document);
  }
  if (days.empty() && options.form == OutputForm::text) fmt::print("Es ist nichts offen.\n");
  return whole ? 0 : 1;
}

int run_evidence_get(const KeepEvidenceOptions& options) {
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  if (!archive::is_id(options.document))
    throw Error(fmt::format("{} ist keine Kennung eines Dokuments.", options.document));
  const archive::Document document = archive.document({options.document});
  using enum archive::Role;
  const std::string actor = acting_person(archive, options, {clerk, records_manager, auditor});
  require_readable(archive, reader_named(archive, actor), document);
  const auto evidence = archive::evidence_of(archive, document.id);
  if (!evidence)
    throw Error(
        "Für dieses Dokument gibt es noch keinen Beweisdatensatz; er entsteht, wenn der Tag vorbei ist.");
  archive::record_reading(archive, document, archive::Seen::bytes, "evidence", actor);
  fs::create_directories(options.out);
  write_file(options.out / "evidence.ers", evidence->record);
  const std::vector<std::string> names = write_covered(archive, document, *evidence, options.out);
  if (options.form == OutputForm::json) {
    print_json(json{{"record", "evidence.ers"},
                    {"files", names},
                    {"day", archive::to_iso(evidence->day)},
                    {"renewed_at", evidence->renewed_at}});
    return 0;
  }
  fmt::print(
      "{}: Beweisdatensatz vom {} und die {} Dateien, für die er gilt. Prüfen, auch ohne dieses Archiv:\n",
      options.out.string(), archive::to_iso(evidence->day), names.size());
  std::string command = "eakte evidence verify evidence.ers";
  for (const std::string& name : names) command += " --file " + name;
  fmt::print("  {}\n", command);
  return 0;
}

int run_evidence_renew(const KeepEvidenceOptions& options) {
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  using enum archive::Role;
  const std::string actor = acting_person(archive, options, {records_manager, administrator});
  const archive::StampingAuthority authority = authority_of(options.data, opened.config.evidence);
  using enum archive::DigestAlgorithm;
  const archive::RenewalReport report =
      options.hash.empty()
          ? archive::renew_time_stamps(archive, authority, actor)
          : archive::renew_hash_trees(archive, options.hash == "sha512" ? sha512 : sha384, authority, actor);
  if (options.form == OutputForm::json) {
    print_json(json{{"records", report.records}, {"problems", report.problems}});
  } else {
    fmt::print("{} Beweisdatensätze erneuert.\n", report.records);
    for (const std::string& problem : report.problems) fmt::print("FEHLER, nicht erneuert: {}\n", problem);
  }
  return report.problems.empty() ? 0 : 1;
}

int run_evidence_check(const KeepEvidenceOptions& options) {
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  const std::vector<std::string> problems =
      archive::verify_kept_evidence(archive, trusted_authorities(options.data, opened.config.evidence));
  archive::note_verification(archive, problems);
  if (options.form == OutputForm::json) {
    print_json(json{{"ok", problems.empty()}, {"problems", problems}});
    return problems.empty() ? 0 : 1;
  }
  for (const std::string& problem : problems) fmt::print("FEHLER: {}\n", problem);
  if (problems.empty())
    fmt::print("Alle {} Beweisdatensätze halten.\n", archive::evidence_status(archive).records);
  return problems.empty() ? 0 : 1;
}

int run_evidence_status(const KeepEvidenceOptions& options) {
  const ChosenArchive opened(options);
  const archive::Archive& archive = opened.archive;
  const archive::EvidenceStatus status = archive::evidence_status(archive);
  const archive::Expiries expiries =
      archive::expiries(archive, archive::InstallationKey::of(options.data).certificate());
  if (options.form == OutputForm::json) {
    print_json(
        evidence_json(status, opened.config.evidence.tsa, expiries, proof_warnings(archive, expiries)));
    return 0;
  }
  if (opened.config.evidence.tsa.empty())
    fmt::print("Es ist kein Zeitstempeldienst eingestellt ([evidence] tsa in eakte.toml).\n");
  fmt::print("{} Beweisdatensätze aus {} Tagen, zuletzt vom {}.\n", status.records, status.days,
             status.last_day.empty() ? "-" : status.last_day);
  if (!status.waiting_since.empty())
    fmt::print("Noch ohne Beweis: was seit dem {} geschah.\n", status.waiting_since);
  if (!status.trouble.empty())
    fmt::print("Der letzte Versuch ist gescheitert ({}): {}\n", status.trouble_at, status.trouble);
  for (const std::string& warning : proof_warnings(archive, expiries)) fmt::print("ACHTUNG: {}\n", warning);
  return 0;
}

}  // namespace eakte::api
