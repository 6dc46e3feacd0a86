#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "archive/evidence_record.h"

namespace eakte::archive {

/// What a time stamp token says (RFC 3161, TSTInfo), before anything is verified.
struct TimeStamp {
  DigestAlgorithm algorithm = DigestAlgorithm::sha256;
  std::string imprint;  ///< raw bytes
  std::string time;     ///< "2026-11-22T04:15:00Z"
  std::string nonce;    ///< raw bytes, most significant first; empty: none
};

/// Reads a token. Throws Error when it is none or uses a digest that is not allowed. Foreign bytes.
TimeStamp read_time_stamp(std::string_view token);

/// German sentences about a token: what breaks it, and what is unusual, but proves.
struct TimeStampFindings {
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
};

/// Verifies that the signature of a token holds and that it keeps to the profile of TR-ESOR (ES-01): CMS
/// version 3, one signer, a certificate for time stamps, named in the signature (by SHA-2; by SHA-1 is a
/// warning). `trusted_pem` holds the certificates of accepted roots; with it the signer's path is verified
/// for the time of the stamp as well, without it (empty) only the signature is. Uses OpenSSL's CMS interface,
/// since its TS interface cannot read tokens with OCSP answers (ES-07).
TimeStampFindings verify_time_stamp(std::string_view token, const std::string& trusted_pem);

/// A request for a time stamp over `imprint`, with the certificates and `nonce` (8 random bytes) asked for;
/// DER.
std::string time_stamp_request(DigestAlgorithm algorithm, std::string_view imprint, std::string_view nonce);

/// The token out of a TSA's answer to such a request. Throws Error when it is refused, or not for this
/// imprint and nonce.
std::string token_of_response(std::string_view response, DigestAlgorithm algorithm, std::string_view imprint,
                              std::string_view nonce);

}  // namespace eakte::archive
