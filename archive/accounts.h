#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

/// What an account may do; several per account.
enum class Role {
  clerk,            ///< Sachbearbeitung: reads and files documents, opens and closes folders
  records_manager,  ///< Schriftgutverwaltung: file plan, retention, holds, disposal; reads everything
  auditor,          ///< Revision: reads everything, changes nothing
  administrator     ///< Systemverwaltung: accounts; no access to content
};
std::string_view name_of(Role role);         ///< "records_manager"
std::string_view german_name_of(Role role);  ///< "Schriftgutverwaltung"
std::optional<Role> role_from(std::string_view name);

using AccountId = Id<struct AccountTag>;

/// A person known to one tenant. Accounts are disabled, never deleted, and a name is never given twice, so
/// that the actor in an audit entry stays the same person.
struct Account {
  AccountId id;
  std::string name;  ///< as typed at the login; the actor of what this person does
  std::string display_name;
  std::vector<Role> roles;  ///< ascending, each once
  bool disabled = false;
  std::string created_at;
  std::string created_by;
  std::string changed_at;
  std::string changed_by;
  std::string password_by;      ///< who set the password; empty: not known. Of the first account: itself
  std::string password_issuer;  ///< who else gave out the last password that was not the own; empty: nobody
  std::string counts_from;      ///< UTC, from when on it counts as one of two people; empty: always did
  std::string confirmed_by;     ///< who confirmed it before that

  bool has(Role role) const;
  /// Somebody else set the password and knows it: the person changes it before doing anything else.
  bool must_change_password() const { return !password_by.empty() && password_by != name; }
  /// Whether it still waits to count as one of two people; `now` is UTC as text (calendar.h).
  bool unconfirmed(std::string_view now) const { return counts_from > now; }
};

/// What hashing a password costs (Argon2id, RFC 9106). Hashes of another cost are renewed at the next login.
struct PasswordCost {
  unsigned passes = 3;
  unsigned kibibytes = 65'536;
};

/// How long an account does not count as one of two people after somebody else gave out its password, unless
/// a third person confirms it: the person whose account it is has that long to find that the own password
/// does not work any more.
inline constexpr int default_waiting_days = 7;

struct NewAccount {
  std::string name;
  std::string display_name;
  std::vector<Role> roles;
  std::string password;
};

/// Whether the tenant has accounts at all, disabled ones included. Without any, a service on loopback works
/// as one nameless person.
bool has_accounts(const Archive& archive);

/// Throws Forbidden: account_name (2 to 40 small letters, digits, ".", "_", "-", beginning with a letter; not
/// "system", "cli", "web"), account_display_name, account_roles (none), account_exists, first_administrator
/// (the first account is an administrator), and what require_fit_password throws.
Account add_account(Archive& archive, const NewAccount& account, const std::string& actor,
                    const PasswordCost& cost = {}, int waiting_days = default_waiting_days);

/// By name. Throws NotFound.
Account account_named(const Archive& archive, const std::string& name);
/// All, by name.
std::vector<Account> accounts(const Archive& archive);

/// Throws NotFound; Forbidden: account_roles, last_administrator, own_roles (nobody gives themselves roles).
Account set_roles(Archive& archive, const std::string& name, const std::vector<Role>& roles,
                  const std::string& actor);

/// Ends all sessions of the account. Throws NotFound; Forbidden: last_administrator.
Account set_disabled(Archive& archive, const std::string& name, bool disabled, const std::string& actor);

/// Ends all sessions of the account. Unless actor is the person, it has to be changed at the next login, and
/// the account does not count as one of two people until confirm_account or for so many days. Throws
/// NotFound; Forbidden as require_fit_password.
void set_password(Archive& archive, const std::string& name, const std::string& password,
                  const std::string& actor, const PasswordCost& cost = {},
                  int waiting_days = default_waiting_days);

/// A third person says that the account is in the hands of its person: from now on it counts as one of two
/// people. Throws NotFound; Forbidden: same_person (the account itself, or who gave out its password),
/// account_needed, role_missing (neither administrator nor records manager), account_unconfirmed (the
/// confirming account waits itself), password_still_given (the person has not chosen an own one yet),
/// account_counts (nothing to confirm).
Account confirm_account(Archive& archive, const std::string& name, const std::string& actor);

/// At least 12 characters, at most 1000 bytes, neither a common one nor the name. Throws Forbidden:
/// password_short, password_long, password_common.
void require_fit_password(std::string_view password, std::string_view name);

/// For the archive's own rules, inside their transaction: `actor` is an account in force that has the role.
/// Throws Forbidden: account_needed (no such account, or disabled), role_missing.
void require_role(Connection& connection, const std::string& actor, Role role);
void require_role(const Archive& archive, const std::string& actor, Role role);

/// The rule of two people: as require_role for `second`, who is not `first`, and neither of whom set the
/// password the other one has, or was given a password by anybody a short time ago. So nobody who resets two
/// passwords is two people. Throws also Forbidden: same_person, password_of_other, account_unconfirmed.
void require_second_person(Connection& connection, const std::string& first, const std::string& second,
                           Role role);

/// Why these two do not count as two people, as such a code; nothing: they do.
std::optional<std::string> why_not_two_people(Connection& connection, const std::string& first,
                                              const std::string& second);

/// Writes down that somebody was refused something; `what` is a fixed word, `subject` an id or empty.
void record_denial(Archive& archive, const std::string& actor, const std::string& what,
                   const std::string& subject);

}  // namespace eakte::archive
