#pragma once
#include <nlohmann/json_fwd.hpp>

#include "archive/scrub.h"

namespace eakte::api {

/// What was read when and what is damaged, the same over HTTP and on the command line.
nlohmann::ordered_json fixity_json(const archive::ScrubStatus& status);

}  // namespace eakte::api
