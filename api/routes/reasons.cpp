#include "ingest/reasons.h"

#include <nlohmann/json.hpp>

#include "api/http/shapes.h"
#include "api/routes/routes.h"

namespace eakte::api {

void add_reason_routes(Router& router, const Application&) {
  router.add({.method = "GET", .pattern = "/api/v1/reasons", .handle = [](const Request&) {
                Json reasons = Json::array();
                for (const ingest::Reason& reason : ingest::all_reasons()) {
                  reasons.push_back({{"code", reason.code}, {"message", reason.german}});
                }
                return json_response({{"reasons", std::move(reasons)}});
              }});
}

}  // namespace eakte::api
