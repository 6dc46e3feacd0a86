#pragma once
#include <filesystem>
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
};

/// A tenant's file plan (Aktenplan): a value.
struct FilePlan {
  std::string title;
  std::string version;
  std::vector<FilePlanEntry> entries;  ///< in the order of the file, parents before children

  const FilePlanEntry* find(std::string_view number) const;  ///< nullptr when there is none
};

/// Reads a file plan in YAML (see samples/file_plan.yaml). Fields a node does not state come from its
/// nearest ancestor, else from `vorgaben`. Throws Error naming line and reason.
FilePlan parse_file_plan(std::string_view yaml);

}  // namespace eakte::archive
