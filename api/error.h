#pragma once
#include <stdexcept>

namespace eakte::api {

/// The program cannot do what was asked (configuration, address in use). Shown to the operator as it is.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace eakte::api
