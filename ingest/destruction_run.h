#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "archive/destruction_steps.h"
#include "index/search_index.h"

namespace eakte::ingest {

struct DestructionRunOptions {
  archive::Date today{};
  std::string actor = "system";
  std::vector<std::filesystem::path> log_copies;  ///< further logs of destructions, outside of the directory
  int backups_kept_days = 0;                      ///< for the record; 0: not known
  archive::StepReached reached = [](std::string_view) {};
};

struct DestructionRunReport {
  archive::BegunDestructions begun;
  int resumed = 0;  ///< begun by an earlier run that was cut short, or applied again from a log
  int done = 0;
};

/// Executes what is approved and out of quarantine, and what an earlier run has not ended. Only the process
/// that holds the service lock may call it, one thread at a time. Killed at any point, the next call goes on
/// where it was. Cheap when there is nothing to do.
DestructionRunReport run_destructions(archive::Archive& archive, index::SearchIndex& index,
                                      const DestructionRunOptions& options);

/// Only the second half: ends what has begun, such as the deletion of drafts, and begins nothing. As above.
/// Returns how many it ended.
int finish_destructions(archive::Archive& archive, index::SearchIndex& index,
                        const DestructionRunOptions& options);

/// Begins again what the logs tell of and a restored backup does not know; run_destructions ends it. To be
/// called before intakes are worked on. Returns how many. Throws archive::Error when a log is damaged or of
/// another tenant.
int apply_destruction_logs(archive::Archive& archive, const std::vector<std::filesystem::path>& logs,
                           const std::string& actor);

}  // namespace eakte::ingest
