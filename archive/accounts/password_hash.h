#pragma once
#include <string>
#include <string_view>

#include "archive/accounts.h"

namespace eakte::archive {

/// Argon2id with a random salt, in the encoding "$argon2id$v=19$m=65536,t=3,p=1$...". At most two are
/// computed at once in this process, because each takes PasswordCost::kibibytes of memory; others wait.
/// Throws Error.
std::string hash_password(std::string_view password, const PasswordCost& cost);

/// Throws Error when `encoded` is not such a hash.
bool matches_password(const std::string& encoded, std::string_view password);

/// Whether the hash was made with another cost.
bool needs_new_hash(const std::string& encoded, const PasswordCost& cost);

/// `count` bytes of the system's randomness as hexadecimal digits.
std::string random_hex(std::size_t count);

}  // namespace eakte::archive
