#include <sys/statvfs.h>

#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>

#include "api/http/shapes.h"
#include "api/routes/routes.h"

namespace eakte::api {
namespace {

std::uint64_t free_bytes(const std::filesystem::path& directory) {
  struct statvfs file_system {};
  if (::statvfs(directory.c_str(), &file_system) != 0) {
    throw std::system_error(errno, std::generic_category(), "statvfs of " + directory.string());
  }
  return static_cast<std::uint64_t>(file_system.f_bavail) * file_system.f_frsize;
}

Response status(const Application& application, const Request& request) {
  using enum ingest::IntakeState;
  const Tenant& tenant = application.tenant_of(request);
  const auto counted = tenant.queue.counts();
  Json counts = Json::object();
  for (const auto state :
       {queued, working, filed, review, refused, quarantined, unpacked, split, withdrawn, duplicate}) {
    const auto found = counted.find(state);
    counts[std::string(ingest::name_of(state))] = found == counted.end() ? 0 : found->second;
  }
  return json_response({{"version", EAKTE_VERSION},
                        {"tenant", tenant.archive.tenant()},
                        {"counts", std::move(counts)},
                        {"archive_revision", tenant.archive.revision()},
                        {"index_revision", tenant.index.revision()},
                        {"free_bytes", free_bytes(tenant.archive.directory())}});
}

}  // namespace

void add_status_routes(Router& router, const Application& application) {
  router.add({.method = "GET", .pattern = "/api/v1/status", .handle = [&application](const Request& request) {
                return status(application, request);
              }});
}

}  // namespace eakte::api
