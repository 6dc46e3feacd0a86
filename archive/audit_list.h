#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

/// An entry as it stands in the trail.
struct RecordedEntry {
  std::int64_t sequence = 0;
  std::string at;  ///< UTC
  AuditEntry entry;
  std::string hash;
};

/// Which entries an auditor asks for; what is empty does not restrict.
struct AuditQuestion {
  std::string actor;
  std::string action;  ///< a whole action, "document.filed", or the thing alone, "document"
  std::string subject;
  std::optional<Date> from;  ///< first and last day in Europe/Berlin
  std::optional<Date> until;
  std::int64_t after = 0;  ///< only entries behind this one: how long lists are read piece by piece
  int limit = 1000;
};

/// The entries in their order.
std::vector<RecordedEntry> audit_entries(const Archive& archive, const AuditQuestion& question);

}  // namespace eakte::archive
