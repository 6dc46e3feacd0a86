#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/request.h"
#include "api/http/shapes.h"
#include "archive/calendar.h"

namespace eakte::api {

/// The JSON object in the body. Throws Problem (bad_request).
Json json_body(const Request& request);

// Members of it; each throws Problem (bad_request) naming the member when it is missing or of another kind.
std::string text_in(const Json& body, std::string_view name);
std::vector<std::string> texts_in(const Json& body, std::string_view name);
bool truth_in(const Json& body, std::string_view name);
archive::Date date_in(const Json& body, std::string_view name);
/// Nothing where it is missing, null or "".
std::optional<archive::Date> optional_date_in(const Json& body, std::string_view name);

}  // namespace eakte::api
