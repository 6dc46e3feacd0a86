#pragma once
#include <initializer_list>
#include <string>

#include "api/commands/commands.h"
#include "api/reader.h"
#include "archive/accounts.h"

namespace eakte::api {

/// The actor of a changing command. With --as: that account, after its password was asked for, when it has
/// one of the roles. Without --as: "cli" while the tenant has no accounts; with accounts somebody has to say
/// who they are. Throws Error, archive::Forbidden (login_failed, login_delayed,
/// password_to_change, role_missing).
std::string acting_person(archive::Archive& archive, const DataOptions& options,
                          std::initializer_list<archive::Role> any_of);

/// A password from the first line of a file ("-": standard input), else from the terminal without echo; never
/// from the arguments, which everybody on the machine can see. Throws Error.
std::string password_from(const std::filesystem::path& file, const std::string& prompt);
/// A new password, typed twice at the terminal.
std::string new_password_from(const std::filesystem::path& file, const std::string& name);

/// Who reads with a command: with --as that account, after its password; else "cli", who sees what nobody is
/// kept from. Throws as acting_person.
Reader command_reader(archive::Archive& archive, const DataOptions& options);

}  // namespace eakte::api
