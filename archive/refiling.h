#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "archive/folder_structure.h"

namespace eakte::archive {

// Things are moved, joined and divided with their ids and their history; what lies in them gets a new
// manifest that names its new place. Nothing goes earlier by moving it, unless a second person agrees (RT-11,
// Z07).

using RefilingId = Id<struct RefilingTag>;

enum class RefilingState { proposed, done, rejected };
std::string_view name_of(RefilingState state);

/// A folder on its way to another entry of the file plan.
struct Refiling {
  RefilingId id;
  FolderId folder;
  std::string from_entry;  ///< numbers, as they were then
  std::string to_entry;
  RefilingState state = RefilingState::proposed;
  bool second_person = false;
  std::string reason;
  std::string proposed_by;
  std::string proposed_at;
  std::string decided_by;
  std::string decided_at;
  std::string decision_reason;
};

/// Whether what moves from one entry to the other may go earlier: a shorter rule, V instead of A or B, a
/// limit.
bool weakens(const FilePlanEntry& from, const FilePlanEntry& to);

/// Files a folder, with its parts, under another entry. Where nothing may go earlier it is done at once, with
/// retention, documents and manifests; else it waits for a second person. Throws NotFound, Error; Forbidden:
/// reason_missing, entry_closed, disposal_begun, folder_open (a part: the whole is moved), account_needed,
/// role_missing.
Refiling refile_folder(Archive& archive, const FolderId& id, const std::string& to_entry,
                       const std::string& reason, Date today, const std::string& actor);
/// Throws NotFound; Forbidden: same_person, account_needed, role_missing, reason_missing, refiling_decided.
Refiling release_refiling(Archive& archive, const RefilingId& id, const std::string& reason, Date today,
                          const std::string& actor);
Refiling reject_refiling(Archive& archive, const RefilingId& id, const std::string& reason,
                         const std::string& actor);
/// All of a folder, or all that wait, newest first.
std::vector<Refiling> refilings_of(const Archive& archive, const FolderId& folder);
std::vector<Refiling> waiting_refilings(const Archive& archive);

/// Moves a case with its documents to another open folder. Throws NotFound; Forbidden: folder_closed,
/// second_person_needed (the other folder's rule is shorter: refile the folder first).
void move_case(Archive& archive, const CaseId& id, const FolderId& to, const std::string& actor);

/// Moves everything in an open folder into another and closes it, empty, with `merged_into` left behind.
/// Throws as move_case.
void merge_folders(Archive& archive, const FolderId& from, const FolderId& into, Date today,
                   const std::string& actor);
/// Moves some cases and documents of an open folder into a new one of the same entry, with `split_from` left
/// behind. Throws as move_case, add_folder; Error for what is not in the folder.
FolderId split_folder(Archive& archive, const FolderId& from, const NewFolder& into,
                      const std::vector<CaseId>& cases, const std::vector<DocumentId>& documents,
                      std::string_view reference_template, Date today, const std::string& actor);
/// Joins one case into another of the same folder: its documents, and `merged_into`; it is closed, empty.
void merge_cases(Archive& archive, const CaseId& from, const CaseId& into, Date today,
                 const std::string& actor);
/// Puts some documents of a case into a new case of the same folder, with `split_from`.
CaseId split_case(Archive& archive, const CaseId& from, const std::string& title,
                  const std::vector<DocumentId>& documents, const std::string& actor);

}  // namespace eakte::archive
