#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

/// How far the audit trail had come at a time. Kept elsewhere, signed and time-stamped, it proves that what
/// was written until then was not changed since: somebody who may rewrite the whole catalogue cannot rewrite
/// it.
struct AuditHead {
  std::string tenant;
  std::string created_at;    ///< of the tenant, UTC: another one may have had the same name
  std::int64_t entries = 0;  ///< how many there were
  std::string hash;          ///< of the last one
  std::string at;            ///< when this was looked at, UTC
};

/// As it stands now. The export of a head is itself an entry: record it first.
AuditHead audit_head(const Archive& archive);

/// The JSON text that is signed and stamped, one line (see archive/README.md), and back. Throws Error.
std::string text_of(const AuditHead& head);
AuditHead audit_head_from(std::string_view text);

/// One English sentence for each thing in which the trail is not a continuation of what `head` saw.
std::vector<std::string> verify_audit_head(const Archive& archive, const AuditHead& head);
/// The same for a head of a chain that came in a package.
std::vector<std::string> verify_imported_head(const Archive& archive, std::int64_t chain,
                                              const AuditHead& head);

}  // namespace eakte::archive
