#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

/// An object whose bytes are not, or no longer, what its address says. What ObjectStore throws.
struct DamagedObject : Damaged {
  DamagedObject(std::string address, const std::string& message)
      : Damaged(message), sha256(std::move(address)) {}
  std::string sha256;
};

/// What is wrong with an object.
enum class DamageKind { changed, missing, unreadable };
std::string_view name_of(DamageKind kind);
std::string_view german_name_of(DamageKind kind);

/// A damage that stands, or did: the object is set aside and is not handed out until it is repaired.
struct Damage {
  std::string sha256;
  DamageKind kind = DamageKind::changed;
  std::string found_at;               ///< UTC
  std::string found_by;               ///< "scrub", "sample", "reading"
  std::vector<DocumentId> documents;  ///< that consist of it
};

/// Reads an object anew from the disk. When it is not what its address says it is set aside (renamed to
/// objects/damaged, never served), with an entry in the audit trail, and the damage is returned. An object
/// that is not there is a damage only while the catalogue names it. `slowly`, where given, is told how many
/// bytes were read, piece by piece, and may wait.
std::optional<Damage> examine_object(Archive& archive, const std::string& sha256, std::string_view found_by,
                                     const std::string& actor,
                                     const std::function<void(std::size_t)>& slowly = {});

/// The damages that stand, the oldest first.
std::vector<Damage> standing_damages(const Archive& archive);

/// What became of the damages that stood.
struct RepairReport {
  std::vector<std::string> repaired;   ///< addresses
  std::vector<std::string> unfit;      ///< there was a copy, but its hash is another
  std::vector<std::string> not_found;  ///< no copy
};

/// Repairs what is damaged from copies whose SHA-256 is the address, and from nothing else. `from` is another
/// data directory, a tenant's directory, or a directory laid out like `objects` (a backup's). Each repair is
/// an entry in the audit trail.
RepairReport repair_from(Archive& archive, const std::filesystem::path& from, const std::string& actor);

/// Removes what was set aside of an object that is destroyed.
void forget_set_aside(const std::filesystem::path& objects, const std::string& sha256);

}  // namespace eakte::archive
