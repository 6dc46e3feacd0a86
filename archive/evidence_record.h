#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/error.h"

namespace eakte::archive {

/// Digests that evidence may use today (BSI TR-ESOR-ERS, rule ES-01). Values of digests are raw bytes.
enum class DigestAlgorithm { sha256, sha384, sha512, sha3_256, sha3_384, sha3_512 };
std::string_view name_of(DigestAlgorithm algorithm);  ///< "SHA-256"
std::string digest(DigestAlgorithm algorithm, std::string_view bytes);

/// The path from one leaf of a hash tree to its root, as lists of digests (RFC 4998, 4.3 reducedHashtree):
/// the first list holds the digests of the proven objects, each further one the siblings on the way up.
using ReducedHashTree = std::vector<std::vector<std::string>>;

/// Root of a reduced tree: each list together with the result so far is sorted by bytes, concatenated and
/// hashed; a list of one digest stands for itself. Equal digests are never merged (ES-02).
std::string root_of(const ReducedHashTree& tree, DigestAlgorithm algorithm);

/// One archive time stamp (RFC 4998, 4.1).
struct ArchiveTimeStamp {
  std::optional<DigestAlgorithm> algorithm;  ///< nothing: that of the time stamp
  ReducedHashTree tree;                      ///< empty: the time stamp covers the digest itself
  std::string token;                         ///< RFC 3161 time stamp token, DER or BER as received
};

/// Time stamps of which each covers the one before it; one digest algorithm.
using ArchiveTimeStampChain = std::vector<ArchiveTimeStamp>;

/// Evidence that bytes existed at a time (RFC 4998). A value.
struct EvidenceRecord {
  int version = 1;
  std::vector<DigestAlgorithm> algorithms;
  std::vector<ArchiveTimeStampChain> chains;
  bool has_crypto_infos = false;     ///< cryptoInfos or encryptionInfo present, which ES-01 does without
  std::vector<std::string> encoded;  ///< each chain as received, in the order of `chains`; filled by decode
};

/// Reads DER or, where tokens need it, BER. Throws Error naming what is malformed. Foreign bytes.
EvidenceRecord decode_evidence_record(std::string_view bytes);

/// DER of a record; time stamp tokens are copied as they are, and so are chains that are in `encoded`.
std::string encode(const EvidenceRecord& record);

/// The DER of a sequence of chains, which a hash tree renewal covers (RFC 4998, 5.2).
std::string encode_chains(const EvidenceRecord& record, std::size_t count);

}  // namespace eakte::archive
