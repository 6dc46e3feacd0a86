#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "api/config.h"
#include "api/service.h"

namespace eakte::api {

// The data directory: eakte.toml, service.lock, tenants/<name>/ (see archive/README.md for what lies in
// there).

std::filesystem::path tenant_directory(const std::filesystem::path& data, const std::string& tenant);
/// Names of the tenants, sorted. Throws Error when `data` is no data directory.
std::vector<std::string> tenant_names(const std::filesystem::path& data);
/// The tenant to use: the given one, else the configured default, else the first. Throws Error when there is
/// none.
std::string chosen_tenant(const std::filesystem::path& data, const Config& config, const std::string& given);

/// Held by the one process that processes intakes and writes the index of a data directory.
class ServiceLock {
public:
  /// Nothing when another process holds it. Throws Error when `data` is no data directory.
  static std::unique_ptr<ServiceLock> try_take(const std::filesystem::path& data);
  ~ServiceLock();
  ServiceLock(const ServiceLock&) = delete;
  ServiceLock& operator=(const ServiceLock&) = delete;

private:
  explicit ServiceLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

/// Opens all tenants without processing anything.
std::unique_ptr<Service> open_service(const std::filesystem::path& data, const Config& config);
/// Whether the end of each intake becomes a line of the log, as the service does (which also retrains the
/// type model); a command says it in its own output.
enum class LogIntakes { yes, no };
/// Starts workers and the processors of all tenants; the caller holds the service lock.
void start_processing(Service& service, const Config& config, LogIntakes log_intakes);

/// The path of this very program, for starting it once more.
std::string program_path();
/// The path of the program that reads foreign bytes, beside this one. Throws Error when it is missing.
std::string worker_path();

}  // namespace eakte::api
