#include "ingest/worker/package_job.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "archive/package.h"
#include "ingest/error.h"
#include "ingest/worker/channel.h"

namespace eakte::ingest {
namespace {

constexpr std::size_t written_at_once = std::size_t{1} << 20U;

}  // namespace

std::string read_package_job(const std::vector<int>& descriptors) {
  try {
    // The directory as it was opened, whatever its name leads to now.
    const archive::CheckedPackage checked =
        archive::check_package(fmt::format("/proc/self/fd/{}", descriptors.at(0)));
    std::string pending;
    archive::read_package(checked, [&](std::string_view line) {
      pending.append(line);
      pending += '\n';
      if (pending.size() < written_at_once) return;
      write_all(descriptors.at(1), pending);
      pending.clear();
    });
    write_all(descriptors.at(1), pending);
    return nlohmann::json{{"name", checked.name},
                          {"tenant", checked.tenant},
                          {"folder", checked.folder},
                          {"at", checked.at},
                          {"schema", checked.schema},
                          {"manifest_sha256", checked.manifest_sha256},
                          {"file_plan", checked.file_plan_yaml}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  } catch (const archive::Forbidden& forbidden) {
    throw Refused(forbidden.code, forbidden.what());
  } catch (const archive::StorageFailure&) {
    throw;
  } catch (const archive::Error& error) {
    throw Refused("package_damaged", error.what());
  }
}

}  // namespace eakte::ingest
