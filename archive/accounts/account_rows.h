#pragma once
#include <optional>
#include <string>

#include "archive/accounts.h"

namespace eakte::archive {

/// An account with what only the login may see.
struct StoredAccount {
  Account account;
  std::string password_hash;
};

std::optional<StoredAccount> load_account(Connection& connection, const std::string& name);
Account account_from(const Row& row);
std::string roles_text(const std::vector<Role>& roles);
void end_sessions(Connection& connection, const AccountId& id);

}  // namespace eakte::archive
