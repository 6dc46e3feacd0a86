#pragma once
#include <string_view>

#include "api/routes/routes.h"
#include "archive/accounts.h"

namespace eakte::api {

/// Who may use a route.
enum class Access {
  nobody,           ///< a route without a row in the table
  everyone,         ///< also without a login
  account,          ///< any account
  reader,           ///< clerk, records manager, auditor: who may see content
  clerk,            ///< clerk, records manager: who may change documents and folders
  records_manager,  ///< retention, holds, disposal, file plan
  evidence,         ///< auditor, records manager: the audit trail and what proves the state of the archive
  administrator     ///< accounts
};

/// What the table says; `nobody` where it says nothing.
Access access_to(const Route& route);
bool allows(Access access, const archive::Account& account);

/// Name of the cookie that holds the token of a tenant's session.
std::string session_cookie_name(const Application& application, const Tenant& tenant);

/// Finds out who sends the request (actor, session) and whether the route is for them. While a tenant has no
/// accounts, a service that listens on loopback only lets everybody pass. A denial of a person is written to
/// the audit trail. Throws Problem (401 login_needed, 403 role_missing).
void authorize(const Application& application, const Route& route, Request& request);

/// Whether a stream of events may go on: the session it was opened with is in force and its account still
/// reads.
bool may_listen(const Application& application, const EventStream& stream);

}  // namespace eakte::api
