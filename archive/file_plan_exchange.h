#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/file_plan.h"

namespace eakte::archive {

/// The forms a file plan comes and goes in.
enum class PlanFormat {
  yaml,   ///< as samples/file_plan.yaml
  csv,    ///< one entry per line, separated by semicolons (archive/README.md)
  xdomea  ///< message Aktenplan.Aktenplan.0301 of xdomea 3.1.0; 2.4 to 3.1 are read (XD-03)
};
std::string_view name_of(PlanFormat format);
std::optional<PlanFormat> plan_format_from(std::string_view name);
/// By the first characters: '<' is xdomea, a line of columns CSV, anything else YAML.
PlanFormat plan_format_of(std::string_view text);

/// One thing that is wrong with a plan.
struct PlanProblem {
  int line = 0;        ///< from 1; 0: of the plan as a whole
  std::string entry;   ///< number of the entry concerned, where it has one
  std::string code;    ///< stable: "no_schedule", "cycle", "validity_overlap", ...
  std::string reason;  ///< German, for people
  bool operator==(const PlanProblem&) const = default;
};

/// "Zeile 12 (11.50.20): ..." as people read it.
std::string sentence(const PlanProblem& problem);

struct PlanReading {
  std::optional<FilePlan> plan;       ///< only without problems
  std::vector<PlanProblem> problems;  ///< all of them, by line
};

/// Reads and checks a plan. A foreign file is bounded: 8 MB, 24 levels, 200,000 values, no anchors or aliases
/// (YAML), no document type and no entities (XML); beyond that it is refused with the problem "too_much".
PlanReading read_file_plan(std::string_view text, PlanFormat format);

/// What is wrong with a plan that is to follow another one: entries that vanish instead of being closed,
/// numbers used again for something else, a version that is there already. `next` has its lines in `lines`.
std::vector<PlanProblem> problems_as_successor(const FilePlan& before, const FilePlan& next);

/// Who sends an xdomea message, and which one it is.
struct PlanMessage {
  std::string process;  ///< UUID
  std::string sender;
  std::string recipient;
  std::string written_at;  ///< "2026-11-22T10:15:30Z"
};

/// Reading what was written gives the same plan again, except that xdomea knows only whole years: what it has
/// no place for goes into its application specific extension.
std::string file_plan_to_yaml(const FilePlan& plan);
std::string file_plan_to_csv(const FilePlan& plan);
std::string file_plan_to_xdomea(const FilePlan& plan, const PlanMessage& message);

/// What a person changes at one entry in the page: texts by name. `number` says which entry, or of a new one
/// with `parent`; then any of title, takes_folders ("ja"), retention and limit (rule_notation), legal_basis,
/// disposal, years_at_hand, protection, personal_data, confidentiality, folder_kind, document_types,
/// search_locks, access (separated by "|"), valid_from, valid_to, override ("rule|legal basis", "" for none).
/// What entries below have inherited changes with it. Of an entry with a rule of the tenant's own, retention
/// and legal_basis are those of that rule.
using PlanEdit = std::map<std::string, std::string>;

/// The plan with these edits as CSV, to be read, previewed and proposed like any file. Throws Error for a
/// name it does not know.
std::string edited_file_plan(const FilePlan& plan, const std::string& version, const std::string& valid_from,
                             const std::vector<PlanEdit>& edits);

/// A rule in one line, as it stands in CSV: "mindest / 8 Jahre ab beleg_entstanden (jahresende)".
std::string rule_notation(const RetentionRule& rule);

}  // namespace eakte::archive
