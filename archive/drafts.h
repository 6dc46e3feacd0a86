#pragma once
#include <string>
#include <vector>

#include "archive/destruction_steps.h"

namespace eakte::archive {

// Drafts (Entwürfe) can be told apart from the record: they stay out of what is offered and handed over, out
// of packages of a folder, and when what they lie in is closed, the person who closes it may have them
// deleted.

struct Draft {
  DocumentId document;
  std::string title;
  std::string original_name;
};

/// The drafts in a case, or in a folder with its cases (its parts not), oldest first.
std::vector<Draft> drafts_in(const Archive& archive, const CaseId& id);
std::vector<Draft> drafts_in(const Archive& archive, const FolderId& id);

/// Closes as close_case and close_folder (life_cycle.h) do, and in the same commit deletes the drafts named,
/// which the person has seen and confirmed: rows at once, bytes, text and index by the next run of
/// destructions. Tombstones and a record stay; the trail has destruction.begun, then drafts.destroyed.
/// Throws also Forbidden: not_in_there, not_a_draft, hold_standing (a draft under hold stays as well),
/// document_restricted; Conflict while one of them is being worked on. Without drafts it merely closes.
void close_case_and_drafts(Archive& archive, const CaseId& id, Date on, Date today,
                           const std::vector<DocumentId>& drafts, const ForgetIntakes& forget,
                           const std::string& actor);
void close_folder_and_drafts(Archive& archive, const FolderId& id, Date on, Date today,
                             const std::vector<DocumentId>& drafts, const ForgetIntakes& forget,
                             const std::string& actor);

}  // namespace eakte::archive
