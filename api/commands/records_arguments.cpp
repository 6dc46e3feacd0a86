#include "api/commands/records_arguments.h"

#include "api/commands/subcommand.h"

namespace eakte::api {
namespace {

constexpr const char* delete_drafts_help =
    "Die Entwürfe darin mit dem Schließen löschen; ohne diese Angabe bleiben sie und werden genannt. Das "
    "lässt "
    "sich nicht zurücknehmen, Kennungen und ein Protokoll bleiben";

void add_account_commands(CLI::App& app, AccountOptions& options, int& status) {
  CLI::App& account =
      group(app, "account", "Benutzerkonten: anlegen, Rollen vergeben, Passwort setzen, sperren, bestätigen");
  const auto changing = [&](const char* name, const char* help,
                            int (*run)(const AccountOptions&)) -> CLI::App& {
    CLI::App& command = add_actor_options(subcommand(account, name, help, options, status, run), options);
    command.add_option("name", options.name, "Benutzername, z. B. m.muster")->required();
    return command;
  };
  const auto with_roles = [&](CLI::App& command) {
    command
        .add_option(
            "--role", options.roles,
            "Rolle (mehrfach): clerk (Sachbearbeitung), records_manager (Schriftgutverwaltung), auditor "
            "(Revision, liest nur), administrator (Systemverwaltung, ohne Zugang zu Inhalten)")
        ->required();
  };
  const auto with_password = [&](CLI::App& command) {
    command.add_option(
        "--new-password-file", options.new_password_file,
        "Datei mit dem neuen Passwort in der ersten Zeile (-: Standardeingabe; sonst wird es erfragt)");
  };
  CLI::App& add =
      changing("add",
               "Ein Konto anlegen; das erste braucht die Rolle administrator. Sobald es Konten gibt, "
               "verlangen Webseite und ändernde Befehle eine Anmeldung",
               run_account_add);
  add.add_option("display_name", options.display_name, "Name der Person")->required();
  with_roles(add);
  with_password(add);
  subcommand(account, "list", "Alle Konten zeigen", options, status, run_account_list);
  with_roles(
      changing("roles", "Die Rollen eines Kontos festlegen (statt der bisherigen)", run_account_roles));
  with_password(
      changing("password",
               "Das Passwort eines Kontos neu setzen; seine Sitzungen enden. Mit --as dem eigenen Namen das "
               "eigene ändern; ein von anderen gesetztes ist vor der ersten Handlung zu ändern",
               run_account_password));
  changing("disable", "Ein Konto sperren; seine Sitzungen enden sofort, der Name bleibt vergeben",
           run_account_disable)
      .add_flag("--undo", options.enable, "Die Sperre aufheben");
  changing("confirm",
           "Als dritte Person bestätigen, dass ein Konto in den Händen der Person ist, der es gehört. Ein "
           "Konto, dessen Passwort jemand anderes gesetzt hat, zählt bei Entscheidungen zu zweit erst danach "
           "oder nach der Wartezeit ([accounts] waiting_days in eakte.toml)",
           run_account_confirm);
}

void add_folder_commands(CLI::App& app, FolderOptions& options, int& status) {
  CLI::App& folder =
      group(app, "folder", "Akten: anlegen, zeigen, schließen, Ereignisse der Frist eintragen");
  const auto changing = [&](CLI::App& command) -> CLI::App& { return add_actor_options(command, options); };
  const auto named = [&](CLI::App& command) {
    command.add_option("folder", options.name, "Aktenzeichen oder Kennung der Akte")->required();
  };
  CLI::App& add = changing(subcommand(folder, "add", "Eine Akte anlegen", options, status, run_folder_add));
  add.add_option("plan_entry", options.plan_entry, "Kennzeichen im Aktenplan, z. B. 11.50.20")->required();
  add.add_option("reference", options.name, "Aktenzeichen")->required();
  add.add_option("title", options.title, "Betreff")->required();
  add.add_option("--begins-on", options.on, "Beginn der Laufzeit, wenn er vor heute liegt (JJJJ-MM-TT)");

  CLI::App& show = subcommand(folder, "show", "Stand, Frist und Vorgänge einer Akte zeigen", options, status,
                              run_folder_show);
  named(show);
  show.add_option("--on", options.on, "Stand an diesem Tag (sonst heute)");

  CLI::App& close = changing(subcommand(
      folder, "close", "Eine Akte schließen (z. d. A.); die letzte Schlussverfügung zählt für die Frist",
      options, status, run_folder_close));
  named(close);
  close.add_option("--on", options.on, "Tag der Schlussverfügung (sonst heute)");
  close.add_flag("--delete-drafts", options.delete_drafts, delete_drafts_help);

  named(changing(subcommand(folder, "reopen",
                            "Eine geschlossene Akte wieder öffnen; die Frist beginnt dann neu", options,
                            status, run_folder_reopen)));

  CLI::App& event = changing(subcommand(folder, "event", "Ein Ereignis eintragen, auf das die Frist wartet",
                                        options, status, run_folder_event));
  named(event);
  event.add_option("event", options.event, "Ereignis wie im Aktenplan, z. B. vertragsende")->required();
  event.add_option("--on", options.on,
                   "Tag des Ereignisses oder letzter Tag einer Ablaufhemmung (sonst heute)");

  named(changing(subcommand(folder, "suspend", "Eine Ablaufhemmung der Frist beginnen lassen", options,
                            status, run_folder_suspend)));
}

void add_case_commands(CLI::App& app, CaseOptions& options, int& status) {
  CLI::App& one = group(app, "case", "Vorgänge: anlegen, schließen, wieder öffnen");
  const auto changing = [&](CLI::App& command) -> CLI::App& { return add_actor_options(command, options); };
  const auto named = [&](CLI::App& command) {
    command.add_option("case", options.name, "Geschäftszeichen oder Kennung des Vorgangs")->required();
  };
  CLI::App& add =
      changing(subcommand(one, "add", "Einen Vorgang in einer Akte anlegen", options, status, run_case_add));
  add.add_option("folder", options.folder, "Aktenzeichen oder Kennung der Akte")->required();
  add.add_option("reference", options.name, "Geschäftszeichen")->required();
  add.add_option("title", options.title, "Betreff")->required();
  CLI::App& close = changing(
      subcommand(one, "close", "Einen Vorgang schließen (z. d. A.)", options, status, run_case_close));
  named(close);
  close.add_option("--on", options.on, "Tag der Schlussverfügung (sonst heute)");
  close.add_flag("--delete-drafts", options.delete_drafts, delete_drafts_help);
  named(changing(subcommand(one, "reopen", "Einen Vorgang und seine Akte wieder öffnen", options, status,
                            run_case_reopen)));
}

void add_hold_commands(CLI::App& app, HoldOptions& options, int& status) {
  CLI::App& hold = group(app, "hold", "Löschsperren: solange eine steht, wird die Akte nicht ausgesondert");
  CLI::App& add = subcommand(hold, "add", "Eine Löschsperre auf eine oder mehrere Akten setzen", options,
                             status, run_hold_add);
  add_actor_options(add, options);
  add.add_option("folders", options.names, "Aktenzeichen oder Kennungen")->required();
  add.add_option("--reason", options.reason, "Grund, z. B. \"Klageverfahren 4 K 12/26\"")->required();
  add.add_option("--owner", options.owner, "Wer darüber entscheidet")->required();
  add.add_option("--review-on", options.review_on, "Wann geprüft wird, ob sie noch nötig ist (JJJJ-MM-TT)")
      ->required();
  CLI::App& lift = subcommand(hold, "lift", "Löschsperren aufheben; andere bleiben bestehen", options, status,
                              run_hold_lift);
  add_actor_options(lift, options);
  lift.add_option("holds", options.names, "Kennungen der Löschsperren")->required();
  lift.add_option("--reason", options.reason, "Warum sie nicht mehr nötig ist")->required();
  CLI::App& list = subcommand(hold, "list", "Die Löschsperren einer Akte, oder alle, die zu prüfen sind",
                              options, status, run_hold_list);
  list.add_option("folder", options.names, "Aktenzeichen oder Kennung der Akte")->expected(0, 1);
  list.add_option("--until", options.review_on, "Bis zu diesem Tag zu prüfen (sonst heute)");
}

void add_retention_commands(CLI::App& app, RecordsOptions& options, int& status) {
  CLI::App& retention = group(app, "retention", "Aufbewahrung: was wann fällig wird");
  CLI::App& due = subcommand(retention, "due", "Akten, deren Frist abgelaufen ist, die ältesten zuerst",
                             options.due, status, run_retention_due);
  due.add_option("--on", options.due.on, "Gefragt für diesen Tag, auch in der Zukunft (sonst heute)");
  due.add_option("--plan-entry", options.due.plan_entry,
                 "Nur dieser Eintrag des Aktenplans und was darunter liegt");
  due.add_option("--year", options.due.year, "Nur Fristen, die in diesem Jahr enden");
  due.add_option("--limit", options.due.limit, "So viele Akten")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  subcommand(retention, "years", "Wie viele Akten in welchem Jahr fällig werden, nach A, B und V",
             options.years, status, run_retention_years);
}

}  // namespace

CLI::App& add_actor_options(CLI::App& command, DataOptions& options) {
  command.add_option(
      "--as", options.as,
      "Benutzerkonto, das handelt; nötig, sobald der Mandant Konten hat (siehe eakte account)");
  command.add_option(
      "--password-file", options.password_file,
      "Datei mit dessen Passwort in der ersten Zeile (-: Standardeingabe; sonst wird es erfragt)");
  return command;
}

void add_records_commands(CLI::App& app, RecordsOptions& options, int& status) {
  add_account_commands(app, options.account, status);
  add_file_plan_commands(app, options.plan, status);
  add_folder_commands(app, options.folder, status);
  add_case_commands(app, options.one_case, status);
  add_structure_commands(app, options.structure, status);
  add_hold_commands(app, options.hold, status);
  add_retention_commands(app, options, status);
}

}  // namespace eakte::api
