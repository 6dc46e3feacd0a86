#pragma once
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

/// Removes what proves about one document, for its destruction: evidence records, checks of its scan,
/// transfer note. Returns the objects that were theirs. That of other documents proves on without it (ES-04);
/// the hashes in their trees stay, and so do the entries of the audit trail.
std::vector<StoredObject> forget_proof_of(Connection& connection, const DocumentId& document);

}  // namespace eakte::archive
