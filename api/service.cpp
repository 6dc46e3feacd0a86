#include "api/service.h"

namespace eakte::api {

Tenant::Tenant(const std::filesystem::path& directory)
    : name(directory.filename().string()), archive(directory), queue(archive), index(directory / "index") {}

Tenant& Service::tenant(std::string_view name) {
  const auto found = tenants.find(name.empty() ? std::string_view(default_tenant) : name);
  if (found == tenants.end()) throw archive::NotFound("there is no tenant of that name");
  return *found->second;
}

}  // namespace eakte::api
