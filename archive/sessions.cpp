#include "archive/sessions.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/accounts/account_rows.h"
#include "archive/accounts/password_hash.h"
#include "archive/object_store.h"

namespace eakte::archive {
namespace {

using std::chrono::seconds;

constexpr std::int64_t free_attempts = 3;
/// Failures of names nobody has are forgotten, so that the table stays small.
constexpr seconds forgotten_after = std::chrono::hours(1);
/// A session is not written at each request.
constexpr seconds noted_every = std::chrono::minutes(5);
constexpr std::size_t token_bytes = 32;

std::int64_t number(Instant instant) { return instant.time_since_epoch().count(); }

seconds delay_after(std::int64_t failures) {
  if (failures <= free_attempts) return seconds(0);
  const std::int64_t doublings = std::min<std::int64_t>(failures - free_attempts, 20);
  return std::min<seconds>(seconds(std::int64_t{1} << doublings), longest_delay);
}

/// Counts the attempt as failed before the password is looked at, so that guesses sent at once do not escape
/// the delay. Throws Forbidden while a delay lasts.
void begin_attempt(Connection& connection, const std::string& key, Instant now) {
  connection.execute("DELETE FROM login_attempts WHERE last_at < ? AND delayed_until < ?",
                     {number(now - forgotten_after), number(now)});
  const Rows before =
      connection.query("SELECT failures, delayed_until FROM login_attempts WHERE name_sha256 = ?", {key});
  if (!before.empty() && before[0].integer("delayed_until") > number(now))
    throw Forbidden("login_delayed", "after failed logins the next one has to wait");
  const std::int64_t failures = before.empty() ? 1 : before[0].integer("failures") + 1;
  connection.execute(
      "INSERT INTO login_attempts(name_sha256, failures, last_at, delayed_until) VALUES(?, ?, ?, ?) "
      "ON CONFLICT(name_sha256) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at, "
      "delayed_until = excluded.delayed_until",
      {key, failures, number(now), number(now + delay_after(failures))});
}

/// Looks the same amount of work for a name nobody has.
bool password_fits(const std::optional<StoredAccount>& stored, const std::string& password,
                   const PasswordCost& cost) {
  if (stored) return matches_password(stored->password_hash, password);
  hash_password(password, cost);
  return false;
}

void renew_hash(Connection& connection, const StoredAccount& stored, const std::string& hash) {
  // Only what was checked: a password changed meanwhile stays.
  connection.execute("UPDATE account SET password_hash = ? WHERE id = ? AND password_hash = ?",
                     {hash, stored.account.id.text, stored.password_hash});
}

Rows rows_in_force(const Archive& archive, const std::string& key, Instant now) {
  return archive.database().query(
      "SELECT account.id, name, display_name, roles, disabled, created_at, created_by, changed_at, "
      "changed_by, password_by, password_issuer, counts_from, confirmed_by, "
      "began_at, used_at FROM session JOIN account ON account.id = session.account "
      "WHERE token_sha256 = ? AND disabled = 0 AND began_at > ? AND used_at > ?",
      {key, number(now - session_longest), number(now - session_idle)});
}

}  // namespace

Account authenticate(Archive& archive, const std::string& name, const std::string& password, Instant now,
                     const std::string& channel, const PasswordCost& cost) {
  const std::string key = sha256_hex(name);
  std::optional<StoredAccount> stored;
  archive.database().write([&](Connection& connection) {
    begin_attempt(connection, key, now);
    stored = load_account(connection, name);
  });
  const bool fits = password_fits(stored, password, cost);
  if (!fits || stored->account.disabled) {
    archive.database().write([&](Connection& connection) {
      append_audit_entry(connection, {channel, "login.failed", stored ? stored->account.id.text : "",
                                      stored ? fmt::format(R"({{"name":"{}"}})", name) : ""});
    });
    throw Forbidden("login_failed", "name or password is wrong, or the account is disabled");
  }
  std::string new_hash;
  if (needs_new_hash(stored->password_hash, cost)) new_hash = hash_password(password, cost);
  archive.database().write([&](Connection& connection) {
    connection.execute("DELETE FROM login_attempts WHERE name_sha256 = ?", {key});
    if (!new_hash.empty()) renew_hash(connection, *stored, new_hash);
    append_audit_entry(connection, {name, "login.succeeded", stored->account.id.text,
                                    fmt::format(R"({{"channel":"{}"}})", channel)});
  });
  return stored->account;
}

NewSession log_in(Archive& archive, const std::string& name, const std::string& password, Instant now,
                  const std::string& channel, const PasswordCost& cost) {
  NewSession begun{{authenticate(archive, name, password, now, channel, cost), now + session_longest},
                   random_hex(token_bytes)};
  archive.database().write([&](Connection& connection) {
    connection.execute("DELETE FROM session WHERE began_at <= ? OR used_at <= ?",
                       {number(now - session_longest), number(now - session_idle)});
    // Not when the account was changed since its password was checked.
    const std::int64_t begins = connection.execute(
        "INSERT INTO session(token_sha256, account, began_at, used_at) SELECT ?, id, ?, ? FROM account WHERE "
        "id = ? "
        "AND disabled = 0 AND changed_at = ?",
        {sha256_hex(begun.token), number(now), number(now), begun.session.account.id.text,
         begun.session.account.changed_at});
    if (begins == 0) throw Forbidden("login_failed", "the account was changed during the login");
  });
  return begun;
}

std::optional<Session> session_of(Archive& archive, const std::string& token, Instant now) {
  const std::string key = sha256_hex(token);
  const Rows rows = rows_in_force(archive, key, now);
  if (rows.empty()) return std::nullopt;
  if (rows[0].integer("used_at") + noted_every.count() <= number(now)) {
    archive.database().write([&](Connection& connection) {
      connection.execute("UPDATE session SET used_at = max(used_at, ?) WHERE token_sha256 = ?",
                         {number(now), key});
    });
  }
  const Instant began{seconds(rows[0].integer("began_at"))};
  return Session{account_from(rows[0]), began + session_longest};
}

std::optional<Account> account_of_session(const Archive& archive, const std::string& token, Instant now) {
  const Rows rows = rows_in_force(archive, sha256_hex(token), now);
  if (rows.empty()) return std::nullopt;
  return account_from(rows[0]);
}

void log_out(Archive& archive, const std::string& token) {
  const std::string key = sha256_hex(token);
  archive.database().write([&](Connection& connection) {
    const Rows rows = connection.query(
        "SELECT account.id, name FROM session JOIN account ON account.id = session.account WHERE "
        "token_sha256 = ?",
        {key});
    if (rows.empty()) return;
    connection.execute("DELETE FROM session WHERE token_sha256 = ?", {key});
    append_audit_entry(connection, {rows[0].text("name"), "login.ended", rows[0].text("id"), {}});
  });
}

void change_password(Archive& archive, const std::string& name, const std::string& old_password,
                     const std::string& new_password, Instant now, const std::string& channel,
                     const PasswordCost& cost) {
  require_fit_password(new_password, name);
  if (new_password == old_password) throw Forbidden("password_unchanged", "the new password is the old one");
  authenticate(archive, name, old_password, now, channel, cost);
  set_password(archive, name, new_password, name, cost);
}

}  // namespace eakte::archive
