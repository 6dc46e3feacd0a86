#pragma once
#include <vector>

#include "ingest/classify/finding.h"
#include "ingest/classify/layout.h"

namespace eakte::ingest {

/// Who wrote it: the small line above the address window (DIN 5008), the letterhead, the first lines of a
/// private letter, the name on a form.
std::vector<Finding> senders_of(const Layout& layout);

/// To whom: the address window (DIN 5008: 25 to 105 mm from the left, 45 to 90 mm from the top).
std::vector<Finding> recipients_of(const Layout& layout);

}  // namespace eakte::ingest
