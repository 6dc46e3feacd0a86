#pragma once
#include <nlohmann/json_fwd.hpp>

namespace eakte::api {

/// One JSON object on a line of its own, as --json promises; bytes that are no UTF-8 become U+FFFD.
void print_json(const nlohmann::ordered_json& object);

}  // namespace eakte::api
