#pragma once
#include <filesystem>
#include <string>

#include "api/error.h"
#include "ingest/processor.h"
#include "ingest/watched_directory.h"
#include "ingest/worker.h"

namespace eakte::api {

/// Everything that can be set, with the defaults in force; read from `eakte.toml` in the data directory.
struct Config {
  std::string listen = "127.0.0.1:8080";
  std::string default_tenant;                ///< empty: the first by name
  std::string upload_languages = "deu+eng";  ///< of files that are uploaded or given to `eakte ingest`
  std::uint64_t max_upload_bytes = 2'147'483'648;
  ingest::WorkerOptions worker;
  ingest::ProcessorOptions processor;
  ingest::WatchedDirectoryOptions inbox;
};

/// Reads the file; one that is not there gives the defaults. An unknown key, a wrong type or an impossible
/// value throws Error naming file, line and key.
Config read_config(const std::filesystem::path& file);

}  // namespace eakte::api
