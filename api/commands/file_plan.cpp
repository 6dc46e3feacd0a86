#include "api/commands/file_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "api/commands/opened_archive.h"
#include "api/data_directory.h"
#include "api/error.h"
#include "api/file_plan_shapes.h"
#include "api/http/shapes.h"
#include "archive/file_plan_receipt.h"
#include "ingest/foreign_file_plan.h"

namespace eakte::api {
namespace {

using archive::FilePlanEntry;
using archive::PlanFormat;

std::string contents_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(fmt::format("{} lässt sich nicht lesen.", file.string()));
  return {std::istreambuf_iterator<char>(stream), {}};
}

void print_json(const Json& object) { fmt::print("{}\n", json_text(object)); }

void print_problems(const std::vector<archive::PlanProblem>& problems, OutputForm form) {
  for (const archive::PlanProblem& problem : problems) {
    if (form == OutputForm::json) {
      print_json(to_json(problem));
    } else {
      fmt::print("{}\n", archive::sentence(problem));
    }
  }
}

bool lies_in(const FilePlanEntry& entry, const std::string& chosen) {
  return chosen.empty() || entry.number == chosen || entry.number.starts_with(chosen + ".");
}

void print_entry(const FilePlanEntry& entry) {
  const auto depth = static_cast<std::size_t>(std::ranges::count(entry.number, '.'));
  fmt::print("{:{}}{}  {}{}\n", "", 2 * depth, entry.number, entry.title,
             entry.valid_to ? fmt::format(" (geschlossen zum {})", archive::to_german(*entry.valid_to)) : "");
  if (!entry.takes_folders) return;
  fmt::print("{:{}}    {}; Aussonderungsart {}{}{}\n", "", 2 * depth, archive::describe(entry.retention),
             archive::code_of(entry.disposal), entry.overridden ? "; eigene Frist des Mandanten" : "",
             entry.legal_basis.empty() ? "" : ". Rechtsgrundlage: " + entry.legal_basis);
}

/// The file of a person, read and checked in a worker.
ingest::ForeignFilePlan read_given(const PlanOptions& options, ingest::WorkerOptions worker) {
  worker.processes = 1;
  worker.few_pages = true;
  ingest::WorkerPool pool(worker_path(), worker);
  const auto format = archive::plan_format_from(options.format);
  return ingest::read_foreign_file_plan({pool, {}, std::filesystem::temp_directory_path().string(), {}},
                                        contents_of(options.file), format);
}

int print_proposal(const archive::PlanProposal& proposal, OutputForm form) {
  if (form == OutputForm::json) {
    print_json(to_json(proposal));
  } else {
    fmt::print("{}  Version {} ab {}: {}; vorgeschlagen von {}: {}\n", proposal.id.text, proposal.version,
               archive::to_german(proposal.valid_from), german_name(proposal.state), proposal.proposed_by,
               proposal.reason);
  }
  return 0;
}

void print_changes(const std::vector<archive::EntryChange>& changes, OutputForm form) {
  for (const archive::EntryChange& change : changes) {
    if (form == OutputForm::json) {
      print_json(to_json(change));
      continue;
    }
    fmt::print("{}  {}{}\n", change.number, change.title, change.shorter ? "  (kürzer)" : "");
    for (const std::string& sentence : change.sentences) fmt::print("    {}\n", sentence);
  }
}

std::string end_text(const std::optional<archive::Date>& end) {
  return end ? archive::to_german(*end) : std::string("offen");
}

void print_preview(const archive::PlanPreview& preview, OutputForm form) {
  if (form == OutputForm::json) {
    print_json(to_json(preview));
    return;
  }
  print_changes(preview.entries, form);
  fmt::print("Akten unter geänderten Einheiten: {}; länger {}, kürzer {}, davon sofort fällig {}.{}\n",
             preview.folders, preview.longer, preview.shorter, preview.due_at_once,
             preview.second_person ? " Eine zweite Person muss die Version freigeben." : "");
  for (const archive::FolderEffect& effect : preview.examples) {
    fmt::print("  {:14} {}: bisher {}, dann {}\n", german_name(effect.kind), effect.about.reference,
               end_text(effect.before), end_text(effect.after));
  }
}

archive::ProposalId proposal_named(const std::string& text) {
  if (!archive::is_id(text)) throw Error(fmt::format("{} ist keine Kennung eines Vorschlags.", text));
  return {text};
}

void write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw Error(fmt::format("{} lässt sich nicht schreiben.", file.string()));
}

/// Tells the sender that its plan has come in.
void write_receipt(const PlanOptions& options, const ingest::ForeignFilePlan& read,
                   const std::string& tenant) {
  if (options.receipt.empty()) return;
  if (!read.message)
    throw Error(
        "Eine Empfangsbestätigung gibt es nur zu einer Nachricht xdomea 0301 mit Absender und ProzessID.");
  write_file(options.receipt,
             archive::file_plan_receipt(*read.message, tenant, archive::now_utc().substr(0, 19) + "Z"));
}

}  // namespace

