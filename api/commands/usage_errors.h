#pragma once
#include <string>
#include <string_view>

namespace eakte::api {

/// What is wrong with a command line, in German, from CLI11's English sentence; one it does not know stays as
/// it is.
std::string german_usage_error(std::string_view english);

}  // namespace eakte::api
