#include "api/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <initializer_list>
#include <memory>
#include <utility>

#include "api/commands/commands.h"
#include "api/commands/destruction.h"
#include "api/commands/dispose.h"
#include "api/commands/erasure.h"
#include "api/commands/packages.h"
#include "api/commands/proof_arguments.h"
#include "api/commands/records_arguments.h"
#include "api/commands/retry.h"
#include "api/commands/usage_errors.h"
#include "api/data_directory.h"
#include "api/error.h"
#include "archive/error.h"
#include "archive/fixity.h"
#include "archive/incidents.h"
#include "archive/refusals.h"
#include "index/error.h"
#include "ingest/reasons.h"

namespace eakte::api {
namespace {

void add_data_options(CLI::App& command, DataOptions& options) {
  command.add_option("--data", options.data, "Datenverzeichnis")->required();
  command.add_option("--tenant", options.tenant, "Mandant (sonst der erste)");
}

void add_form(CLI::App& command, OutputForm& form) {
  command.add_flag_callback(
      "--json", [&form] { form = OutputForm::json; }, "Ein JSON-Objekt je Zeile ausgeben");
}

/// All options of all subcommands; whichever was called is looked at.
struct Options {
  InitOptions init;
  ServeOptions serve;
  IngestOptions ingest;
  JoinOptions join;
  RetryOptions retry;
  ConvertOptions convert;
  SearchOptions search;
  DocumentOptions show;
  DocumentOptions get;
  ConfirmOptions confirm;
  ClassifyOptions classify;
  VerifyOptions verify;
  DataOptions reindex;
  ProofOptions proof;
  RecordsOptions records;
  DestructionOptions destruction;
  ErasureOptions erasure;
  PackagesOptions packages;
  DisposeOptions dispose;
  int status = 0;
};

template <class Run>
void runs(CLI::App& command, Options& options, Run run) {
  command.callback([&options, run] { options.status = run(); });
}

void add_archive_commands(CLI::App& app, Options& options) {
  CLI::App& init = *app.add_subcommand("init", "Datenverzeichnis mit einem Mandanten anlegen");
  add_data_options(init, options.init);
  add_form(init, options.init.form);
  init.add_option("--file-plan", options.init.file_plan, "Aktenplan (YAML; sonst der Beispielplan)");
  init.add_option("--folders", options.init.folders,
                  "Akten und Vorgänge zum Anfang: Aktenplan, Aktenzeichen, Titel, Geschäftszeichen, Titel "
                  "(mit Tab getrennt)");
  init.add_option("--training", options.init.training,
                  "Texte zum Lernen der Dokumentarten (Art<Tab>Text je Zeile)");
  runs(init, options, [&] { return run_init(options.init); });

  CLI::App& serve =
      *app.add_subcommand("serve", "Dienst mit Webseite, Verarbeitung und überwachtem Verzeichnis starten");
  add_data_options(serve, options.serve);
  add_form(serve, options.serve.form);
  serve.add_option("--listen", options.serve.listen, "ADRESSE:PORT (sonst 127.0.0.1:8080)");
  serve.add_option("--web", options.serve.web, "Verzeichnis der gebauten Webseite");
  runs(serve, options, [&] { return run_serve(options.serve); });

  CLI::App& ingest =
      *app.add_subcommand("ingest", "Dateien aufnehmen; gibt Eingang, Zustand, Dokument und Grund aus");
  add_data_options(ingest, options.ingest);
  add_actor_options(ingest, options.ingest);
  add_form(ingest, options.ingest.form);
  ingest.add_flag("--wait", options.ingest.wait,
                  "Warten, bis alles verarbeitet ist (ohne laufenden Dienst immer)");
  ingest.add_option("-l,--languages", options.ingest.languages,
                    "Sprachen der Texterkennung, z. B. deu+eng; auto: je Seite erkannt");
  ingest.add_option("files", options.ingest.files, "Dateien oder Verzeichnisse")
      ->required()
      ->check(CLI::ExistingPath);
  runs(ingest, options, [&] { return run_ingest(options.ingest); });

  CLI::App& intakes = *app.add_subcommand("intakes", "Eingänge bearbeiten");
  intakes.require_subcommand(1);
  CLI::App& join = *intakes.add_subcommand(
      "join",
      "Einen an Trennblättern getrennten Stapel wieder zu einem Dokument zusammenfügen; die Teile werden "
      "zurückgezogen, bleiben aber erhalten");
  add_data_options(join, options.join);
  add_actor_options(join, options.join);
  add_form(join, options.join.form);
  join.add_option("intake", options.join.intake, "Kennung des Stapels (Eingang im Zustand split)")
      ->required();
  runs(join, options, [&] { return run_join(options.join); });
  CLI::App& retry = *intakes.add_subcommand(
      "retry",
      "Eingänge noch einmal verarbeiten: abgewiesene, zurückgestellte und solche, deren Dokument ohne "
      "LibreOffice nur mit dem Original abgelegt wurde; ein solches Dokument bleibt dasselbe und bekommt "
      "Archivfassung und Text dazu");
  add_data_options(retry, options.retry);
  add_actor_options(retry, options.retry);
  add_form(retry, options.retry.form);
  retry.add_option("intakes", options.retry.intakes, "Kennungen der Eingänge");
  retry.add_flag("--unread", options.retry.unread, "Alle Dokumente, von denen es nur das Original gibt");
  runs(retry, options, [&] { return run_retry(options.retry); });
}

void add_convert_command(CLI::App& app, Options& options) {
  CLI::App& convert =
      *app.add_subcommand("convert",
                          "Dateien ohne Archiv in eine durchsuchbare PDF/A-Datei umwandeln; an Trennblättern "
                          "wird dabei nie getrennt");
  convert.add_option("inputs", options.convert.inputs, "Eingabedateien, in dieser Reihenfolge")
      ->required()
      ->check(CLI::ExistingFile);
  convert.add_option("-o,--output", options.convert.output, "PDF/A-Datei");
  convert.add_option("--text", options.convert.text, "Text, Seiten durch Seitenvorschub getrennt");
  convert.add_option("--words", options.convert.words, "Wörter mit Lage, eine Seite je Zeile (JSON)");
  convert
      .add_option("-l,--languages", options.convert.languages,
                  "Sprachen der Texterkennung; auto: je Seite erkannt")
      ->capture_default_str();
  convert
      .add_option(
          "--best-models", options.convert.best_models,
          "Verzeichnis größerer Modelle der Texterkennung für den zweiten Blick auf schlecht Lesbares")
      ->check(CLI::ExistingDirectory);
  convert
      .add_option("--pictures", options.convert.pictures,
                  "Seitenbilder: lossless (unverändert oder verlustfrei), faithful (klein, ohne sichtbaren "
                  "Verlust), compact (so klein wie lesbar)")
      ->check(CLI::IsMember({"lossless", "faithful", "compact"}))
      ->capture_default_str();
  convert
      .add_option("--pdfa", options.convert.pdfa,
                  "2u: PDF/A-2u; 3u: PDF/A-3u mit eingebettetem Original und Verarbeitungsprotokoll")
      ->check(CLI::IsMember({"2u", "3u"}))
      ->capture_default_str();
  convert.add_option("--jobs", options.convert.jobs, "Prozesse zugleich (sonst einer je Kern)");
  add_form(convert, options.convert.form);
  runs(convert, options, [&] { return run_convert(options.convert); });
}

void add_reading_commands(CLI::App& app, Options& options) {
  CLI::App& search = *app.add_subcommand("search", "Dokumente suchen");
  add_data_options(search, options.search);
  add_actor_options(search, options.search);
  add_form(search, options.search.form);
  search.add_option("query", options.search.query,
                    "Wörter, \"Wortfolge\", Anfang*, ODER, NICHT, typ: az: von: betreff: akte: plan: "
                    "datum:2024-01..2024-06");
  search.add_option("--filter", options.search.filters, "Facette=Wert, z. B. typ=Rechnung (mehrfach)");
  search.add_option("--sort", options.search.sort, "Reihenfolge")
      ->check(CLI::IsMember({"relevance", "newest", "oldest"}))
      ->capture_default_str();
  search.add_option("--offset", options.search.offset, "Ab diesem Treffer (von 0)")
      ->check(CLI::NonNegativeNumber);
  search.add_option("--limit", options.search.limit, "So viele Treffer")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  runs(search, options, [&] { return run_search(options.search); });

  CLI::App& show = *app.add_subcommand("show", "Angaben zu einem Dokument ausgeben");
  add_data_options(show, options.show);
  add_actor_options(show, options.show);
  add_form(show, options.show.form);
  show.add_option("document", options.show.document, "Kennung des Dokuments")->required();
  runs(show, options, [&] { return run_show(options.show); });

  CLI::App& get = *app.add_subcommand("get", "Inhalt eines Dokuments holen, geprüft gegen seine Prüfsumme");
  add_data_options(get, options.get);
  add_actor_options(get, options.get);
  get.add_option("document", options.get.document, "Kennung des Dokuments")->required();
  get.add_option("--rendition", options.get.rendition,
                 "original, pdfa, text, words, corrected_text oder corrected_words")
      ->capture_default_str();
  get.add_option("-o,--output", options.get.output, "Zieldatei (sonst Standardausgabe)");
  runs(get, options, [&] { return run_get(options.get); });
}

void add_confirm_command(CLI::App& app, Options& options) {
  CLI::App& confirm = *app.add_subcommand(
      "confirm", "Angaben zu einem Dokument bestätigen oder berichtigen; daraus lernt die Zuordnung");
  ConfirmOptions& given = options.confirm;
  add_data_options(confirm, given);
  add_actor_options(confirm, given);
  add_form(confirm, given.form);
  confirm.add_option("document", given.document, "Kennung des Dokuments")->required();
  confirm.add_option("--type", given.document_type, "Dokumentart, z. B. Rechnung");
  confirm.add_option("--entry", given.plan_entry, "Platz im Aktenplan, z. B. 11.50.20");
  confirm.add_option("--title", given.title, "Betreff");
  confirm.add_option("--sender", given.sender, "Absender");
  confirm.add_option("--recipient", given.recipient, "Empfänger");
  confirm.add_option("--reference", given.reference, "Aktenzeichen oder Geschäftszeichen");
  confirm.add_option("--date", given.document_date, "Datum des Schreibens (2026-11-21; leer: unbekannt)");
  runs(confirm, options, [&] { return run_confirm(options.confirm); });
}

void add_classify_commands(CLI::App& app, Options& options) {
  CLI::App& classify =
      *app.add_subcommand("classify", "Dokumentart und Platz im Aktenplan: aus bestätigten Ablagen lernen");
  classify.require_subcommand(1);
  ClassifyOptions& given = options.classify;
  CLI::App& train = *classify.add_subcommand(
      "train",
      "Jetzt lernen; Eingänge benutzen das neue Modell, sobald es fertig ist (sonst lernt der Dienst "
      "von selbst nach [classify] retrain_after Bestätigungen)");
  add_data_options(train, given);
  add_form(train, given.form);
  train.add_flag("--automatic", given.automatic, "Vom Dienst gestartet")->group("");
  runs(train, options, [&] { return run_classify_train(options.classify); });

  CLI::App& report = *classify.add_subcommand(
      "report", "Wie gut das Modell ist: Verwechslungen, Abdeckung bei höchstens 0,5 % Fehlern");
  add_data_options(report, given);
  add_form(report, given.form);
  runs(report, options, [&] { return run_classify_report(options.classify); });

  CLI::App& test = *classify.add_subcommand(
      "test",
      "Die Zuordnung der Dokumentart an eigenen Texten messen. Ohne --training und --data wird aus vier "
      "Fünfteln "
      "der Datei gelernt und am zurückgehaltenen Fünftel gemessen (Texte einer Gruppe bleiben zusammen)");
  test.add_option("file", given.file, "Texte: Art<Tab>Text[<Tab>Gruppe] je Zeile, Zeilenumbrüche als \\n")
      ->required()
      ->check(CLI::ExistingFile);
  CLI::Option& training =
      *test.add_option("--training", given.training, "Aus dieser Datei lernen und die ganze andere messen")
           ->check(CLI::ExistingFile);
  test.add_option("--data", given.data, "Das Modell dieses Datenverzeichnisses messen")->excludes(&training);
  test.add_option("--tenant", given.tenant, "Mandant (sonst der erste)");
  add_form(test, given.form);
  runs(test, options, [&] { return run_classify_test(options.classify); });
}

void add_keeping_commands(CLI::App& app, Options& options) {
  CLI::App& verify = *app.add_subcommand("verify", "Beweisen, dass alles Eingegangene unversehrt da ist");
  add_data_options(verify, options.verify);
  add_form(verify, options.verify.form);
  verify.add_flag("--repair-index", options.verify.repair_index, "Eine abweichende Suche neu aufbauen");
  runs(verify, options, [&] { return run_verify(options.verify); });

  CLI::App& reindex = *app.add_subcommand("reindex", "Die Suche neu aufbauen, während weiter gesucht wird");
  add_data_options(reindex, options.reindex);
  add_form(reindex, options.reindex.form);
  runs(reindex, options, [&] { return run_reindex(options.reindex); });
}

/// Tells the audit trail of the tenant a command was about that it was refused. The command has failed in any
/// case; that this fails too is said beside it.
void record_refusal(const CLI::App& app, const std::string& code) {
  const CLI::App* command = &app;
  std::string words;
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
    words += (words.empty() ? "" : " ") + command->get_name();
  }
  const CLI::Option* data = command->get_option_no_throw("--data");
  const CLI::Option* tenant = command->get_option_no_throw("--tenant");
  if (data == nullptr || data->empty() || archive::is_about_accounts(code)) return;
  try {
    const std::filesystem::path directory = data->as<std::string>();
    const std::string given = tenant == nullptr || tenant->empty() ? "" : tenant->as<std::string>();
    archive::Archive archive(
        tenant_directory(directory, chosen_tenant(directory, read_config(directory / "eakte.toml"), given)));
    const CLI::Option* as = command->get_option_no_throw("--as");
    const std::string actor = as == nullptr || as->empty() ? "cli" : as->as<std::string>();
    archive::record_refusal(archive, code, words, "", actor);
  } catch (const std::exception& error) {
    fmt::print(stderr, "eakte: Die Ablehnung steht nicht im Protokoll: {}\n", error.what());
  }
}

constexpr const char* options_heading = "Angaben";

/// The one option CLI11 makes before it knows of our heading.
void put_help_among_options(CLI::App& command) {
  command.get_help_ptr()->group(options_heading);
  for (CLI::App* below : command.get_subcommands([](const CLI::App*) { return true; }))
    put_help_among_options(*below);
}

/// Names what an option takes in German: CLI11 joins the type with the English name of the check.
class GermanFormatter : public CLI::Formatter {
public:
  std::string make_option_opts(const CLI::Option* option) const override {
    std::string text = CLI::Formatter::make_option_opts(option);
    for (const auto& [english, german] :
         std::initializer_list<std::pair<const char*, const char*>>{{" TEXT:FILE", " DATEI"},
                                                                    {" TEXT:DIR", " VERZEICHNIS"},
                                                                    {" TEXT:PATH(existing)", " PFAD"},
                                                                    {" TEXT:{", " {"},
                                                                    {" INT:INT in [", " ZAHL in ["},
                                                                    {" INT:NONNEGATIVE", " ZAHL"}}) {
      if (text.starts_with(english)) text.replace(0, std::string_view(english).size(), german);
    }
    return text;
  }
};

/// CLI11 says its own part of the help in English; what is set here holds for all commands added later.
void speak_german(CLI::App& app) {
  const auto formatter = std::make_shared<GermanFormatter>();
  for (const auto& [english, german] :
       std::initializer_list<std::pair<const char*, const char*>>{{"Usage", "Aufruf"},
                                                                  {"OPTIONS", "ANGABEN"},
                                                                  {"SUBCOMMAND", "BEFEHL"},
                                                                  {"Positionals", "Gegenstand"},
                                                                  {"REQUIRED", "(nötig)"},
                                                                  {"Needs", "nur mit"},
                                                                  {"Excludes", "nicht mit"},
                                                                  {"INT", "ZAHL"},
                                                                  {"UINT", "ZAHL"},
                                                                  {"FLOAT", "ZAHL"}}) {
    formatter->label(english, german);
  }
  app.formatter(formatter);
  app.option_defaults()->group(options_heading);
  app.group("Befehle");
  app.set_help_flag("-h,--help", "Diese Hilfe zeigen");
  app.set_version_flag("--version", EAKTE_VERSION, "Die Version zeigen");
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return fmt::format("eakte: {}\n       Was es gibt, zeigt --help hinter dem Befehl.\n",
                       german_usage_error(error.what()));
  });
}

}  // namespace

