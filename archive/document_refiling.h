#pragma once
#include <string>
#include <vector>

#include "archive/refiling.h"

namespace eakte::archive {

// Who corrects what a machine proposed shortens nothing, and neither does who confirms for the first time.
// What a person has confirmed goes to an entry under which it may go earlier only with a reason and a second
// person (RT-11): Archive::confirm refuses it with second_person_needed, and it takes this way.

/// A document on its way to another entry of the file plan.
struct DocumentRefiling {
  enum class State { proposed, released, done, rejected };
  RefilingId id;
  DocumentId document;
  std::string from_entry;  ///< numbers, as they were then
  std::string to_entry;
  State state = State::proposed;
  std::string reason;
  std::string proposed_by;
  std::string proposed_at;
  std::string decided_by;
  std::string decided_at;
  std::string decision_reason;
};
std::string_view name_of(DocumentRefiling::State state);

/// Proposes it. Throws NotFound, Error; Forbidden: reason_missing, same_place, entry_closed, folder_closed,
/// second_person_not_needed (it may be confirmed there at once).
DocumentRefiling propose_document_refiling(Archive& archive, const DocumentId& document,
                                           const std::string& to_entry, const std::string& reason, Date today,
                                           const std::string& actor);
/// The second person, a records manager: the document leaves its folder and case and is filed under the
/// entry. Throws NotFound, Conflict; Forbidden: same_person, account_needed, role_missing, reason_missing,
/// refiling_decided, and what Archive::confirm throws.
DocumentRefiling release_document_refiling(Archive& archive, const RefilingId& id, const std::string& reason,
                                           const std::string& actor);
DocumentRefiling reject_document_refiling(Archive& archive, const RefilingId& id, const std::string& reason,
                                          const std::string& actor);
/// Of a document, newest first.
std::vector<DocumentRefiling> refilings_of(const Archive& archive, const DocumentId& document);
/// All that wait, newest first.
std::vector<DocumentRefiling> waiting_document_refilings(const Archive& archive);

}  // namespace eakte::archive
