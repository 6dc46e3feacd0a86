#pragma once
#include <functional>
#include <string>
#include <vector>

#include "archive/evidence_record.h"

namespace eakte::archive {

/// A thing whose existence is to be proven; its digest may be asked for with several algorithms.
struct ProvenObject {
  std::string name;
  std::function<std::string(DigestAlgorithm)> digest;  ///< raw bytes
};

/// How the digests of object and earlier chains are joined after a hash tree renewal. RFC 4998, 5.2 joins
/// them as they stand; some products sort them first (ES-03).
enum class Joining { as_they_stand, sorted, either };

struct EvidenceVerdict {
  std::vector<std::string> errors;    ///< German sentences; empty: the evidence holds
  std::vector<std::string> warnings;  ///< German sentences about what is unusual, but proves
  std::string proven_since;           ///< time of the first time stamp; empty when it cannot be read
};

/// Verifies a record for `objects` (RFC 4998, 3.3, 4.3, 5.3; profile ES-01): every tree leads to its time
/// stamp, every time stamp covers the one before, times ascend, signatures hold. `trusted_pem` as in
/// verify_time_stamp. Without objects only the record in itself is verified. Foreign bytes.
EvidenceVerdict verify_evidence(const EvidenceRecord& record, const std::vector<ProvenObject>& objects,
                                const std::string& trusted_pem, Joining joining = Joining::either);

/// What a time stamp for the renewal of the last time stamp has to cover: the digest of its token, with the
/// algorithm of its chain (RFC 4998, 5.2, time stamp renewal).
std::string to_renew(const EvidenceRecord& record);

/// The digest of one object and all chains so far, which a new chain covers (RFC 4998, 5.2, hash tree
/// renewal). `object_digest` is made with `algorithm` anew.
std::string to_rehash(const EvidenceRecord& record, DigestAlgorithm algorithm,
                      const std::string& object_digest);

/// The record with a further time stamp in its last chain, or in a new chain.
EvidenceRecord renewed(EvidenceRecord record, ArchiveTimeStamp stamp);
EvidenceRecord rehashed(EvidenceRecord record, DigestAlgorithm algorithm, ArchiveTimeStamp stamp);

}  // namespace eakte::archive
