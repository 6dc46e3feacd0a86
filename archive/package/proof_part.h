#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

// What proves about the documents of a package, and is no document itself: evidence records, transfer notes
// with their seals, heads of the audit trail, messages to and from the archive. Files below
// metadata/preservation.

/// A file of that kind: where it lies there, what it is and where its bytes come from.
struct ProofFile {
  std::string path;  ///< below metadata/preservation
  std::string kind;  ///< for METS
  std::string media_type;
  std::string sha256;          ///< an object of that address, when there is no text ...
  std::string text;            ///< ... else these bytes, ...
  std::filesystem::path file;  ///< ... or this file, which must have the hash
};

/// Calls `visit` for all of a scope (package_scope.h; empty: of everything), in the same order each time.
void for_each_proof_file(const Archive& archive, Connection& connection, const std::string& folder,
                         const std::function<void(const ProofFile&)>& visit);

/// Takes the objects and messages of a package over; `preservation` is its metadata/preservation. Throws
/// StorageFailure, Forbidden (package_damaged).
void take_proof_files(Archive& archive, const std::filesystem::path& preservation);

/// After the rows are there: that each record, note, seal and message they name came along. Throws Error.
void settle_proof(const Archive& archive, Connection& connection);

/// Seals by this certificate (PEM) are accepted from here on.
void accept_certificate(Connection& connection, const std::string& pem);

}  // namespace eakte::archive
