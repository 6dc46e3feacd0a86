#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "archive/evidence_record.h"

// Long-term evidence (TR-ESOR, RFC 4998): once a day everything that was filed or changed gets one hash tree
// and one time stamp, and each document its own evidence record out of it, which proves without the others.

namespace eakte::archive {

/// Where time stamps come from: gets the DER of a request (RFC 3161) and gives the authority's answer. May
/// throw.
using TimeStampSource = std::function<std::string(const std::string& request)>;

/// Who stamps, and whose certificates are accepted (PEM; empty: only the signature is verified).
struct StampingAuthority {
  TimeStampSource ask;
  std::string trusted_pem;
};

/// A verified time stamp token of the authority over a digest. Throws Error when it does not give one, or one
/// that does not hold.
std::string stamped(const std::string& imprint, DigestAlgorithm algorithm,
                    const StampingAuthority& authority);

/// The evidence of one day.
struct EvidenceDay {
  Date day;
  std::int64_t documents = 0;
  std::string root;                   ///< of the tree, hexadecimal
  std::string stamped_at;             ///< as the time stamp says, UTC
  std::vector<std::string> left_out;  ///< documents whose manifest is missing or damaged; only as made
};

/// Makes what is missing for all days up to and including `until`: for each one tree over the manifest and
/// all renditions of each document filed or changed (no hash is dropped, ES-02) and over the head of the
/// audit trail at the day's end, one time stamp, one record for each document. Days on which nothing happened
/// get none. What happens later on `until` itself is taken up by the next tree. Throws Error when the
/// authority does not answer or its stamp does not hold; days made until then stay.
std::vector<EvidenceDay> make_evidence(Archive& archive, Date until, const StampingAuthority& authority,
                                       const std::string& actor);

/// The record of a document as it stands; nothing while its day has no evidence yet.
struct DocumentEvidence {
  Date day;
  std::string record;  ///< RFC 4998, DER
  std::string record_sha256;
  std::vector<StoredObject> covered;  ///< the manifest first, then the renditions
  std::string renewed_at;             ///< UTC; empty: never
};
std::optional<DocumentEvidence> evidence_of(const Archive& archive, const DocumentId& document);

/// The text of a manifest of a document. Throws NotFound, Error when it is missing or damaged.
std::string manifest_of(const Archive& archive, const DocumentId& document, const std::string& sha256);

/// What a renewal has done.
struct RenewalReport {
  std::int64_t records = 0;
  std::vector<std::string> problems;  ///< English sentences; these records hold no longer and were left alone
};

/// Puts a new time stamp over the last one of every record, before its certificate or algorithms grow weak
/// (ES-03). Each record is verified first.
RenewalReport renew_time_stamps(Archive& archive, const StampingAuthority& authority,
                                const std::string& actor);
/// Puts every record's objects and chains under a new tree with another digest, before the old one grows
/// weak; reads and verifies every object.
RenewalReport renew_hash_trees(Archive& archive, DigestAlgorithm algorithm,
                               const StampingAuthority& authority, const std::string& actor);

/// Verifies all records, that none is missing for days that are over, and the heads of the audit trail that
/// were stamped. One English sentence for each fault. Objects are taken by their addresses, which
/// verify_archive proves.
std::vector<std::string> verify_kept_evidence(const Archive& archive, const std::string& trusted_pem);

/// How it stands, for the report.
struct EvidenceStatus {
  std::int64_t days = 0;
  std::int64_t records = 0;
  std::string last_day;       ///< ISO; empty: none yet
  std::string waiting_since;  ///< day of the first entry without evidence; empty: none
  std::string trouble;        ///< why the last attempt failed; empty: it did not
  std::string trouble_at;     ///< UTC
};
EvidenceStatus evidence_status(const Archive& archive);
/// Keeps why an attempt failed, for the report; empty: it did not.
void note_evidence_trouble(Archive& archive, const std::string& what);

}  // namespace eakte::archive
