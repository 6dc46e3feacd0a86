#pragma once
#include <optional>
#include <string>

#include "archive/archive.h"

namespace eakte::archive {

/// The protocol by which the archive took the paper of a folder over (Übergabeprotokoll).
struct NewPaperHandover {
  FolderId folder;
  Date on{};                ///< when the paper changed hands
  std::string received_by;  ///< who took it over for the archive
  std::string protocol;     ///< number or date of the signed protocol
  std::string items;        ///< the list of what was handed over, as text; at most 100 kB
};

struct PaperHandover : NewPaperHandover {
  std::string recorded_at;  ///< UTC
  std::string recorded_by;
};

/// Records the handover of a folder on paper (Medium paper or hybrid) the archive appraised A, with its
/// parts: it is transferred, and confirmed by the protocol as others are by a 0506, so that what is left of
/// it here can be destroyed. What has electronic documents goes by 0503 and 0506 (XD-05): the protocol says
/// nothing about files. Throws NotFound; Forbidden: handover_incomplete (a text is missing, or the list is
/// too long), not_on_paper, handover_electronic, transfer_undecided, transferred_already, transfer_open (a
/// process has yet to hand it over), part_without_whole, hold_standing, day_in_future, day_too_early (before
/// the decision), and, where there are accounts, account_needed, role_missing.
void record_paper_handover(Archive& archive, const NewPaperHandover& handover, Date today,
                           const std::string& actor);

/// Nothing when there was none.
std::optional<PaperHandover> paper_handover_of(const Archive& archive, const FolderId& folder);

}  // namespace eakte::archive
