#pragma once
#include <string>
#include <vector>

#include "api/commands/commands.h"

namespace CLI {
class App;
}

namespace eakte::api {

// `eakte dispose`: disposal with the archive. Folders are named by reference or id; days are ISO dates, empty
// for today.

struct DisposeOptions : DataOptions {
  std::vector<std::string> names;  ///< folders, or one process
  std::string process;
  std::string plan_entry;
  bool all_due = false;
  std::string on;
  std::string decision;
  std::string source;
  std::string decided_on;
  bool by_plan = false;
  std::filesystem::path file;
  bool only_show = false;
  std::string message;  ///< "0503"
  std::string reason;
  std::string received_by;
  std::string protocol;
};
int run_dispose_offer(const DisposeOptions& options);
int run_dispose_transfer(const DisposeOptions& options);
int run_dispose_appraise(const DisposeOptions& options);
int run_dispose_hand_over_paper(const DisposeOptions& options);
int run_dispose_withdraw_offer(const DisposeOptions& options);
int run_dispose_plan(const DisposeOptions& options);
int run_dispose_read(const DisposeOptions& options);
int run_dispose_status(const DisposeOptions& options);
int run_dispose_get(const DisposeOptions& options);

/// Adds `dispose` and its subcommands; `options` is where they put what was given.
CLI::App& add_dispose_commands(CLI::App& app, DisposeOptions& options, int& status);

}  // namespace eakte::api
