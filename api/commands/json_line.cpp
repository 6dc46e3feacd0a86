#include "api/commands/json_line.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace eakte::api {

void print_json(const nlohmann::ordered_json& object) {
  fmt::print("{}\n", object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace eakte::api
