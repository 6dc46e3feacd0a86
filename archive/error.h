#pragma once
#include <stdexcept>
#include <string>
#include <utility>

namespace eakte::archive {

/// The archive cannot do the job. The message names thing, place and reason.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// No such document, intake, object or entry.
struct NotFound : Error {
  using Error::Error;
};

/// Somebody else changed or holds the thing.
struct Conflict : Error {
  using Error::Error;
};

/// The rules of record keeping forbid it. `code` is stable; refusals.h has a German sentence for each.
struct Forbidden : Conflict {
  Forbidden(std::string reason_code, const std::string& message)
      : Conflict(message), code(std::move(reason_code)) {}
  std::string code;
};

/// Stored bytes do not have the SHA-256 the catalogue says; they are never handed out.
struct Damaged : Error {
  using Error::Error;
};

/// The disk is full, read-only or failing: nothing was acknowledged. A failed fsync is never retried.
struct StorageFailure : Error {
  using Error::Error;
};

}  // namespace eakte::archive
