#include "api/routes/routes.h"

namespace eakte::api {

void add_event_routes(Router& router, const Application& application) {
  router.add({.method = "GET", .pattern = "/api/v1/events", .handle = [&application](const Request& request) {
                Response response;
                response.headers = {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}};
                response.body = EventStream{application.tenant_of(request).name, request.session};
                return response;
              }});
}

}  // namespace eakte::api
