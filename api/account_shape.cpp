#include "api/account_shape.h"

#include <nlohmann/json.hpp>

#include "archive/calendar.h"

namespace eakte::api {

nlohmann::ordered_json account_standing_json(const archive::Account& account) {
  return {
      {"disabled", account.disabled},
      {"created_at", account.created_at},
      {"created_by", account.created_by},
      {"changed_at", account.changed_at},
      {"changed_by", account.changed_by},
      {"must_change_password", account.must_change_password()},
      {"password_issuer", account.password_issuer},
      {"counts_from", account.unconfirmed(archive::now_utc()) ? nlohmann::ordered_json(account.counts_from)
                                                              : nlohmann::ordered_json(nullptr)},
      {"confirmed_by", account.confirmed_by}};
}

}  // namespace eakte::api
