#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/accounts.h"
#include "archive/archive.h"
#include "archive/offers.h"
#include "index/search_index.h"
#include "ingest/intake_queue.h"
#include "ingest/processor.h"
#include "ingest/progress_feed.h"
#include "ingest/worker.h"

namespace eakte::api {

/// One tenant, opened: archive, queue and search view over one directory.
struct Tenant {
  explicit Tenant(const std::filesystem::path& directory);
  std::string name;
  archive::Archive archive;
  ingest::IntakeQueue queue;
  index::SearchIndex index;
  archive::DisposalParties disposal;
  std::string reference_template = "{plan}-{number:04}/{year}";  ///< of new folders (folder_structure.h)
  int quarantine_days = 30;                      ///< between the approval of a destruction and its execution
  int waiting_days = archive::default_waiting_days;  ///< of an account whose password somebody else gave out
  std::unique_ptr<ingest::Processor> processor;  ///< only in the process that holds the service lock
};

/// The tenants of a data directory with what they share. Built in main, passed by reference.
struct Service {
  std::filesystem::path data;
  ingest::ProgressFeed progress;
  std::unique_ptr<ingest::WorkerPool> workers;
  std::map<std::string, std::unique_ptr<Tenant>, std::less<>> tenants;
  std::string default_tenant;

  /// The tenant of that name, the default one for "". Throws archive::NotFound.
  Tenant& tenant(std::string_view name);
};

}  // namespace eakte::api
