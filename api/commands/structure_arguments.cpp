#include "api/commands/records_arguments.h"
#include "api/commands/subcommand.h"

namespace eakte::api {
namespace {

using Run = int (*)(const StructureOptions&);

void add_medium(CLI::App& made, StructureOptions& options) {
  made.add_option("--medium", options.medium, "electronic, hybrid (teils auf Papier) oder paper")
      ->check(CLI::IsMember({"electronic", "hybrid", "paper"}))
      ->capture_default_str();
  made.add_option("--place", options.place, "Wo das Papier liegt, z. B. \"Altregistratur, Regal 12\"");
  made.add_option("--begins-on", options.on, "Beginn der Laufzeit, wenn er vor heute liegt (JJJJ-MM-TT)");
}

void add_folder_parts(CLI::App& folder, StructureOptions& options, int& status) {
  const auto changing = [&](const char* name, const char* help, Run run) -> CLI::App& {
    return add_actor_options(subcommand(folder, name, help, options, status, run), options);
  };
  CLI::App& made =
      changing("new", "Eine Akte anlegen; das Aktenzeichen entsteht lückenlos aus Aktenplan, Nummer und Jahr",
               run_folder_new);
  made.add_option("title", options.title, "Betreff")->required();
  made.add_option("plan_entry", options.other, "Kennzeichen im Aktenplan (entfällt bei einer Teilakte)");
  made.add_option("--parent", options.parent, "Akte, deren Teilakte es wird");
  add_medium(made, options);

  CLI::App& refile =
      changing("refile",
               "Eine Akte mit ihren Teilakten umgliedern. Endet die Aufbewahrung dort nicht früher, "
               "gilt das sofort; sonst gibt eine zweite Person es frei",
               run_folder_refile);
  refile.add_option("folder", options.name, "Aktenzeichen oder Kennung der Akte")->required();
  refile.add_option("plan_entry", options.other, "Neues Kennzeichen im Aktenplan")->required();
  refile.add_option("--reason", options.reason, "Grund")->required();

  CLI::App& document = changing("refile-document",
                                "Vorschlagen, dass ein bestätigtes Dokument zu einem Eintrag mit kürzerer "
                                "Frist kommt; eine zweite Person gibt "
                                "es frei (release)",
                                run_document_refile);
  document.add_option("document", options.name, "Kennung des Dokuments")->required();
  document.add_option("entry", options.other, "Kennzeichen des Eintrags im Aktenplan, z. B. 61.10.30")
      ->required();
  document.add_option("--reason", options.reason, "Warum")->required();

  CLI::App& list =
      subcommand(folder, "refilings", "Umgliederungen einer Akte, oder alle, die auf Freigabe warten",
                 options, status, run_folder_refilings);
  list.add_option("folder", options.name, "Aktenzeichen oder Kennung der Akte");

  const auto decision = [&](const char* name, const char* help, Run run) {
    CLI::App& decided = changing(name, help, run);
    decided.add_option("refiling", options.name, "Kennung der Umgliederung")->required();
    decided.add_option("--reason", options.reason, "Grund der Entscheidung")->required();
  };
  decision("release", "Eine Umgliederung freigeben; nur eine andere Person als die vorschlagende",
           run_refiling_release);
  decision("reject", "Eine Umgliederung ablehnen", run_refiling_reject);

  CLI::App& merge =
      changing("merge", "Alles aus einer Akte in eine andere legen; die erste bleibt leer und geschlossen",
               run_folder_merge);
  merge.add_option("folder", options.name, "Aktenzeichen oder Kennung der Akte")->required();
  merge.add_option("into", options.other, "Akte, in die alles kommt")->required();

  CLI::App& split =
      changing("split", "Vorgänge und Dokumente einer Akte in eine neue legen", run_folder_split);
  split.add_option("folder", options.name, "Aktenzeichen oder Kennung der Akte")->required();
  split.add_option("title", options.title, "Betreff der neuen Akte")->required();
  split.add_option("--case", options.cases, "Vorgang (mehrfach)");
  split.add_option("--document", options.documents, "Dokument (mehrfach)");
  add_medium(split, options);
}

void add_relation_commands(CLI::App& app, StructureOptions& options, int& status) {
  CLI::App& relation = *app.add_subcommand("relation", "Beziehungen zwischen Dokumenten und Akten");
  relation.require_subcommand(1);
  const auto ends = [&](CLI::App& made) {
    add_actor_options(made, options);
    made.add_option(
            "kind", options.kind,
            "replies_to (antwortet auf), attachment_of (Anlage zu), rendition_of (andere Form von), replaces "
            "(nächste Version von), follows (setzt fort)")
        ->required()
        ->check(CLI::IsMember({"replies_to", "attachment_of", "rendition_of", "replaces", "follows"}));
    made.add_option("source", options.name, "Kennung, von der die Beziehung ausgeht")->required();
    made.add_option("target", options.other, "Kennung, zu der sie führt")->required();
  };
  ends(subcommand(relation, "add", "Eine Beziehung eintragen", options, status, run_relation_add));
  ends(subcommand(relation, "remove", "Eine Beziehung löschen", options, status, run_relation_remove));
  subcommand(relation, "list", "Alle Beziehungen eines Dokuments, Vorgangs oder einer Akte", options, status,
             run_relation_list)
      .add_option("id", options.name, "Kennung")
      ->required();

  CLI::App& draft = add_actor_options(
      subcommand(app, "draft", "Ein Dokument als Entwurf kennzeichnen", options, status, run_draft), options);
  draft.add_option("document", options.name, "Kennung des Dokuments")->required();
  draft.add_flag("--final", options.final, "Kein Entwurf mehr");
}

}  // namespace

void add_structure_commands(CLI::App& app, StructureOptions& options, int& status) {
  add_folder_parts(*app.get_subcommand("folder"), options, status);
  CLI::App& move =
      add_actor_options(subcommand(*app.get_subcommand("case"), "move",
                                   "Einen Vorgang mit seinen Dokumenten in eine andere Akte legen", options,
                                   status, run_case_move),
                        options);
  move.add_option("case", options.name, "Geschäftszeichen oder Kennung des Vorgangs")->required();
  move.add_option("folder", options.other, "Aktenzeichen oder Kennung der anderen Akte")->required();
  CLI::App& merge = add_actor_options(
      subcommand(*app.get_subcommand("case"), "merge",
                 "Alle Dokumente eines Vorgangs in einen anderen derselben Akte legen; der erste bleibt leer "
                 "und geschlossen",
                 options, status, run_case_merge),
      options);
  merge.add_option("case", options.name, "Geschäftszeichen oder Kennung des Vorgangs")->required();
  merge.add_option("into", options.other, "Vorgang, in den alles kommt")->required();
  CLI::App& split =
      add_actor_options(subcommand(*app.get_subcommand("case"), "split",
                                   "Dokumente eines Vorgangs in einen neuen Vorgang derselben Akte legen",
                                   options, status, run_case_split),
                        options);
  split.add_option("case", options.name, "Geschäftszeichen oder Kennung des Vorgangs")->required();
  split.add_option("title", options.title, "Betreff des neuen Vorgangs")->required();
  split.add_option("--document", options.documents, "Kennung eines Dokuments (mehrfach)")->required();
  add_relation_commands(app, options, status);
}

}  // namespace eakte::api
