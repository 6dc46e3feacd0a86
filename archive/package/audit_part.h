#pragma once
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "archive/database.h"

namespace eakte::archive {

/// Entries of a chain as they travel: one JSON object a line, the first describes the part.
/// {"chain":1,"tenant":"musterstadt","whole":true,"entries":12,"last_sequence":12,"last_hash":"..."}
/// {"sequence":1,"at":"...","actor":"...","action":"...","subject":"...","detail":"...","previous":"...","hash":"..."}
/// {"sequence":7,"hash":"..."}      an entry that does not concern the content, for its place in the chain
struct AuditPart {
  int chain = 1;
  std::function<void(const std::function<void(const std::string& line)>& take)> lines;
};

/// The parts of an export: first those that were imported, then the own chain, if it tells more than of
/// imports and exports. `folder` is a scope (package_scope.h), empty: everything. `anchors`: entries of the own chain whose hashes
/// manifests name. The connection must outlive the parts.
std::vector<AuditPart> audit_parts(Connection& connection, const std::string& tenant,
                                   const std::string& folder, const std::set<std::int64_t>& anchors);

/// Keeps a part; every hash is computed anew. Throws Error naming the entry that does not fit.
class AuditPartReader {
public:
  explicit AuditPartReader(Connection& connection) : connection_(connection) {}
  void take(std::string_view line);
  /// All lines were taken. Throws Error when the part ends early.
  void finish();

private:
  void begin(std::string_view line);
  Connection& connection_;
  bool begun_ = false;
  bool whole_ = false;
  std::int64_t chain_ = 0;
  std::int64_t announced_ = 0;
  std::int64_t last_sequence_ = 0;
  std::string last_hash_;
  std::int64_t entries_ = 0;
  std::int64_t sequence_ = 0;
  std::string hash_;
};

/// One sentence for each entry of imported evidence that is changed or missing.
std::vector<std::string> verify_imported_audit(Connection& connection);

}  // namespace eakte::archive
