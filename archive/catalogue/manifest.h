#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "archive/document.h"

namespace eakte::archive {

/// What a manifest says beside the document itself.
struct ManifestContext {
  std::string tenant;
  std::optional<Folder> folder;
  std::optional<Case> open_case;
  std::string written_at;          ///< UTC
  std::string previous;            ///< SHA-256 of the manifest this one replaces; empty for the first
  std::int64_t audit_entries = 0;  ///< length of the audit chain when this was written ...
  std::string audit_hash;          ///< ... and the hash of its last entry
};

/// The bytes of a document's manifest, format "eakte-manifest-1" (archive/README.md).
std::string manifest_text(const Document& document, const ManifestContext& context);

/// Where it lies below the tenant's directory: manifests/<yyyy>/<mm>/<document>.<sha256>.json, year and month
/// of the reception.
std::filesystem::path manifest_path(const Document& document, const std::string& sha256);

/// The audit chain as a manifest saw it.
struct AuditAnchor {
  std::int64_t entries = 0;
  std::string hash;
};

/// What a manifest read back says.
struct ManifestCheck {
  std::vector<std::string> differences;  ///< fields in which it differs from the catalogue's document
  AuditAnchor anchor;
};

/// Compares a manifest with the document the catalogue has. Throws Error when it is not a manifest.
ManifestCheck check_manifest(const std::string& text, const Document& document);

}  // namespace eakte::archive
