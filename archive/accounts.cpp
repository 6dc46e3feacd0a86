#include "archive/accounts.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "archive/accounts/account_rows.h"
#include "archive/accounts/password_hash.h"

namespace eakte::archive {
namespace {

constexpr std::array<std::string_view, 4> role_names{"clerk", "records_manager", "auditor", "administrator"};
constexpr std::array<std::string_view, 4> german_role_names{"Sachbearbeitung", "Schriftgutverwaltung",
                                                            "Revision", "Systemverwaltung"};
constexpr std::string_view columns =
    "id, name, display_name, roles, disabled, password_hash, created_at, created_by, changed_at, changed_by, "
    "password_by, password_issuer, counts_from, confirmed_by";
constexpr std::size_t most_display_bytes = 200;

bool is_account_name(std::string_view name) {
  constexpr auto reserved = std::to_array<std::string_view>({"system", "cli", "web", "unknown"});
  const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto fits = [&](char c) {
    return small(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return name.size() >= 2 && name.size() <= 40 && small(name.front()) && std::ranges::all_of(name, fits) &&
         std::ranges::find(reserved, name) == reserved.end();
}

bool is_display_name(std::string_view name) {
  const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  return !name.empty() && name.size() <= most_display_bytes && std::ranges::none_of(name, control);
}

std::vector<Role> in_order(std::vector<Role> roles) {
  if (roles.empty()) throw Forbidden("account_roles", "an account has at least one role");
  std::ranges::sort(roles);
  roles.erase(std::ranges::unique(roles).begin(), roles.end());
  return roles;
}

std::string roles_json(const std::vector<Role>& roles) {
  std::vector<std::string> names;
  for (const Role role : roles) names.push_back(fmt::format("\"{}\"", name_of(role)));
  return fmt::format("[{}]", fmt::join(names, ","));
}

StoredAccount required(Connection& connection, const std::string& name) {
  auto found = load_account(connection, name);
  if (!found) throw NotFound("there is no account of that name");
  return *std::move(found);
}

/// Somebody must stay who can give and take rights.
void require_other_administrator(Connection& connection, const Account& leaving) {
  for (const Row& row :
       connection.query(fmt::format("SELECT {} FROM account WHERE disabled = 0 AND id <> ?", columns),
                        {leaving.id.text})) {
    if (account_from(row).has(Role::administrator)) return;
  }
  throw Forbidden("last_administrator", fmt::format("{} is the last administrator", leaving.name));
}

/// Somebody else gives out a password: until then the account is not one of two people.
std::string end_of_waiting(int days) {
  if (days < 0) throw Error("an account waits for no negative number of days");
  const auto end =
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now() + std::chrono::days(days));
  return fmt::format("{:%FT%T}.000Z", end);
}

/// Whether a password was chosen by the account's own person.
void note_issuer(Account& account, const std::string& actor, int waiting_days) {
  if (actor == account.name) return;
  account.password_issuer = actor;
  account.counts_from = end_of_waiting(waiting_days);
  account.confirmed_by.clear();
}

void mark_changed(Connection& connection, Account& account, const std::string& actor) {
  account.changed_at = now_utc();
  account.changed_by = actor;
  connection.execute("UPDATE account SET changed_at = ?, changed_by = ? WHERE id = ?",
                     {account.changed_at, actor, account.id.text});
}

}  // namespace

std::string_view name_of(Role role) { return role_names.at(static_cast<std::size_t>(role)); }

std::string_view german_name_of(Role role) { return german_role_names.at(static_cast<std::size_t>(role)); }

std::optional<Role> role_from(std::string_view name) {
  const auto* const found = std::ranges::find(role_names, name);
  if (found == role_names.end()) return std::nullopt;
  return static_cast<Role>(found - role_names.begin());
}

bool Account::has(Role role) const { return std::ranges::find(roles, role) != roles.end(); }

std::string roles_text(const std::vector<Role>& roles) {
  std::vector<std::string_view> names;
  for (const Role role : roles) names.push_back(name_of(role));
  return fmt::format("{}", fmt::join(names, " "));
}

Account account_from(const Row& row) {
  Account account{.id = {row.text("id")},
                  .name = row.text("name"),
                  .display_name = row.text("display_name"),
                  .roles = {},
                  .disabled = row.integer("disabled") != 0,
                  .created_at = row.text("created_at"),
                  .created_by = row.text("created_by"),
                  .changed_at = row.text("changed_at"),
                  .changed_by = row.text("changed_by"),
                  .password_by = row.text("password_by"),
                  .password_issuer = row.text("password_issuer"),
                  .counts_from = row.text("counts_from"),
                  .confirmed_by = row.text("confirmed_by")};
  std::istringstream names(row.text("roles"));
  for (std::string name; names >> name;) {
    const auto role = role_from(name);
    if (!role) throw Error(fmt::format("account {} has an unknown role", account.id.text));
    account.roles.push_back(*role);
  }
  return account;
}

std::optional<StoredAccount> load_account(Connection& connection, const std::string& name) {
  const Rows rows = connection.query(fmt::format("SELECT {} FROM account WHERE name = ?", columns), {name});
  if (rows.empty()) return std::nullopt;
  return StoredAccount{account_from(rows[0]), rows[0].text("password_hash")};
}

void end_sessions(Connection& connection, const AccountId& id) {
  connection.execute("DELETE FROM session WHERE account = ?", {id.text});
}

bool has_accounts(const Archive& archive) {
  return !archive.database().query("SELECT 1 FROM account LIMIT 1").empty();
}

Account add_account(Archive& archive, const NewAccount& given, const std::string& actor,
                    const PasswordCost& cost, int waiting_days) {
  if (!is_account_name(given.name)) throw Forbidden("account_name", "this is no name for an account");
  if (!is_display_name(given.display_name))
    throw Forbidden("account_display_name", "this is no name to show for an account");
  require_fit_password(given.password, given.name);
  const std::string now = now_utc();
  Account account{.id = {new_id_text()},
                  .name = given.name,
                  .display_name = given.display_name,
                  .roles = in_order(given.roles),
                  .created_at = now,
                  .created_by = actor,
                  .changed_at = now,
                  .changed_by = actor,
                  .password_by = actor,
                  .password_issuer = {},
                  .counts_from = {},
                  .confirmed_by = {}};
  const std::string hash = hash_password(given.password, cost);
  archive.database().write([&](Connection& connection) {
    if (load_account(connection, account.name))
      throw Forbidden("account_exists", "there is an account of that name already");
    const bool first = connection.query("SELECT 1 FROM account LIMIT 1").empty();
    if (first && !account.has(Role::administrator))
      throw Forbidden("first_administrator", "the first account is an administrator");
    // Nobody else is there yet who could know the first one's password.
    account.password_by = first ? account.name : actor;
    note_issuer(account, account.password_by, waiting_days);
    connection.execute(
        fmt::format("INSERT INTO account({}) VALUES(?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, '')", columns),
        {account.id.text, account.name, account.display_name, roles_text(account.roles), hash,
         account.created_at, actor, account.changed_at, actor, account.password_by, account.password_issuer,
         account.counts_from});
    append_audit_entry(
        connection, {actor, "account.added", account.id.text,
                     fmt::format(R"({{"name":"{}","roles":{}}})", account.name, roles_json(account.roles))});
  });
  return account;
}

Account account_named(const Archive& archive, const std::string& name) {
  std::optional<Account> found;
  archive.database().read([&](Connection& connection) { found = required(connection, name).account; });
  return *std::move(found);
}

std::vector<Account> accounts(const Archive& archive) {
  std::vector<Account> all;
  for (const Row& row :
       archive.database().query(fmt::format("SELECT {} FROM account ORDER BY name", columns)))
    all.push_back(account_from(row));
  return all;
}

Account set_roles(Archive& archive, const std::string& name, const std::vector<Role>& roles,
                  const std::string& actor) {
  if (name == actor) throw Forbidden("own_roles", "nobody changes the own roles");
  const std::vector<Role> wanted = in_order(roles);
  Account account;
  archive.database().write([&](Connection& connection) {
    account = required(connection, name).account;
    if (account.roles == wanted) return;
    const std::string before = roles_json(account.roles);
    const bool was_administrator = account.has(Role::administrator) && !account.disabled;
    account.roles = wanted;
    if (was_administrator && !account.has(Role::administrator))
      require_other_administrator(connection, account);
    connection.execute("UPDATE account SET roles = ? WHERE id = ?", {roles_text(wanted), account.id.text});
    mark_changed(connection, account, actor);
    append_audit_entry(connection,
                       {actor, "account.roles", account.id.text,
                        fmt::format(R"({{"before":{},"after":{}}})", before, roles_json(wanted))});
  });
  return account;
}

Account set_disabled(Archive& archive, const std::string& name, bool disabled, const std::string& actor) {
  Account account;
  archive.database().write([&](Connection& connection) {
    account = required(connection, name).account;
    if (account.disabled == disabled) return;
    if (disabled && account.has(Role::administrator)) require_other_administrator(connection, account);
    account.disabled = disabled;
    connection.execute("UPDATE account SET disabled = ? WHERE id = ?",
                       {std::int64_t{disabled ? 1 : 0}, account.id.text});
    mark_changed(connection, account, actor);
    end_sessions(connection, account.id);
    append_audit_entry(connection,
                       {actor, disabled ? "account.disabled" : "account.enabled", account.id.text, {}});
  });
  return account;
}

void set_password(Archive& archive, const std::string& name, const std::string& password,
                  const std::string& actor, const PasswordCost& cost, int waiting_days) {
  require_fit_password(password, name);
  account_named(archive, name);
  const std::string hash = hash_password(password, cost);
  archive.database().write([&](Connection& connection) {
    Account account = required(connection, name).account;
    note_issuer(account, actor, waiting_days);
    connection.execute(
        "UPDATE account SET password_hash = ?, password_by = ?, password_issuer = ?, counts_from = ?, "
        "confirmed_by = ? WHERE id = ?",
        {hash, actor, account.password_issuer, account.counts_from, account.confirmed_by, account.id.text});
    mark_changed(connection, account, actor);
    end_sessions(connection, account.id);
    append_audit_entry(connection, {actor, "account.password", account.id.text, {}});
  });
}

Account confirm_account(Archive& archive, const std::string& name, const std::string& actor) {
  Account account;
  archive.database().write([&](Connection& connection) {
    account = required(connection, name).account;
    const std::string now = now_utc();
    const auto confirming = load_account(connection, actor);
    if (!confirming || confirming->account.disabled)
      throw Forbidden("account_needed", "a person with an account confirms another one");
    if (!confirming->account.has(Role::administrator) && !confirming->account.has(Role::records_manager))
      throw Forbidden("role_missing", fmt::format("{} may not confirm accounts", actor));
    if (!account.unconfirmed(now)) throw Forbidden("account_counts", "the account needs no confirmation");
    if (actor == name || actor == account.password_issuer)
      throw Forbidden("same_person", fmt::format("{} cannot confirm the account {}", actor, name));
    if (confirming->account.unconfirmed(now))
      throw Forbidden("account_unconfirmed", fmt::format("the account {} waits itself", actor));
    if (account.must_change_password())
      throw Forbidden("password_still_given", "the person has not chosen an own password yet");
    account.counts_from = now;
    account.confirmed_by = actor;
    connection.execute("UPDATE account SET counts_from = ?, confirmed_by = ? WHERE id = ?",
                       {now, actor, account.id.text});
    mark_changed(connection, account, actor);
    append_audit_entry(connection, {actor, "account.confirmed", account.id.text, {}});
  });
  return account;
}

void require_role(Connection& connection, const std::string& actor, Role role) {
  const auto found = load_account(connection, actor);
  if (!found || found->account.disabled)
    throw Forbidden("account_needed", "this is done by a person with an account only");
  if (!found->account.has(role))
    throw Forbidden("role_missing", fmt::format("{} does not have the role {}", actor, name_of(role)));
}

void require_role(const Archive& archive, const std::string& actor, Role role) {
  archive.database().read([&](Connection& connection) { require_role(connection, actor, role); });
}

void require_second_person(Connection& connection, const std::string& first, const std::string& second,
                           Role role) {
  require_role(connection, second, role);
  if (const auto code = why_not_two_people(connection, first, second))
    throw Forbidden(*code, fmt::format("{} cannot be the second person beside {}", second, first));
}

std::optional<std::string> why_not_two_people(Connection& connection, const std::string& first,
                                              const std::string& second) {
  if (first == second) return "same_person";
  const auto one = load_account(connection, first);
  const auto other = load_account(connection, second);
  const bool known =
      (one && one->account.password_by == second) || (other && other->account.password_by == first);
  if (known) return "password_of_other";
  const std::string now = now_utc();
  const bool waiting = (one && one->account.unconfirmed(now)) || (other && other->account.unconfirmed(now));
  return waiting ? std::optional<std::string>("account_unconfirmed") : std::nullopt;
}

void record_denial(Archive& archive, const std::string& actor, const std::string& what,
                   const std::string& subject) {
  archive.database().write([&](Connection& connection) {
    append_audit_entry(connection,
                       {actor, "access.denied", subject, fmt::format(R"({{"what":"{}"}})", what)});
  });
}

}  // namespace eakte::archive
