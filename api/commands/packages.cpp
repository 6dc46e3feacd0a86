#include "api/commands/packages.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/commands/actor.h"
#include "api/commands/first_model.h"
#include "api/commands/json_line.h"
#include "api/commands/opened_archive.h"
#include "api/commands/records_arguments.h"
#include "api/commands/records_names.h"
#include "api/data_directory.h"
#include "api/error.h"
#include "api/progress_bar.h"
#include "archive/package.h"
#include "ingest/packages.h"

namespace eakte::api {
namespace {

using nlohmann::json;

/// "2026-11-21T10:15:30.123Z"
bool is_instant(const std::string& text) {
  constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd.dddZ";
  if (text.size() != form.size() || !archive::date_from_iso(text.substr(0, 10))) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (form[i] == 'd' ? !digit : text[i] != form[i]) return false;
  }
  return true;
}

void print(const archive::PackageReport& report, OutputForm form, const std::string& sentence) {
  if (form == OutputForm::json) {
    print_json(json{{"package", report.name},
                    {"documents", report.documents},
                    {"folders", report.folders},
                    {"files", report.files},
                    {"bytes", report.bytes},
                    {"withheld", report.withheld},
                    {"drafts_left_out", report.drafts_left_out},
                    {"removed", report.removed},
                    {"manifest_sha256", report.manifest_sha256}});
    return;
  }
  fmt::print("{}\n", sentence);
}

/// The tenant a package is taken into: the one that was named, else the package's; made when it is not there.
std::string tenant_for(const ImportOptions& options, const archive::CheckedPackage& package) {
  const std::string name = options.tenant.empty() ? package.tenant : options.tenant;
  if (!is_tenant_name(name))
    throw Error("Der Name eines Mandanten besteht aus Kleinbuchstaben, Ziffern und Bindestrichen.");
  const auto directory = tenant_directory(options.data, name);
  if (std::filesystem::exists(directory)) return name;
  std::filesystem::create_directories(options.data / "tenants");
  archive::Archive::create(directory, name, package.file_plan_yaml);
  install_first_model(directory, {});
  return name;
}

/// Everything of a package is foreign: a worker parses it.
ingest::ReadPackage checked_in_worker(const ImportOptions& options) {
  ingest::WorkerOptions worker;
  worker.processes = 1;
  worker.few_pages = true;
  ingest::WorkerPool pool(worker_path(), worker);
  return ingest::read_package({pool, {}, std::filesystem::temp_directory_path().string(), {}},
                              std::filesystem::absolute(options.package));
}

void report_check(const archive::CheckedPackage& package, OutputForm form) {
  if (form == OutputForm::json) {
    print_json(json{{"package", package.name},
                    {"tenant", package.tenant},
                    {"folder", package.folder},
                    {"at", package.at},
                    {"manifest_sha256", package.manifest_sha256}});
  } else {
    fmt::print("Das Paket {} ist unversehrt (Mandant {}, Stand {}).\n", package.name, package.tenant,
               package.at);
  }
}

}  // namespace

int run_export(const ExportOptions& options) {
  if (options.all != options.folder.empty())
    throw Error("Bitte entweder --folder AKTENZEICHEN oder --all angeben.");
  if (!options.at.empty() && !is_instant(options.at))
    throw Error(fmt::format("{} ist kein Zeitpunkt; erwartet wird JJJJ-MM-TTThh:mm:ss.000Z.", options.at));
  OpenedArchive opened(options);
  archive::PackageOptions wanted;
  if (!options.all) wanted.folder = folder_named(opened.archive, options.folder);
  wanted.with_drafts = options.with_drafts;
  wanted.at = options.at;
  wanted.program = fmt::format("eakte {}", EAKTE_VERSION);
  ProgressBar bar("Gebe aus");
  const archive::PackageReport report =
      archive::export_package(opened.archive, options.target, wanted, opened.records_manager(),
                              [&](std::int64_t done, std::int64_t all) { bar.show(done, all); });
  for (const std::string& name : report.removed)
    fmt::print(stderr, "Entfernt: {}, das eine abgebrochene Ausgabe hinterlassen hatte.\n", name);
  if (report.drafts_left_out > 0)
    fmt::print(stderr, "{} blieb{} hier; mit --with-drafts gehen Entwürfe mit.\n",
               report.drafts_left_out == 1 ? "1 Entwurf" : fmt::format("{} Entwürfe", report.drafts_left_out),
               report.drafts_left_out == 1 ? "" : "en");
  if (report.withheld > 0)
    fmt::print(stderr,
               "{} Originale zeigen auch Dokumente anderer Akten und blieben deshalb weg; das Paket nennt "
               "sie (withheld_object.ndjson). Ihre PDF/A-Dateien sind darin.\n",
               report.withheld);
  print(report, options.form,
        fmt::format("{} Dokumente, {} Dateien, {} Bytes in {}; geprüft und vollständig.", report.documents,
                    report.files, report.bytes, options.target.string()));
  return 0;
}

