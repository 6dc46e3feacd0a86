#pragma once
#include <filesystem>

#include "api/config.h"
#include "archive/evidence_keeping.h"

namespace eakte::api {

/// The configured time stamp authority. Asking it throws Error when none is configured; the file of trusted
/// certificates lies in the data directory unless its path is absolute. Throws Error when that cannot be
/// read.
archive::StampingAuthority authority_of(const std::filesystem::path& data, const EvidenceConfig& config);

/// The certificates of trusted authorities, PEM; empty: none are configured.
std::string trusted_authorities(const std::filesystem::path& data, const EvidenceConfig& config);

}  // namespace eakte::api
