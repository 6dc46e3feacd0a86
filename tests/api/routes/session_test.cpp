#include "archive/sessions.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "api/routes/access.h"
#include "tests/api/served_archive.h"

namespace eakte::testing {
namespace {

using archive::Role;
using nlohmann::json;

constexpr archive::PasswordCost cheap{1, 64};
const std::string password = "Wolke Treppe Ahorn";

archive::Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::string login_of(const std::string& name, const std::string& with = password) {
  return json{{"name", name}, {"password", with}}.dump();
}

/// The value of the cookie an answer sets.
std::string cookie_of(const HttpAnswer& answer) {
  const std::string header = answer.headers.at("set-cookie");
  return header.substr(0, header.find(';'));
}

class SessionTest : public ServedArchive {
protected:
  void add_accounts() {
    for (const auto& [name, role] :
         std::initializer_list<std::pair<const char*, Role>>{{"a.amt", Role::administrator},
                                                             {"s.bearbeiter", Role::clerk},
                                                             {"m.akte", Role::records_manager},
                                                             {"r.pruef", Role::auditor}})
      archive::add_account(tenant().archive, {name, name, {role}, password}, name, cheap);
  }
  /// Headers of a session that began without the cost of a real hash.
  Headers as(const std::string& name) {
    const auto begun = archive::log_in(tenant().archive, name, password, now(), "web", cheap);
    return {{"Cookie", "eakte-musterstadt=" + begun.token}};
  }
  archive::AuditEntry last_entry() {
    const auto row =
        tenant().archive.database().query("SELECT * FROM audit_trail ORDER BY sequence DESC LIMIT 1").at(0);
    return {row.text("actor"), row.text("action"), row.text("subject"), row.text("detail")};
  }
  HttpAnswer put(std::string_view target, const json& body, const Headers& headers) {
    return http(port(), "PUT", target, headers, body.dump());
  }
};

TEST_F(SessionTest, WithoutAccountsEverybodyOnThisMachineIsWeb) {
  EXPECT_EQ(json_of(get("/api/v1/session")), (json{{"accounts", false}, {"account", nullptr}}));
  EXPECT_EQ(get("/api/v1/documents").status, 200);
  const auto document = file_document("Rechnung", archive::DocumentState::review);
  EXPECT_EQ(post("/api/v1/documents/" + document.id.text + "/confirm", R"({"title":"Neu"})").status, 200);
  EXPECT_EQ(last_entry().actor, "web");
}

TEST_F(SessionTest, WithAccountsNothingButTheLoginIsOpen) {
  add_accounts();
  for (const char* target : {"/api/v1/status", "/api/v1/documents", "/api/v1/intakes", "/api/v1/search?q=x",
                             "/api/v1/file-plan", "/api/v1/events", "/api/v1/accounts"}) {
    const HttpAnswer answer = get(target);
    EXPECT_EQ(answer.status, 401) << target;
    EXPECT_EQ(answer.error_code(), "login_needed") << target;
  }
  EXPECT_EQ(post("/api/v1/intakes", "bytes").status, 401);
  EXPECT_EQ(staged_files(), 0U);
  EXPECT_EQ(json_of(get("/api/v1/session")), (json{{"accounts", true}, {"account", nullptr}}));
  EXPECT_EQ(get("/api/v1/reasons").status, 200);
}

TEST_F(SessionTest, ALoginGivesACookieThatScriptsAndOtherSitesDoNotGet) {
  add_accounts();
  const HttpAnswer answer = post("/api/v1/session", login_of("s.bearbeiter"));
  ASSERT_EQ(answer.status, 201) << answer.body;
  const std::string header = answer.headers.at("set-cookie");
  EXPECT_TRUE(header.ends_with("; Path=/; HttpOnly; SameSite=Strict")) << header;
  EXPECT_EQ(answer.body.find(header.substr(header.find('=') + 1, 64)), std::string::npos);
  EXPECT_EQ(json_of(answer)["account"]["roles"][0]["name"], "Sachbearbeitung");
  const Headers session{{"Cookie", "other=1; " + cookie_of(answer)}};
  EXPECT_EQ(get("/api/v1/documents", session).status, 200);
  EXPECT_EQ(json_of(get("/api/v1/session", session))["account"]["name"], "s.bearbeiter");
  const Headers twice{{"Cookie", cookie_of(answer) + "; " + cookie_of(answer)}};
  EXPECT_EQ(get("/api/v1/documents", twice).status, 401);

  const HttpAnswer end = http(port(), "DELETE", "/api/v1/session", session);
  EXPECT_EQ(end.status, 204);
  EXPECT_NE(end.headers.at("set-cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(get("/api/v1/documents", session).status, 401);
}

TEST_F(SessionTest, ALoginFromAForeignPageIsRefused) {
  add_accounts();
  EXPECT_EQ(post("/api/v1/session", login_of("a.amt"), {{"Origin", "http://evil.example"}, {"X-Eakte", "1"}})
                .error_code(),
            "foreign_origin");
}

TEST_F(SessionTest, WrongPasswordsAreRefusedAndSlowedDown) {
  add_accounts();
  for (const char* name : {"s.bearbeiter", "niemand"}) {
    for (int attempt = 0; attempt < 4; ++attempt) {
      const HttpAnswer answer = post("/api/v1/session", login_of(name, "falsch"));
      EXPECT_EQ(answer.status, 401);
      EXPECT_EQ(answer.error_code(), "login_failed");
    }
    // However long four hashes take: the account itself says until when.
    tenant().archive.database().write([](archive::Connection& connection) {
      connection.execute("UPDATE login_attempts SET delayed_until = delayed_until + 1000");
    });
    const HttpAnswer answer = post("/api/v1/session", login_of(name));
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.error_code(), "login_delayed");
    EXPECT_EQ(answer.headers.count("retry-after"), 1U);
  }
  EXPECT_EQ(post("/api/v1/session", "[]").error_code(), "bad_request");
  EXPECT_EQ(post("/api/v1/session", R"({"name":"x"})").error_code(), "bad_request");
}

TEST_F(SessionTest, TheActingAccountStandsInTheTrail) {
  add_accounts();
  const auto document = file_document("Rechnung", archive::DocumentState::review);
  const Headers session = as("s.bearbeiter");
  EXPECT_EQ(post("/api/v1/documents/" + document.id.text + "/confirm", R"({"title":"Neu"})", session).status,
            200);
  EXPECT_EQ(last_entry().actor, "s.bearbeiter");
  EXPECT_EQ(post("/api/v1/intakes?name=a.tif", "bytes", session).status, 201);
  EXPECT_EQ(last_entry().action, "intake.accepted");
  EXPECT_EQ(last_entry().actor, "s.bearbeiter");
}

TEST_F(SessionTest, RolesDecideAndADenialIsWrittenDown) {
  add_accounts();
  const auto document = file_document("Rechnung", archive::DocumentState::review);
  const std::string confirm = "/api/v1/documents/" + document.id.text + "/confirm";
  const Headers auditor = as("r.pruef");
  EXPECT_EQ(get("/api/v1/documents", auditor).status, 200);
  EXPECT_EQ(get("/api/v1/documents/" + document.id.text + "/renditions/text", auditor).status, 200);
  EXPECT_EQ(post(confirm, "{}", auditor).error_code(), "role_missing");
  EXPECT_EQ(last_entry().actor, "r.pruef");
  EXPECT_EQ(last_entry().action, "access.denied");
  EXPECT_EQ(last_entry().subject, document.id.text);
  EXPECT_EQ(last_entry().detail, R"({"what":"POST /api/v1/documents/{}/confirm"})");
  EXPECT_EQ(post("/api/v1/intakes", "bytes", auditor).status, 403);

  const Headers administrator = as("a.amt");
  for (const std::string target :
       {"/api/v1/documents", "/api/v1/search?q=x", "/api/v1/intakes", "/api/v1/events"})
    EXPECT_EQ(get(target, administrator).status, 403) << target;
  EXPECT_EQ(get("/api/v1/documents/" + document.id.text, administrator).status, 403);
  EXPECT_EQ(get("/api/v1/accounts", administrator).status, 200);
  EXPECT_EQ(get("/api/v1/accounts", as("m.akte")).status, 403);
  EXPECT_EQ(post(confirm, "{}", as("m.akte")).status, 200);
}

TEST_F(SessionTest, AccountsAreManagedByAnAdministrator) {
  add_accounts();
  const Headers session = as("a.amt");
  const json neu{
      {"name", "n.neu"}, {"display_name", "Nora Neu"}, {"roles", {"clerk"}}, {"password", password}};
  EXPECT_EQ(post("/api/v1/accounts", neu.dump(), session).status, 201);
  EXPECT_EQ(last_entry().actor, "a.amt");
  EXPECT_EQ(post("/api/v1/accounts", neu.dump(), session).error_code(), "account_exists");
  json weak = neu;
  weak["name"] = "n.schwach";
  weak["password"] = "passwort1234";
  const HttpAnswer refused = post("/api/v1/accounts", weak.dump(), session);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.error_code(), "password_common");
  EXPECT_EQ(json_of(get("/api/v1/accounts", session))["accounts"].size(), 5U);
  EXPECT_EQ(put("/api/v1/accounts/a.amt/roles", {{"roles", {"clerk"}}}, session).error_code(), "own_roles");
  EXPECT_EQ(put("/api/v1/accounts/n.neu/roles", {{"roles", {"kaiser"}}}, session).status, 400);
  EXPECT_EQ(put("/api/v1/accounts/niemand/roles", {{"roles", {"clerk"}}}, session).status, 404);
  EXPECT_EQ(
      json_of(put("/api/v1/accounts/n.neu/roles", {{"roles", {"auditor"}}}, session))["roles"][0]["role"],
      "auditor");

  const Headers clerk = as("s.bearbeiter");
  EXPECT_EQ(get("/api/v1/documents", clerk).status, 200);
  EXPECT_EQ(put("/api/v1/accounts/s.bearbeiter/disabled", {{"disabled", true}}, session).status, 200);
  EXPECT_EQ(get("/api/v1/documents", clerk).status, 401);
  EXPECT_EQ(
      put("/api/v1/accounts/s.bearbeiter/password", {{"password", "Regen Birke Laterne"}}, session).status,
      204);
}

TEST_F(SessionTest, APasswordIsChangedByItsOwnerAndEndsTheSession) {
  add_accounts();
  const Headers session = as("s.bearbeiter");
  EXPECT_EQ(put("/api/v1/session/password",
                {{"old_password", "falsch"}, {"new_password", "Regen Birke Laterne"}}, session)
                .error_code(),
            "login_failed");
  EXPECT_EQ(put("/api/v1/session/password",
                {{"old_password", password}, {"new_password", "Regen Birke Laterne"}}, session)
                .status,
            204);
  EXPECT_EQ(get("/api/v1/documents", session).status, 401);
  EXPECT_EQ(post("/api/v1/session", login_of("s.bearbeiter", "Regen Birke Laterne")).status, 201);
}

TEST_F(SessionTest, APasswordOfSomebodyElseOpensNothingButItsChange) {
  add_accounts();
  archive::set_password(tenant().archive, "s.bearbeiter", password, "a.amt", cheap);
  const Headers session = as("s.bearbeiter");
  for (const char* target : {"/api/v1/documents", "/api/v1/status", "/api/v1/events"})
    EXPECT_EQ(get(target, session).error_code(), "password_to_change") << target;
  const json shown = json_of(get("/api/v1/session", session));
  EXPECT_EQ(shown["account"]["must_change_password"], true);
  EXPECT_EQ(put("/api/v1/session/password",
                {{"old_password", password}, {"new_password", "Regen Birke Laterne"}}, session)
                .status,
            204);
  const HttpAnswer again = post("/api/v1/session", login_of("s.bearbeiter", "Regen Birke Laterne"));
  EXPECT_EQ(json_of(again)["account"]["must_change_password"], false);
}

TEST_F(SessionTest, AStreamOfEventsEndsWithItsSession) {
  add_accounts();
  const Headers session = as("s.bearbeiter");
  HttpConnection events(port());
  events.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nCookie: " + session[0].second + "\r\n\r\n");
  EXPECT_NE(events.read_until("retry: 3000\n\n").find(" 200 "), std::string::npos);
  archive::set_disabled(tenant().archive, "s.bearbeiter", true, "a.amt");
  EXPECT_NO_THROW(events.read_to_end());
}

TEST_F(SessionTest, BeyondThisMachineTheServiceNeedsAccountsAndACertificate) {
  api::ServerOptions options;
  options.address = "0.0.0.0";
  options.port = 0;
  const auto refusal = [&] {
    try {
      const api::Server server(service_, options);
    } catch (const api::Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_NE(refusal().find("Benutzerkonten"), std::string::npos);
  EXPECT_NE(refusal().find("Zertifikat"), std::string::npos);
  add_accounts();
  EXPECT_EQ(refusal().find("Benutzerkonten"), std::string::npos);
  EXPECT_NE(refusal().find("Zertifikat"), std::string::npos);
  options.certificate = directory_.path() / "fehlt.pem";
  EXPECT_NE(refusal().find("beides"), std::string::npos);
  options.key = directory_.path() / "fehlt.key";
  EXPECT_NE(refusal().find("fehlt.pem"), std::string::npos);
}

TEST_F(SessionTest, EveryRouteStandsInTheTableOfRights) {
  const api::StaticFiles page("");
  api::PagePictures pictures(1000);
  api::EventHub events(
      service_, [](std::function<void()>) {}, [](api::ServerSentEvent) {});
  const api::Application application{.service = service_,
                                     .events = events,
                                     .pictures = pictures,
                                     .page = page,
                                     .max_upload_bytes = 1,
                                     .stop = {}};
  api::Router router;
  api::add_routes(router, application);
  EXPECT_GT(router.routes().size(), 30U);
  for (const api::Route& route : router.routes())
    EXPECT_NE(api::access_to(route), api::Access::nobody) << route.method << " " << route.pattern;
  EXPECT_EQ(api::access_to({.method = "GET", .pattern = "/api/v1/unheard-of", .handle = {}}),
            api::Access::nobody);
}

}  // namespace
}  // namespace eakte::testing
