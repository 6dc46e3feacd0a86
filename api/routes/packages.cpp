#include <fmt/format.h>

#include "api/http/disposition.h"
#include "api/http/problem.h"
#include "api/routes/routes.h"
#include "archive/package_zip.h"

namespace eakte::api {
namespace {

/// A GET, so that a browser writes it to the disk as it comes; it changes nothing but the audit trail.
Response package_of(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  if (!archive::is_id(request.captures.at(0))) throw not_found();
  const archive::FolderId folder{request.captures.at(0)};
  archive::PackageOptions options;
  options.folder = folder;
  options.with_drafts = request.parameter("drafts") == "yes";
  options.program = fmt::format("eakte {}", EAKTE_VERSION);
  archive::OpenObject zip = archive::export_package_zip(tenant.archive, tenant.archive.directory() / "work",
                                                        options, actor_of(request));
  Response response;
  response.headers = {
      {"Content-Type", "application/zip"},
      {"Content-Disposition", content_disposition(Disposition::attachment,
                                                  fmt::format("eakte-{}-{}.zip", tenant.name, folder.text))},
      {"Cache-Control", "private, no-store"}};
  const std::uint64_t size = zip.size();
  response.body = ObjectPart{std::move(zip), 0, size};
  return response;
}

}  // namespace

void add_package_routes(Router& router, const Application& application) {
  router.add({.method = "GET",
              .pattern = "/api/v1/folders/{}/package",
              .handle = [&application](const Request& request) { return package_of(application, request); },
              .lane = Lane::slow});
}

}  // namespace eakte::api
