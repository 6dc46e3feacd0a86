#include "api/routes/routes.h"

namespace eakte::api {

void add_web_routes(Router& router, const Application& application) {
  router.add({.method = "GET", .pattern = "", .handle = [&application](const Request& request) {
                return application.page.get(request);
              }});
}

}  // namespace eakte::api
