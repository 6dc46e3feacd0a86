#pragma once
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "archive/destruction.h"

namespace eakte::archive {

/// A line of the log of destructions.
struct LoggedDestruction {
  DestructionId id;
  std::string record;  ///< Vernichtungsprotokoll, JSON
};

/// The destructions of a tenant in a file outside the catalogue: a backup of the catalogue that is restored
/// later does not know of them, and they are applied again from here. One JSON object per line: `record`,
/// `previous` (mac of the line before) and `mac`, HMAC-SHA-256 with the tenant's key over previous and record
/// (RFC 2104). It guards against damage and foreign lines, not against somebody who can read the catalogue.
class DestructionLog {
public:
  /// Reads a log; a file that is not there is empty. A last line without end was being written when the power
  /// went, and is dropped. Throws Error naming the line that is changed, missing or of another tenant.
  DestructionLog(std::filesystem::path file, std::string key);

  const std::vector<LoggedDestruction>& destructions() const { return destructions_; }
  /// Adds those that are not in it, durably. Throws StorageFailure.
  void append(const std::vector<LoggedDestruction>& destructions);

private:
  void read();

  std::filesystem::path file_;
  std::string key_;
  std::vector<LoggedDestruction> destructions_;
  std::set<std::string> ids_;
  std::string last_mac_;
  std::uintmax_t good_bytes_ = 0;
};

/// The tenant's own log.
std::filesystem::path destruction_log_file(const Archive& archive);
/// The key its lines are signed with; in the catalogue and all backups of it.
std::string destruction_key(const Archive& archive);

}  // namespace eakte::archive
