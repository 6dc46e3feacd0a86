#pragma once
#include <optional>
#include <vector>

#include "archive/destruction_steps.h"

namespace eakte::ingest {

/// Forgets, inside the commit in which documents are destroyed, what the queue knows of their content: the
/// intakes themselves, those that brought the same bytes, the archives the bytes came in (whose other members
/// have bytes of their own), former parts of a batch that is one document now, and a batch whose last part
/// goes. Name, detail, reason, key and codes are emptied; id, time, hash and size stay, with state
/// `destroyed`. The bytes of a batch stay while they are the original of another part. Nothing, and nothing
/// is changed, while one of them waits or is being worked on. To be passed as archive::ForgetIntakes.
std::optional<archive::ForgottenIntakes> forget_intakes(archive::Connection& connection,
                                                        const std::vector<archive::DocumentId>& documents,
                                                        const std::vector<archive::IntakeId>& intakes);

}  // namespace eakte::ingest
