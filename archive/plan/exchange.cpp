#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "archive/error.h"
#include "archive/file_plan_exchange.h"
#include "archive/plan/limits.h"
#include "archive/plan/readers.h"

namespace eakte::archive {
namespace {

constexpr std::array<std::string_view, 3> names{"yaml", "csv", "xdomea"};

RawPlan raw_plan(std::string_view text, PlanFormat format, std::vector<PlanProblem>& problems) {
  switch (format) {
    case PlanFormat::yaml:
      return plan_from_yaml(text, problems);
    case PlanFormat::csv:
      return plan_from_csv(text, problems);
    case PlanFormat::xdomea:
      return plan_from_xdomea(text, problems);
  }
  return {};
}

}  // namespace

std::string_view name_of(PlanFormat format) { return names.at(static_cast<std::size_t>(format)); }

std::optional<PlanFormat> plan_format_from(std::string_view name) {
  const auto* const found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<PlanFormat>(found - names.begin());
}

PlanFormat plan_format_of(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\r'))
    text.remove_prefix(1);
  if (text.starts_with('<')) return PlanFormat::xdomea;
  const std::string_view first = text.substr(0, text.find('\n'));
  if (first.starts_with("#Bezeichnung;") || first.starts_with("Kennzeichen;")) return PlanFormat::csv;
  return PlanFormat::yaml;
}

std::string sentence(const PlanProblem& problem) {
  std::string text = problem.line > 0 ? fmt::format("Zeile {}", problem.line) : "Aktenplan";
  if (!problem.entry.empty()) text += fmt::format(" ({})", problem.entry);
  return fmt::format("{}: {}", text, problem.reason);
}

FilePlan parse_stored_file_plan(std::string_view yaml) {
  std::vector<PlanProblem> problems;
  const RawPlan raw = plan_from_yaml(yaml, problems);
  if (raw.entries.empty())
    throw Error("the stored file plan is not readable: " +
                (problems.empty() ? std::string() : sentence(problems[0])));
  return checked_plan(raw, problems);
}

PlanReading read_file_plan(std::string_view text, PlanFormat format) {
  PlanReading reading;
  if (text.size() > plan_limits::bytes) {
    reading.problems.push_back(
        {0, "", "too_much", fmt::format("Die Datei ist größer als {} MB.", plan_limits::bytes / 1'000'000)});
    return reading;
  }
  const RawPlan raw = raw_plan(text, format, reading.problems);
  // Where nothing could be read, everything would be missing.
  const bool unreadable = std::ranges::any_of(reading.problems, [](const PlanProblem& problem) {
    return problem.code == "not_readable" || problem.code == "too_much" || problem.code == "field_twice";
  });
  if (!unreadable) {
    FilePlan plan = checked_plan(raw, reading.problems);
    if (reading.problems.empty()) reading.plan = std::move(plan);
  }
  std::ranges::stable_sort(reading.problems, {}, &PlanProblem::line);
  return reading;
}

std::vector<PlanProblem> problems_as_successor(const FilePlan& before, const FilePlan& next) {
  std::vector<PlanProblem> problems;
  if (next.version == before.version)
    problems.push_back(
        {0, "", "version_used",
         fmt::format("Die Version {} gibt es schon; bitte eine neue Bezeichnung vergeben.", next.version)});
  for (const FilePlanEntry& entry : before.entries) {
    if (next.find_id(entry.id) != nullptr) continue;
    problems.push_back(
        {0, entry.number, "entry_missing",
         fmt::format("Die Einheit {} ({}) fehlt. Eine Einheit wird geschlossen (gueltig_bis), nicht "
                     "entfernt.",
                     entry.number, entry.title)});
  }
  std::set<std::string> ids;
  for (const FilePlanEntry& entry : next.entries) {
    if (!ids.insert(entry.id).second) {
      problems.push_back(
          {0, entry.number, "number_reused",
           fmt::format("Das Kennzeichen {} gehörte schon einer anderen Einheit; es wird nicht neu vergeben.",
                       entry.number)});
      continue;
    }
    const FilePlanEntry* const owner = before.find(entry.number);
    if (owner != nullptr && owner->id != entry.id)
      problems.push_back(
          {0, entry.number, "number_reused",
           fmt::format("Das Kennzeichen {} gehörte schon der Einheit „{}“; es wird nicht neu vergeben.",
                       entry.number, owner->title)});
    const FilePlanEntry* const earlier = before.find_id(entry.id);
    if (earlier != nullptr && earlier->valid_to && (!entry.valid_to || *entry.valid_to > *earlier->valid_to))
      problems.push_back(
          {0, entry.number, "closed_stays_closed",
           fmt::format("Die Einheit {} ist seit {} geschlossen und wird nicht wieder geöffnet.", entry.number,
                       to_german(*earlier->valid_to))});
  }
  return problems;
}

}  // namespace eakte::archive
