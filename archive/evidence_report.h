#pragma once
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.h"

// What an auditor is shown of long-term evidence without reading a time stamp: those are foreign bytes.

namespace eakte::archive {

/// A day's evidence as the catalogue knows it.
struct ReportedDay {
  std::string day;  ///< ISO
  std::int64_t documents = 0;
  std::int64_t last_entry = 0;  ///< of the audit trail that its stamp covers
  std::string stamped_at;       ///< UTC
  std::string renewed_at;       ///< UTC; empty: never
};
/// The newest first; not those of imported chains.
std::vector<ReportedDay> reported_days(const Archive& archive, int limit);

/// What verify_kept_evidence found when it ran last.
struct NotedVerification {
  std::string at;  ///< UTC
  std::vector<std::string> problems;
};
void note_verification(Archive& archive, const std::vector<std::string>& problems);
std::optional<NotedVerification> noted_verification(const Archive& archive);

}  // namespace eakte::archive
