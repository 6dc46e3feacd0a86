#pragma once
#include <stdexcept>

namespace eakte::index {

/// The index cannot do the job. The message names thing, place and reason.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The query cannot be understood; the message is a German sentence for the person who typed it.
struct BadQuery : Error {
  using Error::Error;
};

}  // namespace eakte::index
