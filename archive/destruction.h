#pragma once
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "archive/life_cycle.h"

namespace eakte::archive {

// A folder is destroyed (Kassation) on the archive's decision or a permission it gave beforehand, and in no
// other way (RT-05): no role, setting or command leads around the rules below. One records manager proposes,
// another approves, then the quarantine runs; destruction_steps.h does the rest. All of this needs accounts:
// without names nobody could tell two people apart. The functions throw Forbidden: account_needed,
// role_missing.

using DestructionId = Id<struct DestructionTag>;

enum class DestructionState {
  proposed,
  approved,   ///< in quarantine until `not_before`
  withdrawn,  ///< taken back by a person, or stopped because its reasons fell away
  begun,      ///< gone for everybody; its files are being erased
  done
};
std::string_view name_of(DestructionState state);
std::optional<DestructionState> destruction_state_from(std::string_view name);

/// What allows it.
enum class DestructionBasis {
  permission,  ///< a Vernichtungsgenehmigung covers the entry, whose disposal action is V
  appraisal,   ///< the archive decided V
  draft,       ///< drafts (Entwürfe) deleted with the closing of what they lay in, see drafts.h
  transfer     ///< the archive took the folder over and confirmed its import (XD-05)
};
std::string_view name_of(DestructionBasis basis);

struct Destruction {
  DestructionId id;
  FolderId folder;
  std::string reference;   ///< the folder's
  std::string plan_entry;  ///< the folder's
  DestructionState state = DestructionState::proposed;
  DestructionBasis basis = DestructionBasis::permission;
  std::string basis_source;  ///< number of the permission, process id or letter of the appraisal
  std::string proposed_at;   ///< times are UTC
  std::string proposed_by;
  std::string approved_at;  ///< "" until then, as those below
  std::string approved_by;
  std::optional<Date> not_before;  ///< first day on which it is executed
  std::string withdrawn_at;
  std::string withdrawn_by;
  std::string withdraw_reason;  ///< a person's words, or the code of what fell away
  std::string begun_at;
  std::string executed_by;
  std::string done_at;
  std::string record;  ///< Vernichtungsprotokoll, JSON (archive/README.md); "" until done
};

/// A folder that is not destroyed, and why: code of refusals.h.
struct RefusedFolder {
  FolderId folder;
  std::string code;
};

struct DestructionOutcome {
  std::vector<DestructionId> taken;
  std::vector<RefusedFolder> refused;  ///< each is in the audit trail
};

/// Why a folder cannot be destroyed on a day: folder_not_closed, retention_running, hold_standing,
/// appraisal_missing (Z10), permission_missing (Z12), transfer_unconfirmed (Z11), already_destroyed; nothing
/// when it can. Throws NotFound.
std::optional<std::string> why_not_destroyable(const Archive& archive, const FolderId& folder, Date on);

/// Proposes folders for destruction. What must not be destroyed is refused, the others are taken. Further
/// code: destruction_underway. Throws NotFound.
DestructionOutcome propose_destruction(Archive& archive, const std::vector<FolderId>& folders, Date today,
                                       const std::string& actor);

/// A second person approves; everything is asked again. The quarantine ends after so many days. Further
/// codes: same_person, destruction_not_proposed. Throws NotFound; Error for a negative quarantine.
DestructionOutcome approve_destruction(Archive& archive, const std::vector<DestructionId>& ids, Date today,
                                       int quarantine_days, const std::string& actor);

/// Takes it back, in quarantine too. Throws NotFound; Error without a reason; Forbidden: destruction_begun,
/// destruction_withdrawn.
void withdraw_destruction(Archive& archive, const DestructionId& id, const std::string& reason,
                          const std::string& actor);

Destruction destruction(const Archive& archive, const DestructionId& id);  ///< throws NotFound
/// The last one of a folder as a whole; nothing when there was none.
std::optional<Destruction> destruction_of(const Archive& archive, const FolderId& folder);

struct DestructionPage {
  std::vector<Destruction> destructions;  ///< oldest first
  std::string next;                       ///< cursor; empty at the end
};
DestructionPage destructions(const Archive& archive, std::optional<DestructionState> state,
                             const std::string& cursor, int limit);

/// What is left of a document that was destroyed: ids and hashes.
struct Tombstone {
  DocumentId document;
  IntakeId intake;
  Destruction destruction;
  std::string person;  ///< pseudonym of who it came from or went to; empty: nobody was known
};
/// Nothing when no such document was destroyed.
std::optional<Tombstone> tombstone_of(const Archive& archive, const DocumentId& document);

}  // namespace eakte::archive
