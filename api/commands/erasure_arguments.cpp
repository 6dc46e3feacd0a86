#include <CLI/CLI.hpp>

#include "api/commands/erasure.h"
#include "api/commands/records_arguments.h"
#include "api/commands/subcommand.h"

namespace eakte::api {

void add_erasure_commands(CLI::App& app, ErasureOptions& options, int& status) {
  CLI::App& erasure = *app.add_subcommand(
      "erasure", "Löschanträge von Personen nach Art. 17 DSGVO: aufnehmen, suchen, entscheiden, beantworten");
  erasure.require_subcommand(1);
  const auto acting = [&](const char* name, const char* help,
                          int (*run)(const ErasureOptions&)) -> CLI::App& {
    return add_actor_options(subcommand(erasure, name, help, options, status, run), options);
  };
  CLI::App& add = acting("add", "Einen Löschantrag aufnehmen", run_erasure_add);
  add.add_option("person", options.name, "Name der Person, z. B. \"Jörg Wößner\"")->required();
  add.add_option("--address", options.address, "Anschrift, wie die Person sie angibt");
  add.add_option("--reference", options.reference, "Aktenzeichen, wenn die Person eines nennt");
  add.add_option("--received-on", options.received_on, "Tag des Eingangs (JJJJ-MM-TT, sonst heute)");
  const auto of_request = [&](CLI::App& command) -> CLI::App& {
    command.add_option("request", options.name, "Kennung des Löschantrags")->required();
    return command;
  };
  of_request(
      acting("find",
             "Suchen, was die Person betrifft: Name, Anschrift und Aktenzeichen. Ob es wirklich diese Person "
             "ist, prüft ein Mensch",
             run_erasure_find));
  CLI::App& decide = of_request(acting(
      "decide",
      "Über die Dokumente entscheiden: Steht eine Pflicht entgegen, wird die Löschung mit Grund abgelehnt "
      "und "
      "die Verarbeitung eingeschränkt, sonst wird die Akte zur Vernichtung vorgeschlagen. Schreibt die "
      "Antwort an die Person",
      run_erasure_decide));
  decide.add_option("--document", options.documents,
                    "Kennung eines Dokuments, das die Person betrifft (mehrfach)");
  decide.add_flag("--all-found", options.all_found, "Alles, was find zeigt");
  of_request(acting("show", "Antrag, Entscheidungen und Antwortschreiben zeigen", run_erasure_show));
  acting("list", "Alle Löschanträge, der neueste zuerst", run_erasure_list);
  acting("lift", "Die Einschränkung eines Dokuments aufheben", run_erasure_lift)
      .add_option("document", options.name, "Kennung des Dokuments")
      ->required();
}

}  // namespace eakte::api
