#pragma once
#include <openssl/evp.h>

#include <optional>
#include <string>
#include <string_view>

#include "archive/evidence_record.h"

namespace eakte::archive {

/// AlgorithmIdentifier (X.509) of a digest, without parameters.
std::string algorithm_identifier(DigestAlgorithm algorithm);
/// What an AlgorithmIdentifier's content names; nothing for an algorithm that is not (or no longer) allowed.
std::optional<DigestAlgorithm> digest_algorithm_from(std::string_view identifier_content);
const EVP_MD* evp_of(DigestAlgorithm algorithm);
std::optional<DigestAlgorithm> digest_algorithm_from_nid(int nid);

}  // namespace eakte::archive
