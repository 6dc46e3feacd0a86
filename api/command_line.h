#pragma once

namespace eakte::api {

/// Everything `eakte` can be asked on the command line; returns the exit status: 0 only if all went well, 1
/// when something was refused or failed, 2 when the command itself makes no sense.
int run_command_line(int count, char** arguments);

}  // namespace eakte::api
