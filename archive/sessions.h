#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "archive/accounts.h"

namespace eakte::archive {

using Instant = std::chrono::sys_seconds;

inline constexpr std::chrono::hours session_idle{8};      ///< without a request
inline constexpr std::chrono::hours session_longest{24};  ///< from the login
inline constexpr std::chrono::minutes longest_delay{15};  ///< after many failed logins

/// Proves who somebody is. Every failed attempt for a name, known or not, makes the next one wait longer from
/// the fourth on: 2, 4, 8 seconds, up to longest_delay. `channel` ("web", "cli") is the actor of a failed
/// attempt. Takes as long for a name that does not exist; at most two hashes are computed at once in a
/// process. Throws Forbidden: login_failed (name, password or a disabled account), login_delayed.
Account authenticate(Archive& archive, const std::string& name, const std::string& password, Instant now,
                     const std::string& channel, const PasswordCost& cost = {});

struct Session {
  Account account;
  Instant ends{};  ///< at the latest
};

struct NewSession {
  Session session;
  std::string token;  ///< 64 hexadecimal digits, for the person only: the catalogue has its SHA-256
};

/// authenticate, then a session begins.
NewSession log_in(Archive& archive, const std::string& name, const std::string& password, Instant now,
                  const std::string& channel, const PasswordCost& cost = {});

/// The session of a token, while it is in force and its account is not disabled; keeps it alive.
std::optional<Session> session_of(Archive& archive, const std::string& token, Instant now);

/// The account of a session that is in force, without keeping it alive.
std::optional<Account> account_of_session(const Archive& archive, const std::string& token, Instant now);

/// Ends the session; nothing when there is none.
void log_out(Archive& archive, const std::string& token);

/// A person changes the own password, proving to know the old one; all sessions of the account end. Throws
/// Forbidden as authenticate and require_fit_password; password_unchanged.
void change_password(Archive& archive, const std::string& name, const std::string& old_password,
                     const std::string& new_password, Instant now, const std::string& channel,
                     const PasswordCost& cost = {});

}  // namespace eakte::archive
