#pragma once
#include <CLI/CLI.hpp>

#include "api/commands/commands.h"

namespace eakte::api {

struct ExportOptions : DataOptions {
  std::string folder;  ///< reference or id
  bool all = false;
  bool with_drafts = false;
  std::filesystem::path target;
  std::string at;  ///< instant the package bears; empty: now
};
int run_export(const ExportOptions& options);

struct ImportOptions : DataOptions {
  std::filesystem::path package;
  bool only_check = false;
};
int run_import(const ImportOptions& options);

struct PackagesOptions {
  ExportOptions exported;
  ImportOptions imported;
};

/// Adds `export` and `import`. `options` and `status` must outlive `app`.
void add_package_commands(CLI::App& app, PackagesOptions& options, int& status);

}  // namespace eakte::api
