#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "archive/evidence_record.h"

namespace eakte::archive {

/// A binary Merkle tree over groups of digests (RFC 4998, 4.2): all groups are covered by one time stamp over
/// the root, and each group can be proven alone. Memory: twice the digests.
class HashTree {
public:
  /// `groups` are the digests of one document's objects each; none is empty. Throws Error otherwise.
  HashTree(DigestAlgorithm algorithm, std::vector<std::vector<std::string>> groups);
  const std::string& root() const { return levels_.back().front(); }
  /// The path of one group: root_of(reduced(i)) is root().
  ReducedHashTree reduced(std::size_t group) const;

private:
  std::vector<std::vector<std::string>> groups_;
  std::vector<std::vector<std::string>> levels_;  ///< from the groups' roots up to the one root
};

}  // namespace eakte::archive