int run_plan_check(const PlanOptions& options) {
  const ingest::ForeignFilePlan read = read_given(options, {});
  print_problems(read.problems, options.form);
  if (!read.problems.empty()) {
    if (options.form == OutputForm::text)
      fmt::print("{}: {} Mängel; so kann der Aktenplan nicht gelten.\n", options.file.string(),
                 read.problems.size());
    return 1;
  }
  const archive::FilePlan plan = archive::read_file_plan(read.csv, PlanFormat::csv).plan.value();
  const auto leaves = std::ranges::count(plan.entries, true, &FilePlanEntry::takes_folders);
  if (options.form == OutputForm::text)
    fmt::print("{}: in Ordnung. {}, Version {}: {} Einheiten, davon {} mit Akten.\n", options.file.string(),
               plan.title, plan.version, plan.entries.size(), leaves);
  return 0;
}

int run_plan_show(const PlanOptions& options) {
  OpenedArchive opened(options);
  const archive::FilePlan& plan = opened.archive.file_plan();
  if (options.form == OutputForm::text)
    fmt::print("{}, Version {}{}\n", plan.title, plan.version,
               plan.valid_from ? ", gültig ab " + archive::to_german(*plan.valid_from) : "");
  bool any = false;
  for (const FilePlanEntry& entry : plan.entries) {
    if (!lies_in(entry, options.entry)) continue;
    any = true;
    if (options.form == OutputForm::json) {
      print_json(to_json(entry));
    } else {
      print_entry(entry);
    }
  }
  if (!any) throw Error(fmt::format("Der Aktenplan hat keine Einheit {}.", options.entry));
  return 0;
}

int run_plan_export(const PlanOptions& options) {
  OpenedArchive opened(options);
  const std::string text = exported_plan(
      opened.archive, options.version, archive::plan_format_from(options.format).value_or(PlanFormat::yaml));
  if (options.output.empty() || options.output == "-") {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return 0;
  }
  write_file(options.output, text);
  return 0;
}

int run_plan_import(const PlanOptions& options) {
  OpenedArchive opened(options);
  const ingest::ForeignFilePlan read = read_given(options, opened.config().worker);
  if (!read.problems.empty()) {
    print_problems(read.problems, options.form);
    return 1;
  }
  const archive::PlanPreview preview =
      archive::preview_file_plan(opened.archive, read.csv, PlanFormat::csv, archive::today());
  if (!preview.problems.empty()) {
    print_problems(preview.problems, options.form);
    return 1;
  }
  if (!options.receipt.empty() && !options.preview) write_receipt(options, read, opened.archive.tenant());
  if (options.preview || options.form == OutputForm::text) print_preview(preview, options.form);
  if (options.preview) return 0;
  const auto proposal = archive::propose_file_plan(opened.archive, read.csv, PlanFormat::csv, options.reason,
                                                   archive::today(), opened.records_manager());
  opened.changed();
  return print_proposal(proposal, options.form);
}

int run_plan_versions(const PlanOptions& options) {
  OpenedArchive opened(options);
  bool in_force = true;
  for (const archive::PlanVersion& version : archive::plan_versions(opened.archive)) {
    if (options.form == OutputForm::json) {
      print_json(to_json(version, in_force));
    } else {
      fmt::print("Version {}  {}{}\n", version.version,
                 version.valid_from.empty() ? "von Anfang an" : "ab " + version.valid_from,
                 in_force ? "  (gilt)" : "");
    }
    in_force = false;
  }
  for (const archive::PlanProposal& proposal : archive::plan_proposals(opened.archive))
    print_proposal(proposal, options.form);
  return 0;
}

int run_plan_diff(const PlanOptions& options) {
  OpenedArchive opened(options);
  if (archive::is_id(options.version)) {
    print_preview(archive::preview_proposal(opened.archive, {options.version}, archive::today()),
                  options.form);
    return 0;
  }
  const archive::FilePlan before = archive::plan_of_version(opened.archive, options.version);
  const archive::FilePlan after = options.other.empty()
                                      ? opened.archive.file_plan()
                                      : archive::plan_of_version(opened.archive, options.other);
  print_changes(archive::differences(before, after), options.form);
  return 0;
}

int run_plan_release(const PlanOptions& options) {
  OpenedArchive opened(options);
  const auto proposal =
      archive::release_file_plan(opened.archive, proposal_named(options.proposal), options.reason,
                                 archive::today(), opened.records_manager());
  opened.changed();
  return print_proposal(proposal, options.form);
}

int run_plan_reject(const PlanOptions& options) {
  OpenedArchive opened(options);
  return print_proposal(archive::reject_file_plan(opened.archive, proposal_named(options.proposal),
                                                  options.reason, opened.records_manager()),
                        options.form);
}

}  // namespace eakte::api
