#include "api/service.h"

#include <string>

namespace eakte::api {

Tenant& Service::tenant(std::string_view name) {
  const auto found = tenants.find(name.empty() ? std::string_view(default_tenant) : name);
  if (found == tenants.end()) throw archive::NotFound("there is no tenant of that name");
  return *found->second;
}

}  // namespace eakte::api