int run_command_line(int count, char** arguments) {
  CLI::App app("eakte: elektronische Akte mit Texterkennung für Kommunen", "eakte");
  speak_german(app);
  app.require_subcommand(1);
  Options options;
  add_archive_commands(app, options);
  add_convert_command(app, options);
  add_reading_commands(app, options);
  add_confirm_command(app, options);
  add_classify_commands(app, options);
  add_keeping_commands(app, options);
  add_records_commands(app, options.records, options.status);
  add_proof_commands(app, options.proof, options.status);
  CLI::App& dispose = add_dispose_commands(app, options.dispose, options.status);
  add_destruction_commands(dispose, options.destruction, options.status);
  add_erasure_commands(app, options.erasure, options.status);
  add_package_commands(app, options.packages, options.status);
  put_help_among_options(app);
  try {
    app.parse(count, arguments);
    return options.status;
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error);
    return status == 0 ? 0 : 2;
  } catch (const archive::Forbidden& forbidden) {
    fmt::print(stderr, "eakte: {} [{}]\n       ({})\n", archive::refusal_sentence(forbidden.code),
               forbidden.code, forbidden.what());
    record_refusal(app, forbidden.code);
    return 1;
  } catch (const ingest::Refused& refused) {
    fmt::print(stderr, "eakte: {} [{}]\n       ({})\n", ingest::german_sentence(refused.code), refused.code,
               refused.what());
    return 1;
  } catch (const archive::DamagedObject& damaged) {
    fmt::print(stderr, "eakte: {} [object_damaged] ({})\n", ingest::german_sentence("object_damaged"),
               damaged.sha256);
    return 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "eakte: {}\n", error.what());
    return 1;
  }
}

}  // namespace eakte::api
