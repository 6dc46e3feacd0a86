#pragma once
#include <memory>
#include <string>

#include "api/config.h"
#include "api/service.h"
#include "ingest/destruction_run.h"

namespace eakte::api {

/// How destructions of a tenant are executed today, by the configuration.
ingest::DestructionRunOptions destruction_options(const Config& config, const std::string& tenant,
                                                  const std::string& actor);

/// Begins again, from the logs, what a restored backup of a tenant does not know to be destroyed. The caller
/// holds the service lock, and nothing is being processed yet.
void apply_destruction_logs(Tenant& tenant, const Config& config);

/// Executes, at the start of a service and every hour, what is approved and out of quarantine, and goes on
/// with what was cut short. On a thread of its own until destroyed; a destruction that has begun is waited
/// for unless the process is killed.
class DestructionDuty {
public:
  DestructionDuty(Service& service, const Config& config);
  ~DestructionDuty();
  DestructionDuty(const DestructionDuty&) = delete;
  DestructionDuty& operator=(const DestructionDuty&) = delete;

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eakte::api
