#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "archive/retention.h"

namespace eakte::archive {

/// Where a folder stands between processing and disposal (domain rules 3.1). What follows from dates alone,
/// dormant and due, is not stored: see stage_on.
enum class FolderStatus { open, closed, offered, appraised, transferred, destroyed };
std::string_view name_of(FolderStatus status);
std::optional<FolderStatus> folder_status_from(std::string_view name);

/// The stage people speak of on a day.
enum class FolderStage { open, closed, dormant, due, offered, appraised, transferred, destroyed };
std::string_view name_of(FolderStage stage);

struct CaseRecord {
  Case about;
  std::optional<Date> closed_on;  ///< nothing: open
};

/// A folder with all its disposal depends on.
struct FolderRecord {
  Folder about;
  FolderStatus status = FolderStatus::open;
  Date begins_on{};  ///< Beginn der Laufzeit
  std::optional<Date> closed_on;
  std::vector<CaseRecord> cases;
  Events events;  ///< as entered; the day a suspension ended
  bool suspension_running = false;
  RetentionEnd retention;          ///< by the entry of the file plan; no end while the folder is open
  std::string retention_sentence;  ///< German: rule, event, dates and legal source
  std::optional<Date> dormant_from;
  DisposalAction disposal = DisposalAction::appraise;
  int standing_holds = 0;
  RetentionRule::Kind kind = RetentionRule::Kind::minimum;  ///< of the rule that decides
  /// The last day on which it may still be there: the end of a maximum or fixed period, or of the entry's own
  /// limit beside a minimum period.
  std::optional<Date> gone_by;
  FolderId parent;                        ///< of a part (Teilakte); empty: none
  std::optional<Date> whole_closed_on{};  ///< of a part: when the folder around all of it was closed
  int open_parts = 0;
  std::optional<Date> parts_closed_on{};  ///< the last of its parts that are closed
};

/// The day that counts as closing: the latest of the folder's own closing and its cases'. Nothing while one
/// of them is open (RT-01: the last z. d. A. counts).
std::optional<Date> last_closing(Date folder_closed_on, std::span<const CaseRecord> cases);

/// Throws NotFound.
FolderRecord folder_record(const Archive& archive, const FolderId& id);

/// Pure: the stage on a day.
FolderStage stage_on(const FolderRecord& folder, Date day);

/// Whether documents may still come in: the folder is open, and so is the case. False for unknown ids.
bool takes_documents(const Archive& archive, const FolderId& id);
bool takes_documents(const Archive& archive, const CaseId& id);

/// Closes a case (zdA-Verfügung). Its documents cannot be changed any more. Throws NotFound; Conflict when it
/// is closed, or `on` lies in the future of `today` or before one of its documents came in.
void close_case(Archive& archive, const CaseId& id, Date on, Date today, const std::string& actor);

/// Opens a closed case again; a closed folder around it is open again too, and its period stops running
/// (Z03).
void reopen_case(Archive& archive, const CaseId& id, const std::string& actor);

/// Closes a folder. The last closing counts: closed_on becomes the latest of `on` and the days its cases and
/// parts were closed. A part is kept as long as the folder around it, and that counts from its own closing
/// (RT-01). Throws Conflict while a case or part is open or when it is closed already, as above for `on`.
void close_folder(Archive& archive, const FolderId& id, Date on, Date today, const std::string& actor);

/// What lies around a part is open again with it. Throws Conflict when the folder is not merely closed: what
/// has been offered takes its course.
void reopen_folder(Archive& archive, const FolderId& id, const std::string& actor);

/// Enters the day of an event the folder's retention waits for ("vertragsende"), or the last day of its
/// suspension. Throws Conflict for an event its rule does not know, in the future, or before the folder's
/// beginning (Z15).
void record_event(Archive& archive, const FolderId& id, const std::string& event, Date on, Date today,
                  const std::string& actor);

/// A suspension of the rule (Ablaufhemmung) begins: no end until record_event says that it is over.
void begin_suspension(Archive& archive, const FolderId& id, const std::string& actor);

}  // namespace eakte::archive
