#pragma once
#include <string>

#include "archive/database.h"

namespace eakte::archive {

/// What stands for a person in what is left of a destruction (RT-06): the first 64 bits of HMAC-SHA-256 of
/// the name, blanks and ASCII capitals evened out, with the tenant's key; empty for an empty name. Who has
/// the key and a name can tell whether they belong together, nobody can get the name back.
std::string pseudonym_of(Connection& connection, const std::string& name);

}  // namespace eakte::archive
