#pragma once
#include <stdexcept>

namespace eakte::ocr {

/// A page cannot be cleaned or read. The message names the thing and the place.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace eakte::ocr
