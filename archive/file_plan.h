#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/retention.h"

namespace eakte::archive {

/// What happens when the retention period is over (Aussonderungsart).
enum class DisposalAction { transfer, appraise, destroy };

/// "A", "B", "V": the codes of xdomea and of the file plan.
std::string_view code_of(DisposalAction action);

/// One entry of the file plan (Aktenplaneinheit) with everything it inherits already filled in.
struct FilePlanEntry {
  std::string number;  ///< Kennzeichen, "11.50.20"
  std::string title;
  std::string parent;          ///< number of the entry above; empty at the top
  bool takes_folders = false;  ///< only leaves (aktenbildend) carry folders and documents
  RetentionRule retention;
  std::vector<EarlierRule> earlier;    ///< rules of this entry before `retention`, oldest first (RT-03)
  std::optional<RetentionRule> limit;  ///< Löschfrist beside the Aufbewahrungsfrist: must be gone by then
  DisposalAction disposal = DisposalAction::appraise;
  /// Transferfrist: full calendar years after closing in which a folder is still at hand; later it is
  /// dormant, read only. Disposes of nothing.
  int years_at_hand = 0;
  std::string legal_basis;    ///< Rechtsgrundlage, as written in the plan
  std::string protection;     ///< Schutzbedarf, e.g. "hhn" (integrity, confidentiality, availability)
  std::string personal_data;  ///< Personenbezug, as written in the plan
  std::vector<std::string> document_types;  ///< Dokumenttypen usually filed here
  std::vector<std::string> search_locks;    ///< Suchsperre: what must not be indexed (ID-01)
  std::vector<std::string> access;          ///< Zugriff: offices or roles that may use it; empty: everybody
  std::string confidentiality;              ///< Vertraulichkeit: "offen", "nfd", "vertraulich", ...
  std::string folder_kind;                  ///< Aktentyp: "Sachakte", "Fallakte", ...
  /// UUID that stays when number or title change; what lies under an entry keeps this (RT-11).
  std::string id;
  std::optional<Date> valid_from;           ///< not before this day may folders be made here
  std::optional<Date> valid_to;             ///< Schließung: the last day; the number is never used again
  std::vector<std::string> former_numbers;  ///< under which it was known before
  /// From which day on `retention` counts for periods still running, where that is not the plan's own day.
  std::optional<Date> reference_day;
  bool overridden = false;  ///< the tenant's own rule stands in the place of the plan's (RT-12)
  std::vector<std::pair<std::string, std::string>> notes;  ///< carried along as written: "beleg", ...

  /// Whether a folder or document may be filed here on a day.
  bool open_on(Date day) const;
  bool operator==(const FilePlanEntry&) const = default;
};

/// A tenant's own rule for an entry, in the place of the plan's (RT-12): state law that differs from the
/// plan.
struct PlanOverride {
  std::string number;
  RetentionRule retention;
  std::string legal_basis;
  RetentionRule replaced;  ///< what the plan itself says
  std::string replaced_basis;
  bool operator==(const PlanOverride&) const = default;
};

/// A tenant's file plan (Aktenplan): a value.
struct FilePlan {
  std::string title;
  std::string version;
  std::vector<FilePlanEntry> entries;  ///< in the order of the file, parents before children
  std::optional<Date> valid_from;      ///< the day from which this version counts
  std::optional<Date> valid_to;
  /// The plan's own code lists by name ("ereignis", "personenbezug"), each code with its meaning.
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> code_lists;
  std::vector<std::pair<std::string, std::string>> archive;  ///< zustaendiges_archiv, as written
  std::vector<PlanOverride> overrides;

  /// By number, also a former one; nullptr when there is none.
  const FilePlanEntry* find(std::string_view number) const;
  const FilePlanEntry* find_id(std::string_view id) const;
  bool operator==(const FilePlan&) const = default;
};

/// Reads a file plan in YAML (see samples/file_plan.yaml). Fields a node does not state come from its
/// nearest ancestor, else from `vorgaben`. Throws Error with everything that is wrong, each with its line
/// (file_plan_exchange.h reads other forms and tells problems one by one).
FilePlan parse_file_plan(std::string_view yaml);

/// Reads a plan that was accepted before, by an older program perhaps: what a later check would refuse does
/// not keep an archive from opening. Throws Error when it is not readable at all.
FilePlan parse_stored_file_plan(std::string_view yaml);

}  // namespace eakte::archive
