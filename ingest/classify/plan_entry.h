#pragma once
#include <string>
#include <vector>

#include "archive/file_plan.h"
#include "ingest/classify/finding.h"

namespace eakte::ingest {

/// What the choice of a file plan entry rests on.
struct FilingClues {
  std::vector<Finding> types;       ///< best first
  std::vector<Finding> references;  ///< best first
  std::string headline;             ///< subject and title
  std::string text;                 ///< of the whole document
};

/// Entries the document may belong to, best first. Types lead to the entries that list them; a reference that
/// starts with an entry's number and words shared with an entry's title decide between several. Beliefs add
/// up to at most 1: several equally good entries have a low one each, and so has a document nothing speaks
/// for.
std::vector<Finding> plan_entries_for(const FilingClues& clues, const archive::FilePlan& plan);

/// The entries the rules found and those learned from confirmed filings, weighed together, best first:
/// agreement strengthens, contradiction weakens. What the plan does not have or takes no documents is not
/// proposed.
std::vector<Finding> weighed_entries(std::vector<Finding> found, const std::vector<Finding>& learned,
                                     const archive::FilePlan& plan);

}  // namespace eakte::ingest
