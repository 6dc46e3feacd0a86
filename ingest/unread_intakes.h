#pragma once
#include <vector>

#include "ingest/intake_queue.h"

namespace eakte::ingest {

/// The intakes whose documents were filed unread (archive/completion.h) and do not wait to be read, oldest
/// first. IntakeQueue::retry has them read; a failure leaves the document as it is.
std::vector<IntakeId> unread_intakes(const archive::Archive& archive);

}  // namespace eakte::ingest
