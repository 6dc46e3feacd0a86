#include <fmt/format.h>

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>

#include "api/commands/commands.h"
#include "api/commands/json_line.h"
#include "api/data_directory.h"
#include "api/evidence_authority.h"
#include "api/progress_bar.h"
#include "archive/expiry.h"
#include "archive/scan_check.h"
#include "ingest/change_signal.h"

namespace eakte::api {
namespace {

using ingest::IntakeState;

using Counts = std::map<IntakeState, std::int64_t>;

/// Everything received is somewhere: intakes by state, against what the audit trail says was accepted. Looked
/// at in one snapshot, because a service may be at work.
std::vector<std::string> verify_conservation(const archive::Archive& archive, Counts& counts) {
  std::vector<std::string> problems;
  archive.database().read([&](archive::Connection& connection) {
    const auto number = [&](const char* sql) { return connection.query(sql).front().integer("number"); };
    std::int64_t received = 0;
    for (const archive::Row& row :
         connection.query("SELECT state, count(*) AS number FROM intake GROUP BY state")) {
      counts[ingest::intake_state_from(row.text("state")).value()] = row.integer("number");
      received += row.integer("number");
    }
    const std::int64_t accepted =
        number("SELECT count(*) AS number FROM audit_trail WHERE action = 'intake.accepted'") +
        number("SELECT count(*) AS number FROM imported_audit WHERE action = 'intake.accepted'");
    if (accepted != received) {
      problems.push_back(
          fmt::format("{} intakes were accepted according to the audit trail, {} are in the catalogue",
                      accepted, received));
    }
    const std::int64_t documents = number("SELECT count(*) AS number FROM document");
    const std::int64_t filed =
        counts[IntakeState::filed] + counts[IntakeState::review] + counts[IntakeState::withdrawn];
    if (documents != filed) {
      problems.push_back(fmt::format(
          "{} intakes are filed, in review or withdrawn, but there are {} documents", filed, documents));
    }
    for (const archive::Row& row :
         connection.query("SELECT id, sha256 FROM intake WHERE state <> 'destroyed'")) {
      if (!archive.objects().exists(row.text("sha256"))) {
        problems.push_back(
            fmt::format("intake {} has lost its bytes {}", row.text("id"), row.text("sha256")));
      }
    }
    for (const archive::Row& row :
         connection.query("SELECT id FROM intake WHERE state = 'duplicate' AND duplicate_of "
                          "NOT IN (SELECT id FROM intake)")) {
      problems.push_back(
          fmt::format("duplicate {} is linked to an intake that is not there", row.text("id")));
    }
  });
  return problems;
}

/// A running service may be about to bring the index up; that is waited for, so that being a moment behind is
/// not taken for a difference.
void wait_for_index(const Tenant& tenant, const std::filesystem::path& data) {
  const ingest::ChangeSignal signal(tenant.archive.directory());
  constexpr int most_waits = 30;
  for (int i = 0; i < most_waits && tenant.index.revision() < tenant.archive.revision(); ++i) {
    if (ServiceLock::try_take(data)) return;
    signal.wait({}, std::chrono::seconds(1));
  }
}

}  // namespace

namespace {

/// A record that cannot be read is among the problems already.
std::vector<std::string> what_ends_soon(const archive::Archive& archive, const std::filesystem::path& data) {
  try {
    return archive::expiry_warnings(
        archive::expiries(archive, archive::InstallationKey::of(data).certificate()), archive::today());
  } catch (const archive::Error&) {
    return {};
  }
}

}  // namespace

int run_verify(const VerifyOptions& options) {
  const Config config = read_config(options.data / "eakte.toml");
  const auto service = open_service(options.data, config);
  Tenant& tenant = service->tenant(chosen_tenant(options.data, config, options.tenant));
  ProgressBar bar("Prüfe Objekte");
  const archive::VerifyReport report = archive::verify_archive(
      tenant.archive, [&](std::int64_t done, std::int64_t all) { bar.show(done, all); });
  bar.hide();
  Counts counts;
  std::vector<std::string> problems = report.problems;
  const std::vector<std::string> lost = verify_conservation(tenant.archive, counts);
  problems.insert(problems.end(), lost.begin(), lost.end());
  const std::vector<std::string> evidence =
      archive::verify_kept_evidence(tenant.archive, trusted_authorities(options.data, config.evidence));
  problems.insert(problems.end(), evidence.begin(), evidence.end());
  const std::vector<std::string> notes = archive::verify_transfer_notes(
      tenant.archive, archive::InstallationKey::of(options.data).certificate());
  problems.insert(problems.end(), notes.begin(), notes.end());
  const std::vector<std::string> warnings = what_ends_soon(tenant.archive, options.data);
  wait_for_index(tenant, options.data);
  std::vector<std::string> index_problems = tenant.index.verify(tenant.archive);
  if (!index_problems.empty() && options.repair_index) {
    tenant.index.rebuild(tenant.archive);
    index_problems = tenant.index.verify(tenant.archive);
  }
  problems.insert(problems.end(), index_problems.begin(), index_problems.end());

  nlohmann::json by_state = nlohmann::json::object();
  std::int64_t received = 0;
  for (const auto& [state, count] : counts) {
    by_state[std::string(name_of(state))] = count;
    received += count;
  }
  if (options.form == OutputForm::json) {
    const nlohmann::json object{
        {"ok", problems.empty()},        {"received", received},      {"states", by_state},
        {"documents", report.documents}, {"objects", report.objects}, {"audit_entries", report.audit_entries},
        {"orphans", report.orphans},     {"problems", problems},      {"warnings", warnings}};
    print_json(object);
  } else {
    const auto of = [&](IntakeState state) { return counts[state]; };
    fmt::print(
        "Eingegangen {} = abgelegt {} + in Arbeit {} + zu prüfen {} + Quarantäne {} + abgelehnt {} + "
        "entpackt {} + getrennt {} + zurückgezogen {} + doppelt {} + vernichtet {}\n",
        received, of(IntakeState::filed), of(IntakeState::queued) + of(IntakeState::working),
        of(IntakeState::review), of(IntakeState::quarantined), of(IntakeState::refused),
        of(IntakeState::unpacked), of(IntakeState::split), of(IntakeState::withdrawn),
        of(IntakeState::duplicate), of(IntakeState::destroyed));
    fmt::print(
        "{} Objekte mit richtiger Prüfsumme gelesen, {} Dokumente, {} Einträge im Protokoll, {} verwaiste "
        "Dateien\n",
        report.objects, report.documents, report.audit_entries, report.orphans.size());
    for (const std::string& orphan : report.orphans) fmt::print("verwaist: {}\n", orphan);
    for (const std::string& warning : warnings) fmt::print("ACHTUNG: {}\n", warning);
    for (const std::string& problem : problems) fmt::print("FEHLER: {}\n", problem);
    fmt::print("{}\n",
               problems.empty() ? "Alles stimmt." : fmt::format("{} Fehler gefunden.", problems.size()));
  }
  return problems.empty() ? 0 : 1;
}

int run_reindex(const DataOptions& options) {
  const Config config = read_config(options.data / "eakte.toml");
  const auto service = open_service(options.data, config);
  Tenant& tenant = service->tenant(chosen_tenant(options.data, config, options.tenant));
  {
    ProgressBar bar("Baue Suche auf");
    tenant.index.rebuild(tenant.archive, [&](std::int64_t done, std::int64_t all) { bar.show(done, all); });
  }
  if (options.form == OutputForm::json) {
    print_json(nlohmann::json{{"index_revision", tenant.index.revision()}});
  } else {
    fmt::print("Die Suche ist neu aufgebaut, Stand {}.\n", tenant.index.revision());
  }
  return 0;
}

}  // namespace eakte::api
