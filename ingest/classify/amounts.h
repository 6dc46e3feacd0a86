#pragma once
#include <vector>

#include "ingest/classify/finding.h"
#include "ingest/classify/layout.h"

namespace eakte::ingest {

/// Amounts of money, values as "1302.46"; the total to pay first. Only one that is named as a total, or adds
/// up from those above it, gets a confidence of more than a half.
std::vector<Finding> amounts_of(const Layout& layout);

}  // namespace eakte::ingest
