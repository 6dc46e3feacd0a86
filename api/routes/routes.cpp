#include "api/routes/routes.h"

#include "api/http/problem.h"

namespace eakte::api {

archive::Document document_of(const Tenant& tenant, const Request& request) {
  const std::string& id = request.captures.at(0);
  if (!archive::is_id(id)) throw not_found();
  return tenant.archive.document({id});
}

ingest::Intake intake_of(const Tenant& tenant, const Request& request) {
  const std::string& id = request.captures.at(0);
  if (!archive::is_id(id)) throw not_found();
  return tenant.queue.intake({id});
}

}  // namespace eakte::api
