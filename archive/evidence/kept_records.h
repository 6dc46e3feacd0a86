#pragma once
#include <string>
#include <vector>

#include "archive/archive.h"
#include "archive/evidence_record.h"
#include "archive/evidence_verification.h"

namespace eakte::archive {

/// One record as the catalogue names it: of a document's state, or of the audit trail's head of a day.
struct KeptRecord {
  std::string day;
  std::string document;         ///< empty: it is of the head
  std::string manifest_sha256;  ///< of the state it is for
  std::string audit_head;       ///< the head's text
  std::string record_sha256;
  std::int64_t chain = 0;  ///< imported chain the head is of; 0: the own one

  std::string name() const;  ///< for messages
};

/// All of them, in order of days; the ones with this `document` only where it is not empty.
std::vector<KeptRecord> kept_records(Connection& connection, const std::string& document = {});

/// The manifest and the renditions a document consisted of in that state. Throws Error when its manifest is
/// missing or damaged.
std::vector<StoredObject> covered_objects(const Archive& archive, const DocumentId& document,
                                          const std::string& manifest_sha256);

/// What the record has to prove; digests other than SHA-256 are made from the verified bytes when asked for.
std::vector<ProvenObject> proven_by(const Archive& archive, const KeptRecord& kept);

/// "\x12\xab" from "12ab".
std::string bytes_from_hex(std::string_view hex);
std::string hex_of(std::string_view bytes);

}  // namespace eakte::archive
