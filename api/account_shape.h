#pragma once
#include <nlohmann/json_fwd.hpp>

#include "archive/accounts.h"

namespace eakte::api {

/// How an account stands: disabled, by whom made and changed, whether it counts as one of two people. The
/// same over HTTP and on the command line, behind who it is and what it may do.
nlohmann::ordered_json account_standing_json(const archive::Account& account);

}  // namespace eakte::api
