#include "api/commands/proof_arguments.h"

#include "api/commands/records_arguments.h"
#include "api/commands/subcommand.h"

namespace eakte::api {
namespace {

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

  CLI::App& stamp = subcommand(
      audit, "stamp",
      "Einen ausgegebenen Stand vom eingestellten Zeitstempeldienst stempeln lassen; die Datei bekommt den "
      "Zeitstempel hinein",
      options, status, run_audit_stamp);
  stamp.add_option("file", options.file, "Der Stand, wie ihn audit head ausgibt")
      ->required()
      ->check(CLI::ExistingFile);

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

void add_kept_evidence_commands(CLI::App& evidence, KeepEvidenceOptions& options, int& status) {
  CLI::App& make = subcommand(evidence, "make",
                              "Beweise für alle Tage bis zu diesem machen: ein Hashbaum und ein Zeitstempel "
                              "je Tag, ein Beweisdatensatz "
                              "je Dokument (der Dienst tut das täglich von selbst)",
                              options, status, run_evidence_make);
  add_actor_options(make, options);
  make.add_option("--on", options.on, "Bis zu diesem Tag (JJJJ-MM-TT; sonst gestern)");

  CLI::App& get = subcommand(evidence, "get",
                             "Den Beweisdatensatz eines Dokuments mit den Dateien ausgeben, für die er gilt; "
                             "prüfbar ohne dieses Archiv",
                             options, status, run_evidence_get);
  add_actor_options(get, options);
  get.add_option("document", options.document, "Kennung des Dokuments")->required();
  get.add_option("--out", options.out, "Verzeichnis dafür")->required();

  CLI::App& renew = subcommand(
      evidence, "renew",
      "Alle Beweisdatensätze erneuern, bevor Zertifikate oder Verfahren schwach werden: mit einem neuen "
      "Zeitstempel oder, mit --hash, mit neuen Hashbäumen. Was nicht mehr hält, wird gemeldet und nicht "
      "erneuert",
      options, status, run_evidence_renew);
  add_actor_options(renew, options);
  renew.add_option("--hash", options.hash, "Neues Hashverfahren: sha384 oder sha512")
      ->check(CLI::IsMember({"sha384", "sha512"}));

  subcommand(
      evidence, "check",
      "Alle Beweise dieses Archivs prüfen: Beweisdatensätze, gestempelte Stände des Protokolls, ob für "
      "einen vergangenen Tag etwas fehlt",
      options, status, run_evidence_check);
  subcommand(evidence, "status", "Wie weit die Beweise sind, und was sie aufhält", options, status,
             run_evidence_status);
}

void add_evidence_commands(CLI::App& app, EvidenceOptions& options, KeepEvidenceOptions& kept, int& status) {
  CLI::App& evidence = group(app, "evidence", "Beweise, dass es Dateien zu einer Zeit genau so gab");
  add_kept_evidence_commands(evidence, kept, status);
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
  add_actor_options(scrub, options.scrub);
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

void add_scan_check_commands(CLI::App& app, ScanCheckOptions& options, int& status) {
  CLI::App& check = group(app, "scan-check",
                          "Ersetzendes Scannen: Scans mit dem Papier vergleichen, Transfervermerk, Papier "
                          "freigeben (TR-RESISCAN)");
  CLI::App& next = subcommand(check, "next",
                              "Zeigen, was zu prüfen ist. Bei normalem Schutzbedarf wird eine Stichprobe "
                              "gezogen, bei hohem ist jeder Scan "
                              "zu prüfen, bei sehr hohem durch zwei Personen",
                              options, status, run_scan_check_next);
  add_actor_options(next, options);
  next.add_option("--limit", options.limit, "Höchstens so viele")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  next.add_option("--seed", options.seed,
                  "Startwert der Ziehung, um eine frühere nachzurechnen (sonst ein neuer)");

  const auto about_one = [&](const char* name, const char* help,
                             int (*run)(const ScanCheckOptions&)) -> CLI::App& {
    CLI::App& command = add_actor_options(subcommand(check, name, help, options, status, run), options);
    command.add_option("document", options.document, "Kennung des Dokuments")->required();
    return command;
  };
  CLI::App& audited = add_actor_options(
      subcommand(check, "audited",
                 "Eintragen, dass das Scanverfahren geprüft wurde (TR-RESISCAN: mindestens alle drei Jahre). "
                 "eakte evidence status erinnert nach einem Jahr daran",
                 options, status, run_scan_check_audited),
      options);
  audited.add_option("--on", options.on, "Tag der Prüfung (sonst heute)");
  audited.add_option("--procedure", options.procedure,
                     "Version der Verfahrensdokumentation (sonst wie in eakte.toml eingestellt)");
  audited.add_flag("--failed", options.failed, "Die Prüfung wurde nicht bestanden");
  CLI::App& record =
      about_one("record", "Das Ergebnis des Vergleichs mit dem Papier eintragen", run_scan_check_record);
  record.add_option("--result", options.result, "good (stimmt überein) oder bad (Mangel)")
      ->required()
      ->check(CLI::IsMember({"good", "bad"}));
  record.add_option("--pages", options.pages, "Seiten des Papiers, selbst gezählt")
      ->required()
      ->check(CLI::Range(0, 100'000));
  record.add_flag("--blank-confirmed", options.blank_confirmed, "Die als leer erkannten Seiten sind leer");
  record.add_flag("--fields-confirmed", options.fields_confirmed,
                  "Die erkannten Angaben zum Dokument stimmen");
  record.add_option("--remark", options.remark, "Bemerkung, kommt in den Transfervermerk");

  about_one("note", "Den Transfervermerk erstellen und mit dem Schlüssel der Installation siegeln",
            run_scan_check_note)
      .add_option("--out", options.out, "Vermerk und Siegel auch in dieses Verzeichnis schreiben");
  about_one("release", "Das Papier zur Vernichtung freigeben; erst nach Prüfung und gesiegeltem Vermerk",
            run_scan_check_release);
}

void add_scan_profile_commands(CLI::App& app, ScanProfileOptions& options, int& status) {
  CLI::App& profile =
      group(app, "scan-profile", "Scanprofile: Einstellungen der Scanner, geprüft und freigegeben");
  CLI::App& add =
      add_actor_options(subcommand(profile, "add", "Ein Profil oder eine neue Version davon eintragen",
                                   options, status, run_scan_profile_add),
                        options);
  add.add_option("name", options.name, "Name, z. B. posteingang-300")->required();
  add.add_option("file", options.file, "Datei mit den Einstellungen (Text)")
      ->required()
      ->check(CLI::ExistingFile);
  CLI::App& release = add_actor_options(
      subcommand(profile, "release",
                 "Eine Version freigeben; das tut eine andere Person als die, die sie eintrug", options,
                 status, run_scan_profile_release),
      options);
  release.add_option("name", options.name, "Name")->required();
  release.add_option("version", options.version, "Version")->required();
  subcommand(profile, "list", "Alle Profile zeigen", options, status, run_scan_profile_list);
}

}  // namespace

void add_proof_commands(CLI::App& app, ProofOptions& options, int& status) {
  add_audit_commands(app, options.audit, status);
  add_evidence_commands(app, options.evidence, options.kept, status);
  add_fixity_commands(app, options, status);
  add_scan_check_commands(app, options.scan_check, status);
  add_scan_profile_commands(app, options.scan_profile, status);
  subcommand(app, "upkeep", "", options.upkeep, status, run_upkeep).group("");  // for the service only
}

}  // namespace eakte::api