int run_import(const ImportOptions& options) {
  const ingest::ReadPackage read = checked_in_worker(options);
  const archive::CheckedPackage& package = read.checked();
  if (options.only_check) {
    report_check(package, options.form);
    return 0;
  }
  DataOptions into = options;
  into.tenant = tenant_for(options, package);
  archive::PackageReport report;
  {
    const auto lock = ServiceLock::try_take(options.data);
    if (!lock) throw Error("Der Dienst läuft mit diesem Datenverzeichnis. Bitte zuerst beenden.");
    OpenedArchive opened(into);
    ProgressBar bar("Lese ein");
    report = archive::import_package(
        package, [&](const archive::PackageLine& take) { read.content(take); }, opened.archive,
        opened.records_manager(), [&](std::int64_t done, std::int64_t all) { bar.show(done, all); });
  }
  OpenedArchive(into).changed();
  print(report, options.form,
        fmt::format("{} Dokumente in {} Akten in den Mandanten {} eingelesen.", report.documents,
                    report.folders, into.tenant));
  return 0;
}

void add_package_commands(CLI::App& app, PackagesOptions& options, int& status) {
  const auto common = [](CLI::App& command, DataOptions& given) {
    command.add_flag_callback(
        "--json", [&given] { given.form = OutputForm::json; }, "Ein JSON-Objekt je Zeile ausgeben");
    add_actor_options(command, given);
  };
  ExportOptions& exported = options.exported;
  CLI::App& out =
      *app.add_subcommand("export",
                          "Eine Akte oder alles als Archivpaket ausgeben: ein Verzeichnis, das ohne eakte "
                          "lesbar ist (BagIt, E-ARK CSIP, "
                          "PDF/A, Originale, Texte, JSON, xdomea, Protokoll). LIESMICH.txt darin erklärt es");
  out.add_option("--data", exported.data, "Datenverzeichnis")->required();
  out.add_option("--tenant", exported.tenant, "Mandant (sonst der erste)");
  out.add_option("--folder", exported.folder, "Aktenzeichen oder Kennung der Akte");
  out.add_flag("--all", exported.all, "Alle Akten, Vorgänge, Dokumente und Eingänge des Mandanten");
  out.add_flag("--with-drafts", exported.with_drafts,
               "Entwürfe einer Akte mit ausgeben (sonst bleiben sie hier; mit --all sind sie immer dabei)");
  out.add_option(
      "--at", exported.at,
      "Zeitpunkt, den das Paket trägt (UTC, JJJJ-MM-TTThh:mm:ss.000Z; sonst jetzt). Gleicher Stand und "
      "gleicher Zeitpunkt geben dieselben Dateien");
  out.add_option("target", exported.target, "Verzeichnis, das entstehen soll; es darf noch nicht da sein")
      ->required();
  common(out, exported);
  out.callback([&] { status = run_export(options.exported); });

  ImportOptions& imported = options.imported;
  CLI::App& in = *app.add_subcommand("import",
                                     "Ein Archivpaket in ein leeres Archiv einlesen, mit denselben "
                                     "Kennungen. Zuerst wird jede Prüfsumme verglichen; "
                                     "was nicht stimmt, wird nicht übernommen");
  CLI::Option& data = *in.add_option("--data", imported.data, "Datenverzeichnis");
  in.add_option(
      "--tenant", imported.tenant,
      "Mandant, in den eingelesen wird (sonst der des Pakets; er entsteht, wenn es ihn nicht gibt)");
  CLI::Option& only_check = *in.add_flag("--check", imported.only_check,
                                         "Nur prüfen, ob das Paket unversehrt ist; nichts einlesen");
  in.add_option("package", imported.package, "Verzeichnis des Pakets")
      ->required()
      ->check(CLI::ExistingDirectory);
  common(in, imported);
  in.callback([&, has_data = &data, checks = &only_check] {
    if (has_data->count() == 0 && checks->count() == 0) throw CLI::RequiredError("--data");
    status = run_import(options.imported);
  });
}

}  // namespace eakte::api
