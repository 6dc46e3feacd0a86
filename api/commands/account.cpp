#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <vector>

#include "api/account_shape.h"
#include "api/commands/actor.h"
#include "api/commands/json_line.h"
#include "api/commands/opened_archive.h"
#include "api/commands/records.h"
#include "api/data_directory.h"
#include "api/error.h"
#include "archive/sessions.h"

namespace eakte::api {
namespace {

using archive::Account;
using archive::Role;

int waiting_days(const DataOptions& options) {
  const Config config = read_config(options.data / "eakte.toml");
  return waiting_days_of(config, chosen_tenant(options.data, config, options.tenant));
}

std::vector<Role> roles_from(const std::vector<std::string>& names) {
  std::vector<Role> roles;
  for (const std::string& name : names) {
    const auto role = archive::role_from(name);
    if (!role)
      throw Error(fmt::format(
          "Die Rolle {} gibt es nicht; es gibt clerk, records_manager, auditor, administrator.", name));
    roles.push_back(*role);
  }
  return roles;
}

/// Whoever may run commands on the data directory could also change its files: the machine's operator may set
/// up accounts, and the audit trail says that it was "cli".
std::string operator_or_administrator(archive::Archive& archive, const AccountOptions& options) {
  return options.as.empty() ? "cli" : acting_person(archive, options, {Role::administrator});
}

void print(const Account& account, OutputForm form) {
  const bool unconfirmed = account.unconfirmed(archive::now_utc());
  std::vector<std::string_view> names;
  std::vector<std::string_view> german;
  for (const Role role : account.roles) {
    names.push_back(archive::name_of(role));
    german.push_back(archive::german_name_of(role));
  }
  if (form == OutputForm::json) {
    nlohmann::ordered_json line{{"account", account.id.text},
                                {"name", account.name},
                                {"display_name", account.display_name},
                                {"roles", names}};
    line.update(account_standing_json(account));
    print_json(line);
  } else {
    fmt::print("{}  {}  ({}){}{}{}\n", account.name, account.display_name, fmt::join(german, ", "),
               account.disabled ? "  GESPERRT" : "",
               account.must_change_password() ? "  muss das Passwort noch ändern" : "",
               unconfirmed ? fmt::format("  zählt bei Entscheidungen zu zweit ab {}, eher mit Bestätigung",
                                         account.counts_from.substr(0, 10))
                           : "");
  }
}

}  // namespace

int run_account_add(const AccountOptions& options) {
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  const std::string actor = operator_or_administrator(archive, options);
  const std::vector<Role> roles = roles_from(options.roles);
  print(archive::add_account(archive,
                             {.name = options.name,
                              .display_name = options.display_name,
                              .roles = roles,
                              .password = new_password_from(options.new_password_file, options.name)},
                             actor, {}, waiting_days(options)),
        options.form);
  return 0;
}

int run_account_list(const AccountOptions& options) {
  const ChosenArchive opened(options);
  const archive::Archive& archive = opened.archive;
  for (const Account& account : archive::accounts(archive)) print(account, options.form);
  return 0;
}

int run_account_roles(const AccountOptions& options) {
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  const std::string actor = operator_or_administrator(archive, options);
  print(archive::set_roles(archive, options.name, roles_from(options.roles), actor), options.form);
  return 0;
}

int run_account_password(const AccountOptions& options) {
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  if (options.as == options.name) {
    const std::string before =
        password_from(options.password_file, fmt::format("Passwort von {}", options.as));
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    archive::change_password(archive, options.name, before,
                             new_password_from(options.new_password_file, options.name), now, "cli");
    return 0;
  }
  const std::string actor = operator_or_administrator(archive, options);
  archive::account_named(archive, options.name);
  archive::set_password(archive, options.name, new_password_from(options.new_password_file, options.name),
                        actor, {}, waiting_days(options));
  return 0;
}

int run_account_disable(const AccountOptions& options) {
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  const std::string actor = operator_or_administrator(archive, options);
  print(archive::set_disabled(archive, options.name, !options.enable, actor), options.form);
  return 0;
}

int run_account_confirm(const AccountOptions& options) {
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  const std::string actor = acting_person(archive, options, {Role::administrator, Role::records_manager});
  print(archive::confirm_account(archive, options.name, actor), options.form);
  return 0;
}

}  // namespace eakte::api
