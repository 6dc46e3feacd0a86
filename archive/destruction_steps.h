#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/destruction.h"
#include "archive/destruction_log.h"

namespace eakte::archive {

// What the archive does when approved destructions are executed, in the order in which it is done
// (ingest/destruction_run.h goes through it with what index and ingest hold). First the plan with all ids and
// hashes is committed together with the removal of the rows: from then on the folder is gone for everybody.
// Every later step looks up what is left to do and can be repeated, so a run that was cut short is resumed by
// the next. One process at a time: the one that holds the service lock.

/// What ingest forgets in the commit in which the documents go.
struct ForgottenIntakes {
  std::vector<DocumentId> documents;  ///< former states of the same bytes, which go as well
  struct Received {
    IntakeId intake;
    StoredObject object;
  };
  std::vector<Received> received;  ///< the bytes as they came in
};
/// Empties the intakes of these documents and the intakes named. Nothing when they are being worked on, and
/// the folder has to wait for the next run; then nothing may have been changed.
using ForgetIntakes = std::function<std::optional<ForgottenIntakes>(
    Connection&, const std::vector<DocumentId>&, const std::vector<IntakeId>&)>;

/// Told of every place where the work can be cut short; tests kill the process there.
using StepReached = std::function<void(std::string_view place)>;

struct BegunDestructions {
  int begun = 0;
  int stopped = 0;  ///< their reasons fell away: a hold, a permission revoked, a folder reopened
  int waiting = 0;  ///< their intakes are being worked on
};

/// Begins what is approved and out of quarantine on `today`. All rules are asked once more; what they no
/// longer allow is withdrawn with the code as reason, also when a hold was placed since the proposal.
BegunDestructions begin_destructions(Archive& archive, Date today, const ForgetIntakes& forget,
                                     const std::string& actor, const StepReached& reached);

/// Begins again what a log tells of and this catalogue, restored from an older backup, does not know as
/// begun. The two people are those of the log. Returns how many were begun.
int begin_again(Archive& archive, const std::vector<LoggedDestruction>& logged, const ForgetIntakes& forget,
                const std::string& actor);

/// Whether a destruction has begun and is not done.
bool destruction_is_underway(const Archive& archive);

/// Removes the manifests of all revisions, and what a filing that died left of the same intakes.
void erase_manifests(Archive& archive, const StepReached& reached);
/// Removes the objects nothing else uses. Looking and removing happen under the catalogue's write lock; who
/// stores the same bytes meanwhile finds out in his own commit (IntakeQueue::accept).
void erase_objects(Archive& archive, const StepReached& reached);
/// The objects the destructions underway have removed.
std::vector<StoredObject> erased_objects(const Archive& archive);
/// Rewrites the catalogue's file without what deleted rows have left in it, and empties its log. Takes time
/// and free space in proportion to the catalogue. Throws Conflict while a reader keeps the log.
void erase_catalogue_remains(Archive& archive);

struct CompletionOptions {
  std::vector<std::filesystem::path> log_copies;  ///< files beside the tenant's own destroyed.log
  int backups_kept_days = 0;                      ///< until the last backup is gone; 0: not known
  Date today{};
};
/// Writes record and log of what is erased and ends it. Returns how many.
int complete_destructions(Archive& archive, const CompletionOptions& options, const StepReached& reached);

}  // namespace eakte::archive
