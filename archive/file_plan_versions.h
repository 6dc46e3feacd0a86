#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "archive/file_plan_exchange.h"

namespace eakte::archive {

// A file plan is never edited, it is followed by another version (RT-11). What makes nothing go earlier takes
// effect at once or on its day; what may make something go earlier waits for a second person with a reason.

using ProposalId = Id<struct PlanProposalTag>;

enum class ProposalState { proposed, released, in_force, rejected };
std::string_view name_of(ProposalState state);

struct PlanProposal {
  ProposalId id;
  std::string version;
  std::string title;
  Date valid_from{};
  ProposalState state = ProposalState::proposed;
  bool second_person = false;  ///< something may go earlier: somebody else has to release it
  std::string reason;
  std::string proposed_by;
  std::string proposed_at;
  std::string decided_by;
  std::string decided_at;
  std::string decision_reason;
};

/// A version that was or is in force.
struct PlanVersion {
  std::int64_t number = 0;
  std::string version;
  std::string title;
  std::string valid_from;  ///< "": from the beginning
  std::string loaded_at;
  std::string sha256;
};

/// What becomes of an entry.
struct EntryChange {
  std::string number;  ///< in the new version
  std::string title;
  std::vector<std::string> sentences;  ///< German, one per thing that changes
  bool shorter = false;    ///< something under it may go earlier (may_end_earlier, action V, limit)
  bool retention = false;  ///< what lies under it is computed anew
};

/// What a new version does to one folder.
struct FolderEffect {
  enum class Kind { longer, shorter, due_at_once, other };
  Folder about;
  Kind kind = Kind::other;
  std::optional<Date> before;
  std::optional<Date> after;
  std::string sentence;  ///< the retention sentence it will have
};
std::string_view name_of(FolderEffect::Kind kind);

struct PlanPreview {
  std::vector<PlanProblem> problems;  ///< with any, nothing else is told
  std::vector<EntryChange> entries;
  bool second_person = false;
  std::int64_t folders = 0;  ///< under entries that change: all, and of them ...
  std::int64_t longer = 0;
  std::int64_t shorter = 0;
  std::int64_t due_at_once = 0;        ///< shorter, and over already on the day asked for
  std::vector<FolderEffect> examples;  ///< of folders for which something changes, due ones first
};

/// Pure: what is different, entry by entry, in the order of the new plan.
std::vector<EntryChange> differences(const FilePlan& before, const FilePlan& after);

/// Pure: `next` as the version after `in_force`: entries get the ids their numbers have, the tenant's own
/// rules stay unless it brings some, each entry remembers the rules it had (RT-03, reference day: the rule's
/// `stichtag`, else the day the version counts from), `today` where it says none.
FilePlan successor(const FilePlan& in_force, FilePlan next, const std::string& tenant, Date today);

/// What the file would do. Changes nothing.
PlanPreview preview_file_plan(const Archive& archive, std::string_view text, PlanFormat format, Date today,
                              int examples = 100);
/// What a proposal would do now. Throws NotFound.
PlanPreview preview_proposal(const Archive& archive, const ProposalId& id, Date today, int examples = 100);

/// Proposes a version. What needs nobody else is released at once, and takes effect when its day has come,
/// with the retention of everything under it computed in the same commit. Throws Forbidden: plan_faulty (with
/// every problem), plan_unchanged, reason_missing, account_needed, role_missing (where the tenant has
/// accounts).
PlanProposal propose_file_plan(Archive& archive, std::string_view text, PlanFormat format,
                               const std::string& reason, Date today, const std::string& actor);

/// The second person. Throws NotFound; Forbidden: same_person, account_needed, role_missing, reason_missing,
/// plan_decided, plan_outdated (another version has come into force since).
PlanProposal release_file_plan(Archive& archive, const ProposalId& id, const std::string& reason, Date today,
                               const std::string& actor);
PlanProposal reject_file_plan(Archive& archive, const ProposalId& id, const std::string& reason,
                              const std::string& actor);

/// Puts released versions in force whose day has come; returns how many. Called by whoever starts working.
int apply_released_file_plans(Archive& archive, Date today);

PlanProposal plan_proposal(const Archive& archive, const ProposalId& id);  ///< throws NotFound
std::string proposed_yaml(const Archive& archive, const ProposalId& id);   ///< throws NotFound
std::vector<PlanProposal> plan_proposals(const Archive& archive);          ///< newest first
std::vector<PlanVersion> plan_versions(const Archive& archive);            ///< newest first
/// The plan of a version, by its name. Throws NotFound.
FilePlan plan_of_version(const Archive& archive, const std::string& version);

}  // namespace eakte::archive
