#pragma once
#include <CLI/CLI.hpp>

#include "api/commands/file_plan.h"
#include "api/commands/records.h"
#include "api/commands/structure.h"

namespace eakte::api {

/// The options of all records subcommands; whichever was called is looked at.
struct RecordsOptions {
  AccountOptions account;
  FolderOptions folder;
  CaseOptions one_case;
  HoldOptions hold;
  DueOptions due;
  DataOptions years;
  PlanOptions plan;
  StructureOptions structure;
};

/// Adds --as and --password-file to a command that changes something; see acting_person in actor.h.
CLI::App& add_actor_options(CLI::App& command, DataOptions& options);

/// Adds `fileplan` and its subcommands.
void add_file_plan_commands(CLI::App& app, PlanOptions& options, int& status);

/// Adds to `folder` and `case` what rebuilds them, and `relation` and `draft`.
void add_structure_commands(CLI::App& app, StructureOptions& options, int& status);

/// Adds `account`, `fileplan`, `folder`, `case`, `hold` and `retention` with their subcommands. `options` and
/// `status` must outlive `app`; the called one's exit status goes into `status`.
void add_records_commands(CLI::App& app, RecordsOptions& options, int& status);

}  // namespace eakte::api
