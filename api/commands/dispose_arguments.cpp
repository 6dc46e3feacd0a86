#include <CLI/CLI.hpp>

#include "api/commands/dispose.h"
#include "api/commands/records_arguments.h"
#include "api/commands/subcommand.h"

namespace eakte::api {
namespace {

void add_sending(CLI::App& dispose, DisposeOptions& options, int& status) {
  CLI::App& offer = add_actor_options(
      subcommand(dispose, "offer",
                 "Geschlossene Akten, deren Frist vorbei ist, dem Archiv anbieten: schreibt das "
                 "Anbieteverzeichnis (0501). Offene, noch nicht fällige und gesperrte Akten werden abgelehnt",
                 options, status, run_dispose_offer),
      options);
  CLI::Option& folders = *offer.add_option("folders", options.names, "Aktenzeichen oder Kennungen");
  offer.add_flag("--all-due", options.all_due, "Alle fälligen Akten; was gesperrt ist, bleibt hier")
      ->excludes(&folders);
  offer.add_option("--plan-entry", options.plan_entry,
                   "Mit --all-due: nur dieser Eintrag des Aktenplans und was darunter liegt");
  offer.add_option("--on", options.on, "Tag, an dem angeboten wurde, nicht nach heute (sonst heute)");

  CLI::App& transfer = add_actor_options(
      subcommand(dispose, "transfer",
                 "An das Archiv abgeben, was es mit A bewertet hat: schreibt die Aussonderung (0503) mit den "
                 "Dokumenten. Mit der Kennung eines Vorgangs alles, was darin mit A bewertet ist; mit "
                 "Aktenzeichen in einem neuen Vorgang, zum Beispiel noch einmal nach einer gescheiterten "
                 "Übernahme",
                 options, status, run_dispose_transfer),
      options);
  transfer.add_option("names", options.names, "Ein Aussonderungsvorgang (UUID) oder Aktenzeichen")
      ->required();

  CLI::App& paper = add_actor_options(
      subcommand(
          dispose, "hand-over-paper",
          "Das Übergabeprotokoll einer Akte eintragen, die nur auf Papier liegt und die das Archiv mit A "
          "bewertet hat: damit ist sie abgegeben und die Übernahme bestätigt",
          options, status, run_dispose_hand_over_paper),
      options);
  paper.add_option("folder", options.names, "Aktenzeichen oder Kennung der Akte")->required()->expected(1);
  paper.add_option("--received-by", options.received_by, "Wer das Papier für das Archiv übernommen hat")
      ->required();
  paper.add_option("--protocol", options.protocol, "Nummer oder Datum des unterschriebenen Protokolls")
      ->required();
  paper.add_option("--list", options.file, "Textdatei mit der Liste des Übergebenen")
      ->required()
      ->check(CLI::ExistingFile);
  paper.add_option("--on", options.on, "Tag der Übergabe (sonst heute)");

  CLI::App& withdraw = add_actor_options(
      subcommand(dispose, "withdraw-offer",
                 "Eine Anbietung zurücknehmen, auf die das Archiv nicht geantwortet hat. Ihre Akten sind "
                 "wieder anzubieten; eine spätere Bewertung wird abgelehnt",
                 options, status, run_dispose_withdraw_offer),
      options);
  withdraw.add_option("process", options.process, "Der Vorgang (UUID)")->required();
  withdraw.add_option("--reason", options.reason, "Warum sie zurückgenommen wird")->required();

  add_actor_options(
      subcommand(
          dispose, "plan",
          "Den Aktenplan im Voraus vom Archiv bewerten lassen (zweistufig): schreibt die Nachricht 0511",
          options, status, run_dispose_plan),
      options);
}

void add_receiving(CLI::App& dispose, DisposeOptions& options, int& status) {
  CLI::App& read = add_actor_options(
      subcommand(
          dispose, "read",
          "Eine Antwort des Archivs einlesen, ZIP oder XML: Empfang (0504, 0507, 0512), Bewertung (0502, "
          "0513), Übernahme (0506). Erst nach der Übernahme darf die eigene Fassung gelöscht werden. "
          "Dieselbe Antwort noch einmal ändert nichts",
          options, status, run_dispose_read),
      options);
  read.add_option("file", options.file, "Datei des Archivs")->required()->check(CLI::ExistingFile);
  read.add_flag("--only-show", options.only_show, "Nur prüfen und zeigen, was darin steht; nichts eintragen");
  read.add_option("--on", options.on, "Tag, an dem sie einging, nicht nach heute (sonst heute)");

  CLI::App& appraise = add_actor_options(
      subcommand(dispose, "appraise",
                 "Die Entscheidung des Archivs eintragen, wenn sie auf Papier kam oder für den Eintrag des "
                 "Aktenplans im Voraus gilt",
                 options, status, run_dispose_appraise),
      options);
  appraise.add_option("folders", options.names, "Aktenzeichen oder Kennungen")->required();
  CLI::Option& decision = *appraise
                               .add_option("--decision", options.decision,
                                           "A: das Archiv übernimmt; V: es stimmt der Vernichtung zu")
                               ->check(CLI::IsMember({"A", "V"}));
  CLI::Option& source =
      *appraise.add_option("--source", options.source, "Aktenzeichen des Schreibens vom Archiv");
  decision.needs(&source);
  source.needs(&decision);
  appraise.add_option("--decided-on", options.decided_on,
                      "Datum des Schreibens (sonst der Tag der Eintragung)");
  appraise
      .add_flag("--by-plan", options.by_plan,
                "Nach der Bewertung des Aktenplans (0513), die für die Einträge der Akten gilt")
      ->excludes(&decision);
  appraise.add_option("--on", options.on, "Tag der Eintragung, nicht nach heute (sonst heute)");
}

void add_looking(CLI::App& dispose, DisposeOptions& options, int& status) {
  CLI::App& show = subcommand(dispose, "status",
                              "Aussonderungsvorgänge: was angeboten, bewertet, abgegeben und übernommen ist",
                              options, status, run_dispose_status);
  show.add_option("name", options.names, "Ein Vorgang (UUID) oder eine Akte; ohne Angabe alle Vorgänge")
      ->expected(0, 1);

  CLI::App& get = add_actor_options(
      subcommand(dispose, "get", "Eine Nachricht eines Vorgangs holen, um sie weiterzugeben", options, status,
                 run_dispose_get),
      options);
  get.add_option("process", options.process, "Der Vorgang (UUID)")->required();
  get.add_option("message", options.message, "Nummer der Nachricht, z. B. 0503")->required();
  get.add_option("-o,--output", options.file, "Zieldatei, oder ein Verzeichnis für den Namen nach xdomea")
      ->required();
}

}  // namespace

CLI::App& add_dispose_commands(CLI::App& app, DisposeOptions& options, int& status) {
  CLI::App& dispose =
      *app.add_subcommand("dispose",
                          "Aussonderung: Akten dem Archiv anbieten (offer), bewerten lassen "
                          "und abgeben (transfer), mit Nachrichten nach xdomea; wer anbietet und "
                          "wem, steht in eakte.toml unter [xdomea]. Und Vernichtung: was das "
                          "Archiv nicht will oder übernommen hat, schlägt eine Person vor "
                          "(propose), eine zweite gibt es frei (approve), und nach der Wartefrist "
                          "wird es vernichtet (run)");
  dispose.require_subcommand(1);
  add_sending(dispose, options, status);
  add_receiving(dispose, options, status);
  add_looking(dispose, options, status);
  return dispose;
}

}  // namespace eakte::api
