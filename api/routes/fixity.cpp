#include <nlohmann/json.hpp>

#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "api/shapes_of_proof.h"

namespace eakte::api {

void add_fixity_routes(Router& router, const Application& application) {
  router.add({.method = "GET", .pattern = "/api/v1/fixity", .handle = [&application](const Request& request) {
                return json_response(
                    fixity_json(archive::scrub_status(application.tenant_of(request).archive)));
              }});
}

}  // namespace eakte::api
