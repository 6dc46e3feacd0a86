#include <nlohmann/json.hpp>

#include "api/http/shapes.h"
#include "api/routes/routes.h"

namespace eakte::api {

void add_file_plan_routes(Router& router, const Application& application) {
  router.add(
      {.method = "GET", .pattern = "/api/v1/file-plan", .handle = [&application](const Request& request) {
         return json_response(file_plan_json(application.tenant_of(request).archive.file_plan()));
       }});
}

}  // namespace eakte::api
