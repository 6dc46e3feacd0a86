#include "api/commands/scan_check.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "api/commands/actor.h"
#include "api/commands/json_line.h"
#include "api/commands/opened_archive.h"
#include "api/commands/records_names.h"
#include "api/data_directory.h"
#include "api/shapes_of_proof.h"
#include "archive/refusals.h"
#include "archive/scan_audit.h"

namespace eakte::api {
namespace {

namespace fs = std::filesystem;
using archive::ScanStanding;
using nlohmann::json;

/// The document a command names, for one who may see it.
archive::DocumentId readable_document(const archive::Archive& archive, const ScanCheckOptions& options,
                                      const std::string& actor) {
  if (!archive::is_id(options.document))
    throw Error(fmt::format("{} ist keine Kennung eines Dokuments.", options.document));
  const archive::Document document = archive.document({options.document});
  require_readable(archive, reader_named(archive, actor), document);
  return document.id;
}

void print_standing(const archive::Archive& archive, const ScanStanding& standing, OutputForm form) {
  if (form == OutputForm::json) {
    print_json(scan_standing_json(standing));
    return;
  }
  const archive::Document document = archive.document(standing.document);
  fmt::print("{}  {}\n    {} Seiten, Prüfung: {}{}\n", document.id.text, document.content.fields.title,
             document.content.pages.size(), german_name_of(standing.thoroughness),
             standing.decided && !standing.chosen ? " (nicht gezogen)" : "");
  if (!standing.blank_pages.empty())
    fmt::print("    als leer erkannt, zu bestätigen: {} Seiten\n", standing.blank_pages.size());
  for (const archive::ScanCheck& check : standing.checks) {
    fmt::print("    geprüft {} von {}: {}, Papier {} von {} Seiten{}{}\n", check.checked_at.substr(0, 10),
               check.checker, check.good ? "gut" : "MANGEL", check.paper_pages, check.pages,
               check.remark.empty() ? "" : ", ", check.remark);
  }
  if (!standing.released_at.empty()) {
    fmt::print("    Papier freigegeben {} von {}\n", standing.released_at.substr(0, 10),
               standing.released_by);
  } else if (!standing.missing.empty()) {
    fmt::print("    {}\n", archive::refusal_sentence(standing.missing));
  } else {
    fmt::print("    Das Papier kann zur Vernichtung freigegeben werden.\n");
  }
}

std::string contents_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(fmt::format("{} lässt sich nicht lesen.", file.string()));
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write_file(const fs::path& file, std::string_view bytes) {
  std::ofstream stream(file, std::ios::binary);
  stream << bytes;
  if (!stream.flush()) throw Error(fmt::format("{} lässt sich nicht schreiben.", file.string()));
}

}  // namespace

int run_scan_check_next(const ScanCheckOptions& options) {
  ChosenArchive opened(options);
  const std::string actor = opened.clerk();
  const auto drawing =
      archive::draw_scans(opened.archive, opened.config.scan.sample_rate,
                          options.seed.empty() ? archive::new_id_text() : options.seed, actor);
  if (drawing && options.form == OutputForm::text) {
    fmt::print("Gezogen: {} von {} Scans (Startwert {})\n", drawing->chosen, drawing->population,
               drawing->seed);
  }
  const std::vector<ScanStanding> open = archive::scans_to_check(opened.archive, options.limit);
  const Reader reader = reader_named(opened.archive, actor);
  for (const ScanStanding& standing : open) {
    if (may_read(opened.archive, reader, opened.archive.document(standing.document)))
      print_standing(opened.archive, standing, options.form);
  }
  if (open.empty() && options.form == OutputForm::text) fmt::print("Es ist nichts zu prüfen.\n");
  return 0;
}

int run_scan_check_record(const ScanCheckOptions& options) {
  ChosenArchive opened(options);
  const std::string actor = opened.clerk();
  const archive::NewScanCheck check{options.result == "good", options.pages, options.blank_confirmed,
                                    options.fields_confirmed, options.remark};
  print_standing(opened.archive,
                 archive::record_scan_check(opened.archive, readable_document(opened.archive, options, actor),
                                            check, actor),
                 options.form);
  return 0;
}

int run_scan_check_note(const ScanCheckOptions& options) {
  ChosenArchive opened(options);
  const std::string actor = opened.clerk();
  const auto key = archive::InstallationKey::of(options.data);
  const archive::TransferNote note = archive::make_transfer_note(
      opened.archive, readable_document(opened.archive, options, actor), opened.config.scan, key, actor);
  if (!options.out.empty()) {
    fs::create_directories(options.out);
    write_file(options.out / "transfervermerk.xml", note.xml);
    write_file(options.out / "transfervermerk.xml.p7s", note.seal);
  }
  if (options.form == OutputForm::json) {
    print_json(json{{"document", options.document}, {"sha256", note.sha256}, {"made_at", note.made_at}});
  } else {
    fmt::print("Transfervermerk erstellt und gesiegelt, SHA-256 {}\n", note.sha256);
  }
  return 0;
}

int run_scan_check_release(const ScanCheckOptions& options) {
  ChosenArchive opened(options);
  const std::string actor = opened.clerk();
  const auto key = archive::InstallationKey::of(options.data);
  print_standing(
      opened.archive,
      archive::release_paper(opened.archive, readable_document(opened.archive, options, actor), key, actor),
      options.form);
  return 0;
}

int run_scan_check_audited(const ScanCheckOptions& options) {
  ChosenArchive opened(options);
  const std::string actor = opened.records_manager();
  const std::string procedure = options.procedure.empty() ? opened.config.scan.procedure : options.procedure;
  const archive::Date on = day_of(options.on);
  archive::record_scan_audit(opened.archive, on, procedure, !options.failed, archive::today(), actor);
  if (options.form == OutputForm::json) {
    print_json(json{{"on", archive::to_iso(on)}, {"procedure", procedure}, {"passed", !options.failed}});
  } else {
    fmt::print("Prüfung des Scanverfahrens {} vom {}: {}\n", procedure, archive::to_german(on),
               options.failed ? "NICHT bestanden" : "bestanden");
  }
  return 0;
}

int run_scan_profile_add(const ScanProfileOptions& options) {
  ChosenArchive opened(options);
  const std::string actor = opened.records_manager();
  const archive::ScanProfile profile =
      archive::add_scan_profile(opened.archive, options.name, contents_of(options.file), actor);
  if (options.form == OutputForm::json) {
    print_json(scan_profile_json(profile));
  } else {
    fmt::print("Scanprofil {}, Version {}. Eine zweite Person gibt es frei mit: eakte scan-profile release\n",
               profile.name, profile.version);
  }
  return 0;
}

int run_scan_profile_release(const ScanProfileOptions& options) {
  ChosenArchive opened(options);
  const std::string actor = opened.records_manager();
  const archive::ScanProfile profile =
      archive::release_scan_profile(opened.archive, options.name, options.version, actor);
  if (options.form == OutputForm::json) {
    print_json(scan_profile_json(profile));
  } else {
    fmt::print("Scanprofil {}, Version {}, ist freigegeben.\n", profile.name, profile.version);
  }
  return 0;
}

int run_scan_profile_list(const ScanProfileOptions& options) {
  ChosenArchive opened(options);
  for (const archive::ScanProfile& profile : archive::scan_profiles(opened.archive)) {
    if (options.form == OutputForm::json) {
      print_json(scan_profile_json(profile));
    } else {
      fmt::print("{}  Version {}  von {} am {}  {}\n", profile.name, profile.version, profile.made_by,
                 profile.made_at.substr(0, 10),
                 profile.released_at.empty() ? "nicht freigegeben"
                                             : fmt::format("freigegeben von {} am {}", profile.released_by,
                                                           profile.released_at.substr(0, 10)));
    }
  }
  return 0;
}

}  // namespace eakte::api
