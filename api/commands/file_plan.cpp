#include "api/commands/file_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "api/commands/opened_archive.h"
#include "api/error.h"
#include "archive/file_plan_exchange.h"

namespace eakte::api {
namespace {

using archive::FilePlanEntry;
using archive::PlanFormat;
using nlohmann::json;

std::string contents_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(fmt::format("{} lässt sich nicht lesen.", file.string()));
  return {std::istreambuf_iterator<char>(stream), {}};
}

void print_json(const json& object) {
  fmt::print("{}\n", object.dump(-1, ' ', false, json::error_handler_t::replace));
}

void print_problems(const std::vector<archive::PlanProblem>& problems, OutputForm form) {
  for (const archive::PlanProblem& problem : problems) {
    if (form == OutputForm::json) {
      print_json({{"line", problem.line},
                  {"entry", problem.entry},
                  {"code", problem.code},
                  {"reason", problem.reason}});
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

json to_json(const FilePlanEntry& entry) {
  const auto day = [](const std::optional<archive::Date>& date) {
    return date ? json(archive::to_iso(*date)) : json(nullptr);
  };
  return {{"id", entry.id},
          {"number", entry.number},
          {"title", entry.title},
          {"parent", entry.parent},
          {"takes_folders", entry.takes_folders},
          {"retention", archive::rule_notation(entry.retention)},
          {"retention_sentence", archive::describe(entry.retention)},
          {"overridden", entry.overridden},
          {"disposal", archive::code_of(entry.disposal)},
          {"years_at_hand", entry.years_at_hand},
          {"legal_basis", entry.legal_basis},
          {"protection", entry.protection},
          {"personal_data", entry.personal_data},
          {"confidentiality", entry.confidentiality},
          {"access", entry.access},
          {"document_types", entry.document_types},
          {"valid_from", day(entry.valid_from)},
          {"valid_to", day(entry.valid_to)}};
}

PlanFormat format_of(const PlanOptions& options, const std::string& text) {
  return options.format.empty() ? archive::plan_format_of(text)
                                : archive::plan_format_from(options.format).value();
}

/// A UUID of an archive's id: 130 random bits and time, the last 122 of them.
std::string uuid_of_message() {
  const std::string hex = archive::sha256_hex(archive::new_id_text());
  return fmt::format("{}-{}-8{}-9{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 3),
                     hex.substr(15, 3), hex.substr(18, 12));
}

std::string exported(const archive::Archive& archive, PlanFormat format) {
  const archive::FilePlan& plan = archive.file_plan();
  switch (format) {
    case PlanFormat::yaml:
      return archive.file_plan_yaml();
    case PlanFormat::csv:
      return archive::file_plan_to_csv(plan);
    case PlanFormat::xdomea: {
      const std::string now = archive::now_utc();
      return archive::file_plan_to_xdomea(
          plan, {uuid_of_message(), archive.tenant(), plan.title, now.substr(0, 19) + "Z"});
    }
  }
  return {};
}

}  // namespace

int run_plan_check(const PlanOptions& options) {
  const std::string text = contents_of(options.file);
  const archive::PlanReading reading = archive::read_file_plan(text, format_of(options, text));
  print_problems(reading.problems, options.form);
  if (!reading.plan) {
    if (options.form == OutputForm::text)
      fmt::print("{}: {} Mängel; so kann der Aktenplan nicht gelten.\n", options.file.string(),
                 reading.problems.size());
    return 1;
  }
  const auto leaves = std::ranges::count(reading.plan->entries, true, &FilePlanEntry::takes_folders);
  if (options.form == OutputForm::text)
    fmt::print("{}: in Ordnung. {}, Version {}: {} Einheiten, davon {} mit Akten.\n", options.file.string(),
               reading.plan->title, reading.plan->version, reading.plan->entries.size(), leaves);
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
  const std::string text =
      exported(opened.archive, archive::plan_format_from(options.format).value_or(PlanFormat::yaml));
  if (options.output.empty() || options.output == "-") {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return 0;
  }
  std::ofstream stream(options.output, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw Error(fmt::format("{} lässt sich nicht schreiben.", options.output.string()));
  return 0;
}

}  // namespace eakte::api
