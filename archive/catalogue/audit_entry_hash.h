#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "archive/audit_trail.h"

namespace eakte::archive {

/// What the chain has before its first entry.
inline constexpr std::string_view before_the_first_entry =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// The hash of an entry of a chain, given that of the entry before it. Every field is written as "<length in
/// bytes>:<bytes>", so no two entries have the same bytes to hash.
std::string audit_entry_hash(std::string_view previous, std::int64_t sequence, std::string_view at,
                             const AuditEntry& entry);

}  // namespace eakte::archive
