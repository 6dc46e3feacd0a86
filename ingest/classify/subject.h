#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ingest/classify/finding.h"
#include "ingest/classify/layout.h"

namespace eakte::ingest {

/// The subject of a letter: after "Betreff", else the lines between address and salutation.
std::optional<Finding> subject_of(const Layout& layout);

/// Lines that stand out on the first page, as headlines do: taller than the text, or alone above it. Topmost
/// first.
std::vector<Segment> headlines_of(const Layout& layout);

}  // namespace eakte::ingest
