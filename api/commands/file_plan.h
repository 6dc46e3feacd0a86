#pragma once
#include <filesystem>
#include <string>

#include "api/commands/commands.h"

namespace eakte::api {

// The subcommands of the file plan.

struct PlanOptions : DataOptions {
  std::filesystem::path file;
  std::string format;             ///< "yaml", "csv", "xdomea"; empty: as the file looks, YAML when written
  std::filesystem::path output;   ///< empty: standard output
  std::string entry;              ///< show: only this entry and those below it
  std::filesystem::path receipt;  ///< import: where the receipt (xdomea 0302) goes; empty: none
  std::string reason;             ///< import, release, reject
  std::string proposal;           ///< release, reject, preview of a proposal
  std::string version;            ///< diff: from this version; empty: the one in force
  std::string other;              ///< diff: to this version
  std::string on;                 ///< the day the question is asked for; empty: today
  bool preview = false;           ///< import: only say what it would do
};
int run_plan_check(const PlanOptions& options);  ///< 1 when something is wrong
int run_plan_show(const PlanOptions& options);
int run_plan_export(const PlanOptions& options);
int run_plan_import(const PlanOptions& options);
int run_plan_versions(const PlanOptions& options);
int run_plan_diff(const PlanOptions& options);
int run_plan_release(const PlanOptions& options);
int run_plan_reject(const PlanOptions& options);

}  // namespace eakte::api
