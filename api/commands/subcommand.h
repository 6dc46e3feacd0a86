#pragma once
#include <CLI/CLI.hpp>
#include <type_traits>

#include "api/commands/commands.h"

namespace eakte::api {

/// A subcommand below a group with the options all of them have; the data directory only where it is about
/// one. `run` gives the exit status. `options` and `status` must outlive `group`.
template <class Options>
CLI::App& subcommand(CLI::App& group, const char* name, const char* help, Options& options, int& status,
                     int (*run)(const Options&)) {
  CLI::App& command = *group.add_subcommand(name, help);
  if constexpr (std::is_base_of_v<DataOptions, Options>) {
    command.add_option("--data", options.data, "Datenverzeichnis")->required();
    command.add_option("--tenant", options.tenant, "Mandant (sonst der erste)");
  }
  command.add_flag_callback(
      "--json", [&options] { options.form = OutputForm::json; }, "Ein JSON-Objekt je Zeile ausgeben");
  command.callback([&options, &status, run] { status = run(options); });
  return command;
}

/// A command that only holds others; one of them must be given.
inline CLI::App& group(CLI::App& app, const char* name, const char* help) {
  CLI::App& made = *app.add_subcommand(name, help);
  made.require_subcommand(1);
  return made;
}

}  // namespace eakte::api
