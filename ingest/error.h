#pragma once
#include <stdexcept>
#include <string>

namespace eakte::ingest {

/// Ingest cannot do the job. The message names thing, place and reason.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An input that is not taken, for a reason that is the input's own. `code` is stable (see reasons.h).
struct Refused : Error {
  Refused(std::string reason_code, const std::string& message)
      : Error(message), code(std::move(reason_code)) {}
  std::string code;
};

}  // namespace eakte::ingest
