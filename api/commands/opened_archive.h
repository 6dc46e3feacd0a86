#pragma once
#include <memory>
#include <string>

#include "api/commands/commands.h"
#include "api/config.h"
#include "api/service.h"

namespace eakte::api {

/// Configuration and archive of the chosen tenant, for what the search need not follow.
class ChosenArchive {
public:
  explicit ChosenArchive(const DataOptions& options);

  // As those of OpenedArchive.
  std::string clerk();
  std::string records_manager();

private:
  DataOptions options_;

public:
  const Config config;
  archive::Archive archive;
};

/// The archive a records command is about, with who does it and what follows a change.
class OpenedArchive {
public:
  explicit OpenedArchive(const DataOptions& options);

  /// Who does it: clerks and records managers keep folders. Throws as acting_person (actor.h).
  std::string clerk();
  /// File plan, holds and what disposal depends on.
  std::string records_manager();

  const Config& config() const { return config_; }
  const archive::DisposalParties& parties() const { return tenant_.disposal; }
  bool on_trial() const { return is_on_trial(config_, tenant_.name); }

  /// Lets the search follow a change: a running service does so at the signal, else it is done here.
  void changed();
  /// Ends destructions that have begun; a running service does so within the hour.
  void finish_destructions(const std::string& actor);

private:
  DataOptions options_;
  Config config_;
  std::unique_ptr<Service> service_;
  Tenant& tenant_;

public:
  archive::Archive& archive;
};

}  // namespace eakte::api
