#include "archive/file_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/error.h"
#include "archive/file_plan_exchange.h"

namespace eakte::archive {

std::string_view code_of(DisposalAction action) {
  switch (action) {
    case DisposalAction::transfer:
      return "A";
    case DisposalAction::appraise:
      return "B";
    case DisposalAction::destroy:
      return "V";
  }
  return "";
}

bool FilePlanEntry::open_on(Date day) const {
  return (!valid_from || *valid_from <= day) && (!valid_to || day <= *valid_to);
}

const FilePlanEntry* FilePlan::find(std::string_view number) const {
  const auto found = std::ranges::find(entries, number, &FilePlanEntry::number);
  if (found != entries.end()) return &*found;
  const auto former = std::ranges::find_if(entries, [&](const FilePlanEntry& entry) {
    return std::ranges::find(entry.former_numbers, number) != entry.former_numbers.end();
  });
  return former == entries.end() ? nullptr : &*former;
}

const FilePlanEntry* FilePlan::find_id(std::string_view id) const {
  const auto found = std::ranges::find(entries, id, &FilePlanEntry::id);
  return found == entries.end() ? nullptr : &*found;
}

FilePlan parse_file_plan(std::string_view yaml) {
  PlanReading reading = read_file_plan(yaml, PlanFormat::yaml);
  if (reading.plan) return *std::move(reading.plan);
  std::string text = "Aktenplan:";
  for (const PlanProblem& problem : reading.problems) text += "\n  " + sentence(problem);
  throw Error(text);
}

}  // namespace eakte::archive
