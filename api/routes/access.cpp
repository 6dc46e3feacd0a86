#include "api/routes/access.h"

#include <algorithm>
#include <array>

#include "api/http/problem.h"
#include "archive/sessions.h"

namespace eakte::api {
namespace {

struct Row {
  std::string_view method;
  std::string_view pattern;
  Access access;
};

using enum Access;

constexpr std::string_view own_password = "/api/v1/session/password";

constexpr auto table = std::to_array<Row>({
    {"GET", "", everyone},  // the page itself: no content in it
    {"GET", "/api/v1/session", everyone},
    {"POST", "/api/v1/session", everyone},
    {"DELETE", "/api/v1/session", everyone},
    {"PUT", own_password, account},
    {"GET", "/api/v1/accounts", administrator},
    {"POST", "/api/v1/accounts", administrator},
    {"PUT", "/api/v1/accounts/{}/roles", administrator},
    {"PUT", "/api/v1/accounts/{}/password", administrator},
    {"PUT", "/api/v1/accounts/{}/disabled", administrator},
    {"GET", "/api/v1/accounts/unconfirmed", account},
    {"POST", "/api/v1/accounts/{}/confirm", account},
    {"GET", "/api/v1/audit", evidence},
    {"POST", "/api/v1/audit/head", evidence},
    {"GET", "/api/v1/fixity", evidence},
    {"GET", "/api/v1/evidence", evidence},
    {"POST", "/api/v1/evidence/check", evidence},
    {"GET", "/api/v1/documents/{}/evidence", reader},
    {"GET", "/api/v1/scan-checks", reader},
    {"POST", "/api/v1/scan-checks/draw", clerk},
    {"POST", "/api/v1/scan-checks/audits", records_manager},
    {"GET", "/api/v1/documents/{}/scan-check", reader},
    {"POST", "/api/v1/documents/{}/scan-check", clerk},
    {"POST", "/api/v1/documents/{}/transfer-note", clerk},
    {"GET", "/api/v1/documents/{}/transfer-note", reader},
    {"GET", "/api/v1/documents/{}/transfer-note/seal", reader},
    {"POST", "/api/v1/documents/{}/paper-release", clerk},
    {"GET", "/api/v1/reasons", everyone},
    {"GET", "/api/v1/status", account},
    {"GET", "/api/v1/file-plan", account},
    {"GET", "/api/v1/file-plan/export", reader},
    {"GET", "/api/v1/file-plan/versions", reader},
    {"GET", "/api/v1/file-plan/differences", reader},
    {"POST", "/api/v1/file-plan/preview", records_manager},
    {"POST", "/api/v1/file-plan/versions", records_manager},
    {"GET", "/api/v1/file-plan/proposals/{}", reader},
    {"POST", "/api/v1/file-plan/proposals/{}/release", records_manager},
    {"POST", "/api/v1/file-plan/proposals/{}/reject", records_manager},
    {"GET", "/api/v1/events", reader},
    {"GET", "/api/v1/intakes", reader},
    {"POST", "/api/v1/intakes", clerk},
    {"GET", "/api/v1/intakes/{}", reader},
    {"POST", "/api/v1/intakes/{}/cancel", clerk},
    {"POST", "/api/v1/intakes/{}/join", clerk},
    {"POST", "/api/v1/intakes/{}/retry", clerk},
    {"GET", "/api/v1/search", reader},
    {"GET", "/api/v1/documents", reader},
    {"GET", "/api/v1/documents/{}", reader},
    {"POST", "/api/v1/documents/{}/confirm", clerk},
    {"GET", "/api/v1/documents/{}/similar", reader},
    {"GET", "/api/v1/documents/{}/renditions/{}", reader},
    {"GET", "/api/v1/documents/{}/pages/{}/picture", reader},
    {"GET", "/api/v1/documents/{}/pages/{}/hits", reader},
    {"GET", "/api/v1/documents/{}/pages/{}/text", reader},
    {"PUT", "/api/v1/documents/{}/pages/{}/text", clerk},
    {"DELETE", "/api/v1/documents/{}/pages/{}/text", clerk},
    {"GET", "/api/v1/folders", reader},
    {"POST", "/api/v1/folders", clerk},
    {"GET", "/api/v1/folders/{}", reader},
    {"GET", "/api/v1/folders/{}/package", records_manager},
    {"POST", "/api/v1/folders/{}/close", clerk},
    {"POST", "/api/v1/folders/{}/reopen", clerk},
    {"POST", "/api/v1/folders/{}/events", clerk},
    {"POST", "/api/v1/folders/{}/suspend", records_manager},
    {"POST", "/api/v1/folders/{}/cases", clerk},
    {"POST", "/api/v1/folders/{}/parts", clerk},
    {"PUT", "/api/v1/folders/{}/medium", clerk},
    {"POST", "/api/v1/folders/{}/refile", records_manager},
    {"GET", "/api/v1/refilings", reader},
    {"POST", "/api/v1/documents/{}/refile", clerk},
    {"POST", "/api/v1/document-refilings/{}/release", records_manager},
    {"POST", "/api/v1/document-refilings/{}/reject", records_manager},
    {"POST", "/api/v1/refilings/{}/release", records_manager},
    {"POST", "/api/v1/refilings/{}/reject", records_manager},
    {"POST", "/api/v1/folders/{}/merge", clerk},
    {"POST", "/api/v1/folders/{}/split", clerk},
    {"POST", "/api/v1/cases/{}/move", clerk},
    {"POST", "/api/v1/cases/{}/merge", clerk},
    {"POST", "/api/v1/cases/{}/split", clerk},
    {"POST", "/api/v1/relations", clerk},
    {"POST", "/api/v1/relations/remove", clerk},
    {"PUT", "/api/v1/documents/{}/draft", clerk},
    {"POST", "/api/v1/cases/{}/close", clerk},
    {"POST", "/api/v1/cases/{}/reopen", clerk},
    {"GET", "/api/v1/retention/due", reader},
    {"GET", "/api/v1/retention/years", reader},
    {"GET", "/api/v1/holds", reader},
    {"POST", "/api/v1/holds", records_manager},
    {"POST", "/api/v1/holds/{}/lift", records_manager},
    {"GET", "/api/v1/destructions", reader},
    {"POST", "/api/v1/destructions", records_manager},
    {"POST", "/api/v1/destructions/approve", records_manager},
    {"POST", "/api/v1/destructions/{}/withdraw", records_manager},
    {"GET", "/api/v1/destruction-permissions", reader},
    {"POST", "/api/v1/destruction-permissions", records_manager},
    {"POST", "/api/v1/destruction-permissions/{}/revoke", records_manager},
    {"GET", "/api/v1/disposals", reader},
    {"POST", "/api/v1/disposals", records_manager},
    {"POST", "/api/v1/disposals/appraisals", records_manager},
    {"POST", "/api/v1/disposals/answers", records_manager},
    {"POST", "/api/v1/disposals/paper", records_manager},
    {"GET", "/api/v1/disposals/open-transfers", reader},
    {"GET", "/api/v1/disposals/{}", reader},
    {"POST", "/api/v1/disposals/{}/withdraw", records_manager},
    {"POST", "/api/v1/disposals/{}/transfer", records_manager},
    {"GET", "/api/v1/disposals/{}/messages/{}", records_manager},
    {"GET", "/api/v1/destructions/{}/record", evidence},
    {"GET", "/api/v1/destructions/{}/record.html", evidence},
    {"GET", "/api/v1/tombstones/{}", reader},
    {"GET", "/api/v1/erasure-requests", records_manager},
    {"POST", "/api/v1/erasure-requests", records_manager},
    {"GET", "/api/v1/erasure-requests/{}", records_manager},
    {"GET", "/api/v1/erasure-requests/{}/documents", records_manager},
    {"POST", "/api/v1/erasure-requests/{}/decide", records_manager},
    {"POST", "/api/v1/documents/{}/lift-restriction", records_manager},
});

archive::Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

/// Without accounts: everybody on this machine, and nobody elsewhere.
void pass_nameless(const Application& application, Access access) {
  if (application.beyond_loopback && access != everyone)
    throw Problem(403, "account_needed", "Für diesen Mandanten gibt es noch keine Benutzerkonten.");
}

std::string_view subject_of(const Request& request) {
  const bool named = !request.captures.empty() && archive::is_id(request.captures.front());
  return named ? std::string_view(request.captures.front()) : std::string_view();
}

}  // namespace

Access access_to(const Route& route) {
  const auto* const found = std::ranges::find_if(
      table, [&](const Row& row) { return row.method == route.method && row.pattern == route.pattern; });
  return found == table.end() ? nobody : found->access;
}

bool allows(Access access, const archive::Account& account) {
  using archive::Role;
  const auto has = [&](auto... roles) { return (account.has(roles) || ...); };
  switch (access) {
    case nobody:
      return false;
    case everyone:
    case Access::account:
      return true;
    case reader:
      return has(Role::clerk, Role::records_manager, Role::auditor);
    case clerk:
      return has(Role::clerk, Role::records_manager);
    case records_manager:
      return has(Role::records_manager);
    case evidence:
      return has(Role::auditor, Role::records_manager);
    case administrator:
      return has(Role::administrator);
  }
  return false;
}

std::string session_cookie_name(const Application& application, const Tenant& tenant) {
  // The prefix has the browser insist on TLS, path and host (RFC 6265bis, 4.1.3.2).
  return (application.encrypted ? "__Host-eakte-" : "eakte-") + tenant.name;
}

void authorize(const Application& application, const Route& route, Request& request) {
  const Access access = access_to(route);
  if (route.pattern.empty()) return;
  Tenant& tenant = application.tenant_of(request);
  if (!archive::has_accounts(tenant.archive)) {
    pass_nameless(application, access);
    return;
  }
  const std::string token(request.cookie(session_cookie_name(application, tenant)));
  const auto session = token.empty() ? std::nullopt : archive::session_of(tenant.archive, token, now());
  if (session) {
    request.actor = session->account.name;
    request.session = token;
  }
  if (access == everyone) return;
  if (!session) throw Problem(401, "login_needed", "Bitte anmelden.");
  if (session->account.must_change_password() && route.pattern != own_password)
    throw Problem(403, "password_to_change",
                  "Das Passwort hat jemand anderes gesetzt. Bitte zuerst ein eigenes wählen.");
  if (allows(access, session->account)) return;
  archive::record_denial(tenant.archive, session->account.name, route.method + " " + route.pattern,
                         std::string(subject_of(request)));
  throw Problem(403, "role_missing",
                "Dafür fehlt diesem Konto die Rolle. Rollen vergibt die Systemverwaltung.");
}

bool may_listen(const Application& application, const EventStream& stream) {
  Tenant& tenant = application.service.tenant(stream.tenant);
  if (!archive::has_accounts(tenant.archive)) return true;
  const auto account = archive::account_of_session(tenant.archive, stream.token, now());
  return account && !account->must_change_password() && allows(reader, *account);
}

}  // namespace eakte::api
