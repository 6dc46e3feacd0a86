#pragma once
#include <string>
#include <vector>

#include "api/commands/commands.h"

namespace CLI {
class App;
}

namespace eakte::api {

// The part of `eakte dispose` that destroys: permissions, proposal, approval, execution, records. Folders are
// named by reference or id, destructions by id or by their folder.

struct DestructionOptions : DataOptions {
  std::vector<std::string> names;
  std::string number;
  std::string issued_on;
  std::string valid_until;
  std::vector<std::string> plan_entries;
  std::string reason;
  std::string state;
  bool all = false;
  std::filesystem::path file;
};
int run_permission_add(const DestructionOptions& options);
int run_permission_revoke(const DestructionOptions& options);
int run_permission_list(const DestructionOptions& options);
int run_dispose_propose(const DestructionOptions& options);
int run_dispose_approve(const DestructionOptions& options);
int run_dispose_withdraw(const DestructionOptions& options);
int run_dispose_run(const DestructionOptions& options);
int run_dispose_list(const DestructionOptions& options);
int run_dispose_record(const DestructionOptions& options);
int run_dispose_replay(const DestructionOptions& options);

/// Adds them to the group `dispose`.
void add_destruction_commands(CLI::App& dispose, DestructionOptions& options, int& status);

}  // namespace eakte::api
