#include "ingest/classify/finding.h"

#include <algorithm>

namespace eakte::ingest {

void rank(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.confidence > b.confidence; });
  std::vector<Finding> kept;
  for (Finding& finding : findings) {
    const bool known =
        std::any_of(kept.begin(), kept.end(), [&](const Finding& k) { return k.value == finding.value; });
    if (!known) kept.push_back(std::move(finding));
  }
  findings = std::move(kept);
}

}  // namespace eakte::ingest
