#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "archive/database.h"

namespace eakte::archive {

/// One thing that happened, as evidence. `actor`, `action` and `subject` are ids and fixed words, never
/// content.
struct AuditEntry {
  std::string actor;    ///< name of an account; "cli", "web" where there are none; "system"
  std::string action;   ///< "intake.accepted", "document.filed", ...
  std::string subject;  ///< id of what it is about
  std::string detail;   ///< JSON object, may be empty
};

/// Appends to the chain inside the caller's transaction:
/// hash = SHA-256(previous hash, sequence, time, actor, action, subject, detail), each field length-prefixed.
void append_audit_entry(Connection& connection, const AuditEntry& entry);

/// Walks the chain; returns one sentence for every entry that is changed, dropped, swapped or cut off.
std::vector<std::string> verify_audit_trail(Connection& connection, std::int64_t* entries = nullptr);

}  // namespace eakte::archive
