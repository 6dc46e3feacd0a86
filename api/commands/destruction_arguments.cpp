#include <CLI/CLI.hpp>

#include "api/commands/destruction.h"
#include "api/commands/records_arguments.h"
#include "api/commands/subcommand.h"

namespace eakte::api {
namespace {

void add_permission_commands(CLI::App& dispose, DestructionOptions& options, int& status) {
  CLI::App& permission = *dispose.add_subcommand("permission",
                                                 "Vernichtungsgenehmigungen des Archivs: was ohne Anbietung "
                                                 "vernichtet werden darf, wenn der Aktenplan V "
                                                 "vorsieht");
  permission.require_subcommand(1);
  CLI::App& add = add_actor_options(
      subcommand(permission, "add", "Eine Genehmigung eintragen", options, status, run_permission_add),
      options);
  add.add_option("number", options.number, "Nummer oder Geschäftszeichen des Schreibens")->required();
  add.add_option("--issued-on", options.issued_on, "Datum des Schreibens (JJJJ-MM-TT)")->required();
  add.add_option("--valid-until", options.valid_until, "Letzter Tag der Geltung (JJJJ-MM-TT)")->required();
  add.add_option("--entry", options.plan_entries,
                 "Kennzeichen im Aktenplan, für das sie gilt, mit allem darunter (mehrfach)")
      ->required();
  add_actor_options(
      subcommand(permission, "revoke",
                 "Eine Genehmigung widerrufen; auch Freigegebenes in der Wartefrist wird dann nicht "
                 "mehr vernichtet",
                 options, status, run_permission_revoke),
      options)
      .add_option("permission", options.names, "Nummer oder Kennung der Genehmigung")
      ->required()
      ->expected(1);
  subcommand(permission, "list", "Alle Genehmigungen zeigen", options, status, run_permission_list);
}

}  // namespace

void add_destruction_commands(CLI::App& dispose, DestructionOptions& options, int& status) {
  add_permission_commands(dispose, options, status);
  const auto changing = [&](const char* name, const char* help,
                            int (*run)(const DestructionOptions&)) -> CLI::App& {
    return add_actor_options(subcommand(dispose, name, help, options, status, run), options);
  };
  CLI::App& propose = changing(
      "propose",
      "Geschlossene Akten zur Vernichtung vorschlagen. Nur was fällig ist, keine Löschsperre hat und "
      "vom Archiv freigegeben ist (Bewertung V, bestätigte Übernahme oder Vernichtungsgenehmigung)",
      run_dispose_propose);
  propose.add_option("folders", options.names, "Aktenzeichen oder Kennungen");
  propose.add_flag("--all-due", options.all, "Alles, was heute fällig ist und vernichtet werden darf");
  changing("approve",
           "Vorschläge freigeben: durch eine zweite Person, nie durch die, die vorgeschlagen hat. Danach "
           "läuft die "
           "Wartefrist",
           run_dispose_approve)
      .add_option("destructions", options.names, "Kennungen der Vorschläge, oder Aktenzeichen")
      ->required();
  CLI::App& withdraw =
      changing("withdraw", "Einen Vorschlag oder eine Freigabe zurücknehmen, solange nichts ausgeführt ist",
               run_dispose_withdraw);
  withdraw.add_option("destruction", options.names, "Kennung des Vorschlags, oder Aktenzeichen")
      ->required()
      ->expected(1);
  withdraw.add_option("--reason", options.reason, "Grund")->required();
  changing(
      "run",
      "Ausführen, was freigegeben ist und seine Wartefrist hinter sich hat, und Unterbrochenes beenden (ein "
      "laufender Dienst tut das jede Stunde selbst)",
      run_dispose_run);
  subcommand(dispose, "list", "Vorschläge, Freigaben und Vernichtungen zeigen", options, status,
             run_dispose_list)
      .add_option(
          "--state", options.state,
          "Nur diese: proposed (vorgeschlagen), approved (freigegeben), withdrawn (zurückgenommen), begun "
          "(begonnen), done (vernichtet)");
  CLI::App& record = subcommand(dispose, "record", "Das Vernichtungsprotokoll einer Akte zeigen", options,
                                status, run_dispose_record);
  record.add_option("destruction", options.names, "Kennung der Vernichtung, oder Aktenzeichen")
      ->required()
      ->expected(1);
  changing("replay",
           "Nach dem Einspielen einer älteren Sicherung: vernichten, was laut diesem Verzeichnis der "
           "Vernichtungen "
           "(destroyed.log) schon vernichtet war",
           run_dispose_replay)
      .add_option("log", options.file, "destroyed.log, wie es außerhalb der Sicherung aufgehoben wurde")
      ->required()
      ->check(CLI::ExistingFile);
}

}  // namespace eakte::api
