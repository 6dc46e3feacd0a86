#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "archive/archive.h"

namespace eakte::api {

/// A day a person gave, "2037-01-04"; empty: today. Throws Error.
archive::Date day_of(const std::string& text);

/// People name a folder by its reference; programs by its id. Throws Error.
archive::FolderId folder_named(const archive::Archive& archive, const std::string& name);

/// One JSON object on a line.
void print_json(const nlohmann::json& object);

}  // namespace eakte::api
