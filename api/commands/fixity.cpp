#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/commands/actor.h"
#include "api/commands/json_line.h"
#include "api/commands/opened_archive.h"
#include "api/commands/proof.h"
#include "api/shapes_of_proof.h"

namespace eakte::api {
namespace {

using nlohmann::json;

archive::Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

void print_status(const archive::ScrubStatus& status) {
  for (const archive::ScrubRound& round : status.rounds) {
    fmt::print("Durchgang {}: begonnen {}, {}; {} Objekte, {:.1f} MB gelesen, {} beschädigt\n", round.number,
               round.began_at.substr(0, 10),
               round.ended_at.empty() ? fmt::format("{:.0f} % gelesen", 100 * round.position)
                                      : "beendet " + round.ended_at.substr(0, 10),
               round.objects, static_cast<double>(round.bytes) / 1e6, round.damaged);
  }
  for (const archive::ScrubSample& sample : status.samples) {
    fmt::print("Stichprobe vom {}: {} Objekte, {} beschädigt (Startwert {})\n", sample.drawn_at.substr(0, 10),
               sample.objects, sample.damaged, sample.seed);
  }
  if (status.covered_since.empty()) {
    fmt::print("Noch ist kein Durchgang beendet.\n");
  } else {
    fmt::print("Alles, was am {} da war, ist seitdem gelesen worden.\n", status.covered_since.substr(0, 10));
  }
  for (const archive::Damage& damage : status.damages) {
    fmt::print("BESCHÄDIGT: Objekt {} ist {} (gefunden {})\n", damage.sha256, german_name_of(damage.kind),
               damage.found_at.substr(0, 10));
    for (const archive::DocumentId& document : damage.documents)
      fmt::print("    gehört zu Dokument {}\n", document.text);
  }
  if (!status.damages.empty()) {
    fmt::print(
        "Beschädigtes wird nicht ausgegeben. Aus einer Sicherung wird es wiederhergestellt mit: eakte repair "
        "--from VERZEICHNIS\n");
  }
}

}  // namespace

int run_scrub(const ScrubOptions& options) {
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  archive::ScrubPace pace = opened.config.fixity;
  if (options.rate >= 0) pace.bytes_per_second = static_cast<std::uint64_t>(options.rate);
  if (!options.report) {
    using enum archive::Role;
    const std::string actor = acting_person(archive, options, {administrator, records_manager, auditor});
    archive::record_scrub_order(archive, options.all, actor);
    archive::sample_due(archive, now(), pace);
    options.all ? archive::scrub_all(archive, now(), pace) : archive::scrub_due(archive, now(), pace);
  }
  const archive::ScrubStatus status = archive::scrub_status(archive);
  if (options.form == OutputForm::json) {
    print_json(fixity_json(status));
  } else {
    print_status(status);
  }
  return status.damages.empty() ? 0 : 1;
}

int run_repair(const RepairOptions& options) {
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  using enum archive::Role;
  const std::string actor = acting_person(archive, options, {administrator, records_manager});
  const archive::RepairReport report = archive::repair_from(archive, options.from, actor);
  const bool whole = report.unfit.empty() && report.not_found.empty();
  if (options.form == OutputForm::json) {
    print_json(json{{"repaired", report.repaired}, {"unfit", report.unfit}, {"not_found", report.not_found}});
    return whole ? 0 : 1;
  }
  for (const std::string& sha256 : report.repaired) fmt::print("wiederhergestellt: {}\n", sha256);
  for (const std::string& sha256 : report.unfit)
    fmt::print("NICHT verwendet, auch diese Kopie ist beschädigt: {}\n", sha256);
  for (const std::string& sha256 : report.not_found) fmt::print("dort nicht gefunden: {}\n", sha256);
  if (report.repaired.empty() && whole) fmt::print("Es ist nichts beschädigt.\n");
  return whole ? 0 : 1;
}

}  // namespace eakte::api
