#include "api/commands/records_arguments.h"

namespace eakte::api {
namespace {

void add_format(CLI::App& command, PlanOptions& options, const char* help) {
  command.add_option("--format", options.format, help)->check(CLI::IsMember({"yaml", "csv", "xdomea"}));
}

void add_json(CLI::App& command, PlanOptions& options) {
  command.add_flag_callback(
      "--json", [&options] { options.form = OutputForm::json; }, "Ein JSON-Objekt je Zeile ausgeben");
}

CLI::App& on_tenant(CLI::App& group, const char* name, const char* help, PlanOptions& options, int& status,
                    int (*run)(const PlanOptions&)) {
  CLI::App& command = *group.add_subcommand(name, help);
  command.add_option("--data", options.data, "Datenverzeichnis")->required();
  command.add_option("--tenant", options.tenant, "Mandant (sonst der erste)");
  add_json(command, options);
  command.callback([&options, &status, run] { status = run(options); });
  return command;
}

}  // namespace

void add_file_plan_commands(CLI::App& app, PlanOptions& options, int& status) {
  CLI::App& plan = *app.add_subcommand("fileplan", "Aktenplan: prüfen, zeigen, ausgeben");
  plan.require_subcommand(1);

  CLI::App& check = *plan.add_subcommand(
      "check",
      "Einen Aktenplan prüfen, bevor er gilt: sagt mit Zeile und Grund alles, was nicht stimmt (unbekannte "
      "Nummer, Einheit ohne Frist, Kreis, überschneidende Gültigkeit, ...); Ende mit 1, wenn etwas nicht "
      "stimmt");
  check.add_option("file", options.file, "Datei: YAML, CSV oder xdomea 0301")
      ->required()
      ->check(CLI::ExistingFile);
  add_format(check, options, "Form der Datei (sonst wird sie erkannt)");
  add_json(check, options);
  check.callback([&options, &status] { status = run_plan_check(options); });

  CLI::App& show =
      on_tenant(plan, "show", "Den geltenden Aktenplan mit Fristen und Aussonderungsarten zeigen", options,
                status, run_plan_show);
  show.add_option("entry", options.entry, "Nur diese Einheit und die darunter, z. B. 11.50");

  CLI::App& write =
      on_tenant(plan, "export", "Den geltenden Aktenplan ausgeben", options, status, run_plan_export);
  add_format(
      write, options,
      "yaml (zum Bearbeiten), csv (Tabellenkalkulation) oder xdomea (Nachricht 0301 für andere Behörden)");
  write.add_option("-o,--output", options.output, "Zieldatei (sonst Standardausgabe)");
}

}  // namespace eakte::api
