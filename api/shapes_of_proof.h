#pragma once
#include <nlohmann/json_fwd.hpp>

#include "archive/evidence_keeping.h"
#include "archive/expiry.h"
#include "archive/scan_check.h"
#include "archive/scrub.h"

namespace eakte::api {

/// What was read when and what is damaged, the same over HTTP and on the command line.
nlohmann::ordered_json fixity_json(const archive::ScrubStatus& status);

/// How long-term evidence stands; `tsa` is the configured authority.
nlohmann::ordered_json evidence_json(const archive::EvidenceStatus& status, const std::string& tsa,
                                     const archive::Expiries& expiries,
                                     const std::vector<std::string>& warnings);

/// German sentences about what ends soon, and about an audit of the scan procedure that is missed (RS-15).
std::vector<std::string> proof_warnings(const archive::Archive& archive, const archive::Expiries& expiries);

nlohmann::ordered_json scan_standing_json(const archive::ScanStanding& standing);
nlohmann::ordered_json scan_profile_json(const archive::ScanProfile& profile);

}  // namespace eakte::api
