#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "api/http/response.h"
#include "api/service.h"
#include "archive/accounts.h"

namespace eakte::api {

/// Members in the order they are written in, as api/README.md shows them.
using Json = nlohmann::ordered_json;

/// The text of a value; bytes that are not UTF-8 become U+FFFD.
std::string json_text(const Json& value);
Response json_response(const Json& value, int status = 200);

/// Parts and pages of a batch that was split; both empty for any other intake.
Json batch_json(const Tenant& tenant, const ingest::Intake& batch);

/// The shapes of api/README.md.
Json intake_json(const Service& service, const Tenant& tenant, const ingest::Intake& intake);
Json document_summary_json(const Tenant& tenant, const archive::Document& document);
Json document_json(const Tenant& tenant, const archive::Document& document);
Json account_json(const archive::Account& account);

/// What a facet's value is called on the screen.
std::string facet_label(const Tenant& tenant, std::string_view facet, const std::string& value);

}  // namespace eakte::api
