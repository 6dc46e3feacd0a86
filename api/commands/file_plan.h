#pragma once
#include <filesystem>
#include <string>

#include "api/commands/commands.h"

namespace eakte::api {

// The subcommands of the file plan.

struct PlanOptions : DataOptions {
  std::filesystem::path file;
  std::string format;            ///< "yaml", "csv", "xdomea"; empty: as the file looks, YAML when written
  std::filesystem::path output;  ///< empty: standard output
  std::string entry;             ///< show: only this entry and those below it
};
int run_plan_check(const PlanOptions& options);  ///< 1 when something is wrong
int run_plan_show(const PlanOptions& options);
int run_plan_export(const PlanOptions& options);

}  // namespace eakte::api
