#include "api/commands/records_arguments.h"
#include "api/commands/subcommand.h"

namespace eakte::api {
namespace {

void add_format(CLI::App& command, PlanOptions& options, const char* help) {
  command.add_option("--format", options.format, help)->check(CLI::IsMember({"yaml", "csv", "xdomea"}));
}

void add_json(CLI::App& command, PlanOptions& options) {
  command.add_flag_callback(
      "--json", [&options] { options.form = OutputForm::json; }, "Ein JSON-Objekt je Zeile ausgeben");
}

}  // namespace

void add_file_plan_commands(CLI::App& app, PlanOptions& options, int& status) {
  CLI::App& plan = *app.add_subcommand(
      "fileplan", "Aktenplan: prüfen, zeigen, ausgeben, neue Versionen vorschlagen und freigeben");
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
      subcommand(plan, "show", "Den geltenden Aktenplan mit Fristen und Aussonderungsarten zeigen", options,
                 status, run_plan_show);
  show.add_option("entry", options.entry, "Nur diese Einheit und die darunter, z. B. 11.50");

  CLI::App& write =
      subcommand(plan, "export", "Den geltenden Aktenplan ausgeben", options, status, run_plan_export);
  add_format(
      write, options,
      "yaml (zum Bearbeiten), csv (Tabellenkalkulation) oder xdomea (Nachricht 0301 für andere Behörden)");
  write.add_option("-o,--output", options.output, "Zieldatei (sonst Standardausgabe)");
  write.add_option("--plan-version", options.version, "Diese frühere Version (sonst die geltende)");

  CLI::App& take = add_actor_options(
      subcommand(
          plan, "import",
          "Eine neue Version des Aktenplans vorschlagen. Was nichts kürzer macht, gilt sofort oder ab "
          "dem Tag "
          "in gueltig_von; kürzere Fristen gelten erst, wenn eine zweite Person sie freigibt (release)",
          options, status, run_plan_import),
      options);
  take.add_option("file", options.file, "Datei: YAML, CSV oder xdomea 0301")
      ->required()
      ->check(CLI::ExistingFile);
  add_format(take, options, "Form der Datei (sonst wird sie erkannt)");
  take.add_option("--reason", options.reason, "Warum der Aktenplan geändert wird");
  take.add_option(
      "--receipt", options.receipt,
      "Hierhin die Empfangsbestätigung (xdomea 0302) für die absendende Stelle schreiben; nur zu einer "
      "Nachricht 0301");
  take.add_flag("--preview", options.preview,
                "Nur sagen, was die Version an den vorhandenen Akten ändert: länger, kürzer, sofort fällig");

  subcommand(plan, "versions", "Geltende und frühere Versionen und die Vorschläge zeigen", options, status,
             run_plan_versions);

  CLI::App& diff =
      subcommand(plan, "diff",
                 "Was sich von einer Version zur anderen je Einheit ändert; mit der Kennung eines "
                 "Vorschlags: was er ändert, auch an den Akten",
                 options, status, run_plan_diff);
  diff.add_option("version", options.version, "Frühere Version oder Kennung eines Vorschlags")->required();
  diff.add_option("other", options.other, "Spätere Version (sonst die geltende)");

  const auto decision = [&](const char* name, const char* help, int (*run)(const PlanOptions&)) {
    CLI::App& command = add_actor_options(subcommand(plan, name, help, options, status, run), options);
    command.add_option("proposal", options.proposal, "Kennung des Vorschlags (siehe versions)")->required();
    command.add_option("--reason", options.reason, "Grund der Entscheidung")->required();
  };
  decision("release",
           "Einen Vorschlag mit kürzeren Fristen freigeben; nur eine andere Person als die vorschlagende",
           run_plan_release);
  decision("reject", "Einen Vorschlag ablehnen", run_plan_reject);
}

}  // namespace eakte::api
