#pragma once
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

/// What the archive decides about a folder that was offered to it (Bewertung): it takes it over (A) or agrees
/// to its destruction (V). There is no third answer, and nobody else gives it (RT-05).
enum class AppraisalDecision { transfer, destroy };
/// "A", "V".
std::string_view code_of(AppraisalDecision decision);
std::optional<AppraisalDecision> appraisal_decision_from(std::string_view code);

/// The archive's decision on a folder. A folder has at most one; it is never changed.
struct Appraisal {
  FolderId folder;
  AppraisalDecision decision = AppraisalDecision::transfer;
  /// Where it can be read: the process id of an xdomea 0502, or the file number of the archive's letter.
  std::string source;
  Date decided_on{};        ///< as the archive dated it
  std::string recorded_at;  ///< UTC
  std::string recorded_by;
  /// When a 0506 said Erfolgreich=true for this very folder (XD-05), UTC; nothing until then. The own copy of
  /// a folder to be transferred is deleted after it and never before.
  std::optional<std::string> transfer_confirmed_at;
  std::string archive_reference;  ///< Archivkennung; empty: none was told
};

/// A decision as it comes in.
struct NewAppraisal {
  FolderId folder;
  AppraisalDecision decision = AppraisalDecision::transfer;
  std::string source;
  Date decided_on{};
};

/// Nothing when the archive has not decided.
std::optional<Appraisal> appraisal_of(Connection& connection, const FolderId& folder);
std::optional<Appraisal> appraisal_of(const Archive& archive, const FolderId& folder);

/// Records the decision: an offered folder, or a closed one that is due on `today`, becomes appraised. For
/// what came on paper `source` is the letter's file number. The same decision from the same source again
/// changes nothing. Throws NotFound; Error without a source; Forbidden: folder_not_due, day_in_future,
/// appraised_already, disposal_begun.
void record_appraisal(Archive& archive, const NewAppraisal& appraisal, Date today, const std::string& actor);
/// The same for several folders, all or none; what is decided about a folder holds for its parts (Teilakten).
void record_appraisals(Archive& archive, const std::vector<NewAppraisal>& appraisals, Date today,
                       const std::string& actor);
/// The same inside the caller's transaction.
void record_appraisal(Connection& connection, const FilePlan& plan, const NewAppraisal& appraisal, Date today,
                      const std::string& actor);

/// Whether the own copy of a folder may be destroyed as far as the archive is concerned: it decided V, or it
/// decided A, the folder was handed over and its import is confirmed (XD-05). Holds and the two people are
/// not asked here.
bool archive_permits_destruction(Connection& connection, const FolderId& folder);

}  // namespace eakte::archive
