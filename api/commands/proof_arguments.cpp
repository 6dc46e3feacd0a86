#include "api/commands/proof_arguments.h"

#include "api/commands/records_arguments.h"

namespace eakte::api {
namespace {

/// One subcommand below a group, with the options all of them have.
template <class Options>
CLI::App& subcommand(CLI::App& group, const char* name, const char* help, Options& options, int& status,
                     int (*run)(const Options&)) {
  CLI::App& command = *group.add_subcommand(name, help);
  if constexpr (std::is_base_of_v<DataOptions, Options>) {
    command.add_option("--data", options.data, "Datenverzeichnis")->required();
    command.add_option("--tenant", options.tenant, "Mandant (sonst der erste)");
  }
  command.add_flag_callback(
      "--json", [&options] { options.form = OutputForm::json; }, "Ein JSON-Objekt je Zeile ausgeben");
  command.callback([&options, &status, run] { status = run(options); });
  return command;
}

CLI::App& group(CLI::App& app, const char* name, const char* help) {
  CLI::App& made = *app.add_subcommand(name, help);
  made.require_subcommand(1);
  return made;
}

void add_audit_commands(CLI::App& app, AuditOptions& options, int& status) {
  CLI::App& audit = group(
      app, "audit", "Protokoll: wer wann was getan hat; lesen, prüfen, den Stand zum Aufbewahren ausgeben");
  CLI::App& head = subcommand(
      audit, "head",
      "Den Stand des Protokolls ausgeben, mit dem Schlüssel der Installation signiert. Wer ihn anderswo "
      "aufbewahrt, kann später beweisen, dass nichts davor geändert, entfernt oder abgeschnitten wurde",
      options, status, run_audit_head);
  add_actor_options(head, options);
  head.add_option("--out", options.file, "Datei (sonst auf die Standardausgabe)");

  CLI::App& verify = subcommand(
      audit, "verify", "Das Protokoll prüfen: geänderte, fehlende, vertauschte, abgeschnittene Einträge",
      options, status, run_audit_verify);
  verify
      .add_option("--head", options.file, "Ein früher ausgegebener Stand: das Protokoll muss ihn fortsetzen")
      ->check(CLI::ExistingFile);
  verify
      .add_option("--trusted", options.trusted,
                  "Zertifikat der Installation, die den Stand signiert hat (PEM; sonst das dieser)")
      ->check(CLI::ExistingFile);

  CLI::App& list = subcommand(audit, "list", "Einträge des Protokolls zeigen, die ältesten zuerst", options,
                              status, run_audit_list);
  list.add_option("--subject", options.subject, "Nur zu dieser Kennung (Dokument, Akte, Eingang, ...)");
  list.add_option("--actor", options.actor, "Nur von dieser Person oder Stelle");
  list.add_option("--action", options.action,
                  "Nur diese Handlung, z. B. document.confirmed, oder alle zu einer Sache, z. B. document");
  list.add_option("--from", options.from, "Von diesem Tag an (JJJJ-MM-TT)");
  list.add_option("--until", options.until, "Bis zu diesem Tag");
  list.add_option("--limit", options.limit, "Höchstens so viele")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
}

void add_evidence_commands(CLI::App& app, EvidenceOptions& options, int& status) {
  CLI::App& evidence = group(app, "evidence", "Beweise, dass es Dateien zu einer Zeit genau so gab");
  CLI::App& verify = subcommand(evidence, "verify",
                                "Einen Beweisdatensatz prüfen (Evidence Record nach RFC 4998, BSI TR-ESOR)",
                                options, status, run_evidence_verify);
  verify.add_option("record", options.record, "Der Beweisdatensatz (.ers)")
      ->required()
      ->check(CLI::ExistingFile);
  verify.add_option("--file", options.files, "Die Datei, für die er gelten soll (mehrfach)")
      ->check(CLI::ExistingFile);
  verify
      .add_option("--trusted", options.trusted,
                  "Zertifikate der Zeitstempeldienste, denen vertraut wird (PEM)")
      ->check(CLI::ExistingFile);
}

void add_fixity_commands(CLI::App& app, ProofOptions& options, int& status) {
  CLI::App& scrub = subcommand(
      app, "scrub",
      "Gespeichertes lesen und mit seinen Prüfsummen vergleichen, soweit es heute an der Reihe ist (der "
      "Dienst "
      "tut das von selbst); Beschädigtes wird beiseite gelegt. Endet mit 1, solange etwas beschädigt ist",
      options.scrub, status, run_scrub);
  CLI::Option& all = *scrub.add_flag("--all", options.scrub.all, "Alles lesen, nicht nur das heute Fällige");
  scrub
      .add_flag("--report", options.scrub.report, "Nur berichten, was wann gelesen wurde und beschädigt ist")
      ->excludes(&all);
  scrub.add_option("--rate", options.scrub.rate,
                   "Höchstens so viele Bytes je Sekunde (0: so schnell es geht; sonst wie eingestellt)");

  CLI::App& repair =
      subcommand(app, "repair",
                 "Beschädigtes aus einer Sicherung wiederherstellen; genommen wird nur, was die richtige "
                 "Prüfsumme hat",
                 options.repair, status, run_repair);
  add_actor_options(repair, options.repair);
  repair
      .add_option("--from", options.repair.from,
                  "Ein anderes Datenverzeichnis, das Verzeichnis eines Mandanten oder seiner Objekte")
      ->required()
      ->check(CLI::ExistingDirectory);
}

}  // namespace

void add_proof_commands(CLI::App& app, ProofOptions& options, int& status) {
  add_audit_commands(app, options.audit, status);
  add_evidence_commands(app, options.evidence, status);
  add_fixity_commands(app, options, status);
  subcommand(app, "upkeep", "", options.upkeep, status, run_upkeep).group("");  // for the service only
}

}  // namespace eakte::api
