#include "archive/accounts.h"

#include <gtest/gtest.h>

#include <fstream>

#include "archive/sessions.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::Tenant;

constexpr PasswordCost cheap{1, 64};
const std::string good = "Wolke Treppe Ahorn";
const Instant noon{std::chrono::sys_days{std::chrono::year(2026) / 11 / 22} + hours(12)};

template <class Work>
std::string refused(Work work) {
  try {
    work();
  } catch (const Forbidden& forbidden) {
    return forbidden.code;
  }
  return "";
}

std::vector<AuditEntry> trail(Archive& archive) {
  std::vector<AuditEntry> entries;
  for (const Row& row : archive.database().query("SELECT * FROM audit_trail ORDER BY sequence"))
    entries.push_back({row.text("actor"), row.text("action"), row.text("subject"), row.text("detail")});
  return entries;
}

class Accounts : public ::testing::Test {
protected:
  Accounts() {
    add("frau.amt", {Role::administrator});
    add("m.akte", {Role::clerk, Role::records_manager});
    add("r.pruef", {Role::auditor});
  }
  Account add(const std::string& name, const std::vector<Role>& roles, const std::string& password = good) {
    return add_account(tenant.archive, {name, "Person " + name, roles, password}, "cli", cheap, 0);
  }
  NewSession log_in_at(Instant now, const std::string& name = "m.akte", const std::string& password = good) {
    return log_in(tenant.archive, name, password, now, "web", cheap);
  }
  std::string refused_login(Instant now, const std::string& name, const std::string& password) {
    return refused([&] { log_in_at(now, name, password); });
  }

  Tenant tenant;
};

TEST(NoAccounts, ATenantBeginsWithoutThemAndTheFirstIsAnAdministrator) {
  Tenant tenant;
  EXPECT_FALSE(has_accounts(tenant.archive));
  const NewAccount clerk{"m.akte", "M. Akte", {Role::clerk}, good};
  EXPECT_EQ(refused([&] { add_account(tenant.archive, clerk, "cli", cheap); }), "first_administrator");
  EXPECT_FALSE(has_accounts(tenant.archive));
  EXPECT_EQ(refused([&] { require_role(tenant.archive, "cli", Role::clerk); }), "account_needed");
}

TEST_F(Accounts, AnAccountIsKeptWithItsRolesInOrderAndNoPasswordInTheCatalogueOrTheTrail) {
  const Account made = account_named(tenant.archive, "m.akte");
  EXPECT_EQ(made.roles, (std::vector{Role::clerk, Role::records_manager}));
  EXPECT_EQ(made.created_by, "cli");
  EXPECT_TRUE(made.has(Role::clerk));
  EXPECT_FALSE(made.has(Role::administrator));
  EXPECT_EQ(accounts(tenant.archive).size(), 3U);
  const std::string stored = tenant.archive.database()
                                 .query("SELECT password_hash FROM account WHERE name = 'm.akte'")
                                 .at(0)
                                 .text("password_hash");
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$")) << stored;
  for (const AuditEntry& entry : trail(tenant.archive)) EXPECT_EQ(entry.detail.find(good), std::string::npos);
  EXPECT_EQ(trail(tenant.archive).back().action, "account.added");
  EXPECT_EQ(trail(tenant.archive).back().detail, R"({"name":"r.pruef","roles":["auditor"]})");
}

TEST_F(Accounts, TwoOfTheSamePasswordHaveDifferentHashes) {
  const Rows rows = tenant.archive.database().query("SELECT DISTINCT password_hash FROM account");
  EXPECT_EQ(rows.size(), 3U);
}

TEST_F(Accounts, NamesAndRolesThatDoNotFitAreRefused) {
  for (const char* name : {"", "a", "Amt", "müller", "1a", "a b", "cli", "web", "system", "unknown"}) {
    EXPECT_EQ(refused([&] { add(name, {Role::clerk}); }), "account_name") << name;
  }
  EXPECT_EQ(refused([&] { add("m.akte", {Role::clerk}); }), "account_exists");
  EXPECT_EQ(refused([&] { add("ohne.rolle", {}); }), "account_roles");
  const NewAccount nameless{"ohne.name", "", {Role::clerk}, good};
  EXPECT_EQ(refused([&] { add_account(tenant.archive, nameless, "cli", cheap); }), "account_display_name");
}

TEST(Passwords, WhatIsShortOrEasyToGuessIsRefused) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"kurz", "password_short"},
      {"elf-zeichen", "password_short"},
      {"äöüäöüäöüäö", "password_short"},  // 11 characters, 22 bytes
      {"passwort1234", "password_common"},
      {"P@ssw0rt2026!", "password_common"},
      {"Passwort-Passwort", "password_common"},
      {"willkommen2026", "password_common"},
      {"123456789012", "password_common"},
      {"qwertzuiopasd", "password_common"},
      {"abababababababab", "password_common"},
      {"aaaaaaaaaaaaaaaa", "password_common"},
      {"m.akte-2026-11-22", "password_common"},
      {std::string(1001, 'x'), "password_long"},
      {"Wolke Treppe Ahorn", ""},
      {"äöüß-ÄÖÜ€-nord", ""},
      {"kQ7v9Lm2xR4t", ""},
  };
  for (const auto& [password, code] : table)
    EXPECT_EQ(refused([&] { require_fit_password(password, "m.akte"); }), code) << password;
}

TEST_F(Accounts, ALoginBeginsASessionOfWhichOnlyTheHashIsKept) {
  const NewSession begun = log_in_at(noon);
  EXPECT_EQ(begun.token.size(), 64U);
  EXPECT_EQ(begun.session.account.name, "m.akte");
  EXPECT_EQ(begun.session.ends, noon + session_longest);
  const Rows kept = tenant.archive.database().query("SELECT token_sha256 FROM session");
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].text("token_sha256"), sha256_hex(begun.token));
  EXPECT_EQ(session_of(tenant.archive, begun.token, noon).value().account.name, "m.akte");
  EXPECT_FALSE(session_of(tenant.archive, std::string(64, '0'), noon));
  EXPECT_NE(log_in_at(noon).token, begun.token);
  EXPECT_EQ(trail(tenant.archive).back().action, "login.succeeded");
  EXPECT_EQ(trail(tenant.archive).back().actor, "m.akte");
}

TEST_F(Accounts, ASessionEndsAfterEightHoursUnusedAndAfterADayInAnyCase) {
  const std::string token = log_in_at(noon).token;
  EXPECT_TRUE(session_of(tenant.archive, token, noon + hours(8) - seconds(1)));
  EXPECT_TRUE(session_of(tenant.archive, token, noon + hours(15)));
  EXPECT_TRUE(session_of(tenant.archive, token, noon + hours(22)));
  EXPECT_TRUE(session_of(tenant.archive, token, noon + hours(24) - seconds(1)));
  EXPECT_FALSE(session_of(tenant.archive, token, noon + hours(24)));
  const std::string unused = log_in_at(noon).token;
  EXPECT_FALSE(session_of(tenant.archive, unused, noon + hours(8)));
}

TEST_F(Accounts, LogoutPasswordChangeAndDisablingEndSessionsAtOnce) {
  const std::string out = log_in_at(noon).token;
  log_out(tenant.archive, out);
  EXPECT_FALSE(session_of(tenant.archive, out, noon));
  EXPECT_EQ(trail(tenant.archive).back().action, "login.ended");

  const std::string before_change = log_in_at(noon).token;
  const std::string others = log_in_at(noon, "r.pruef").token;
  change_password(tenant.archive, "m.akte", good, "Regen Birke Laterne", noon, "web", cheap);
  EXPECT_FALSE(session_of(tenant.archive, before_change, noon));
  EXPECT_TRUE(session_of(tenant.archive, others, noon));
  EXPECT_EQ(refused_login(noon, "m.akte", good), "login_failed");

  const std::string before_reset = log_in_at(noon, "m.akte", "Regen Birke Laterne").token;
  set_password(tenant.archive, "m.akte", good, "frau.amt", cheap);
  EXPECT_FALSE(session_of(tenant.archive, before_reset, noon));

  const std::string before_disabling = log_in_at(noon).token;
  set_disabled(tenant.archive, "m.akte", true, "frau.amt");
  EXPECT_FALSE(session_of(tenant.archive, before_disabling, noon));
  EXPECT_EQ(refused_login(noon, "m.akte", good), "login_failed");
  set_disabled(tenant.archive, "m.akte", false, "frau.amt");
  EXPECT_FALSE(session_of(tenant.archive, before_disabling, noon));
  EXPECT_TRUE(session_of(tenant.archive, log_in_at(noon + hours(1)).token, noon + hours(1)));
}

TEST_F(Accounts, ChangingThePasswordNeedsTheOldOne) {
  EXPECT_EQ(refused([&] {
              change_password(tenant.archive, "m.akte", "falsch falsch falsch", "Regen Birke Laterne", noon,
                              "web", cheap);
            }),
            "login_failed");
  EXPECT_EQ(refused([&] { change_password(tenant.archive, "m.akte", good, "kurz", noon, "web", cheap); }),
            "password_short");
  EXPECT_TRUE(session_of(tenant.archive, log_in_at(noon).token, noon));
}

TEST_F(Accounts, EachFailureMakesTheNextAttemptWaitLongerWhetherTheNameIsKnownOrNot) {
  for (const std::string name : {"m.akte", "niemand"}) {
    for (int attempt = 0; attempt < 3; ++attempt)
      EXPECT_EQ(refused_login(noon, name, "falsch"), "login_failed");
    EXPECT_EQ(refused_login(noon, name, "falsch"), "login_failed");
    EXPECT_EQ(refused_login(noon, name, good), "login_delayed");
    EXPECT_EQ(refused_login(noon + seconds(1), name, good), "login_delayed");
    EXPECT_EQ(refused_login(noon + seconds(2), name, "falsch"), "login_failed");
    EXPECT_EQ(refused_login(noon + seconds(5), name, good), "login_delayed");
  }
  EXPECT_EQ(refused_login(noon + seconds(6), "m.akte", good), "");
  EXPECT_EQ(refused_login(noon + seconds(6), "m.akte", "falsch"), "login_failed");
  EXPECT_EQ(refused_login(noon + seconds(6), "m.akte", good), "");
}

TEST_F(Accounts, TheDelayNeverGrowsBeyondAQuarterOfAnHour) {
  Instant now = noon;
  for (int attempt = 0; attempt < 20; ++attempt, now += longest_delay)
    EXPECT_EQ(refused_login(now, "m.akte", "falsch"), "login_failed") << attempt;
  EXPECT_EQ(refused_login(now - seconds(1), "m.akte", good), "login_delayed");
  EXPECT_EQ(refused_login(now, "m.akte", good), "");
}

TEST_F(Accounts, AFailedLoginIsWrittenDownWithTheNameOnlyWhenItIsKnown) {
  EXPECT_EQ(refused_login(noon, "m.akte", "falsch"), "login_failed");
  const AuditEntry known = trail(tenant.archive).back();
  EXPECT_EQ(known.action, "login.failed");
  EXPECT_EQ(known.actor, "web");
  EXPECT_EQ(known.detail, R"({"name":"m.akte"})");
  EXPECT_EQ(refused_login(noon, "geheimes passwort", "falsch"), "login_failed");
  const AuditEntry unknown = trail(tenant.archive).back();
  EXPECT_EQ(unknown.action, "login.failed");
  EXPECT_EQ(unknown.subject + unknown.detail, "");
}

TEST_F(Accounts, AHashOfAnotherCostIsRenewedAtTheNextLogin) {
  constexpr PasswordCost dearer{2, 128};
  log_in(tenant.archive, "m.akte", good, noon, "web", dearer);
  const std::string stored = tenant.archive.database()
                                 .query("SELECT password_hash FROM account WHERE name = 'm.akte'")
                                 .at(0)
                                 .text("password_hash");
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=128,t=2,p=1$")) << stored;
  EXPECT_EQ(log_in(tenant.archive, "m.akte", good, noon, "web", dearer).session.account.name, "m.akte");
}

TEST_F(Accounts, TheUsualCostIsThatOfTheStandard) {
  add_account(tenant.archive, {"teuer", "Teuer", {Role::clerk}, good}, "cli");
  const std::string stored = tenant.archive.database()
                                 .query("SELECT password_hash FROM account WHERE name = 'teuer'")
                                 .at(0)
                                 .text("password_hash");
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << stored;
}

TEST_F(Accounts, NobodyChangesTheirOwnRolesAndOneAdministratorStays) {
  EXPECT_EQ(refused([&] { set_roles(tenant.archive, "frau.amt", {Role::clerk}, "frau.amt"); }), "own_roles");
  EXPECT_EQ(refused([&] { set_roles(tenant.archive, "frau.amt", {Role::clerk}, "cli"); }),
            "last_administrator");
  EXPECT_EQ(refused([&] { set_disabled(tenant.archive, "frau.amt", true, "cli"); }), "last_administrator");
  set_roles(tenant.archive, "m.akte", {Role::administrator, Role::clerk, Role::clerk}, "frau.amt");
  EXPECT_EQ(account_named(tenant.archive, "m.akte").roles, (std::vector{Role::clerk, Role::administrator}));
  EXPECT_EQ(account_named(tenant.archive, "m.akte").changed_by, "frau.amt");
  EXPECT_EQ(trail(tenant.archive).back().detail,
            R"({"before":["clerk","records_manager"],"after":["clerk","administrator"]})");
  set_disabled(tenant.archive, "frau.amt", true, "m.akte");
  EXPECT_TRUE(account_named(tenant.archive, "frau.amt").disabled);
  EXPECT_EQ(refused([&] { set_roles(tenant.archive, "m.akte", {Role::clerk}, "cli"); }),
            "last_administrator");
}

TEST_F(Accounts, RolesAreAskedForAtEachStepAndTwoPeopleAreTwo) {
  EXPECT_NO_THROW(require_role(tenant.archive, "m.akte", Role::records_manager));
  EXPECT_EQ(refused([&] { require_role(tenant.archive, "r.pruef", Role::records_manager); }), "role_missing");
  EXPECT_EQ(refused([&] { require_role(tenant.archive, "web", Role::clerk); }), "account_needed");
  add("z.weit", {Role::records_manager});
  tenant.archive.database().read([&](Connection& connection) {
    EXPECT_NO_THROW(require_second_person(connection, "m.akte", "z.weit", Role::records_manager));
    EXPECT_EQ(refused([&] { require_second_person(connection, "m.akte", "m.akte", Role::records_manager); }),
              "same_person");
    EXPECT_EQ(
        refused([&] { require_second_person(connection, "m.akte", "frau.amt", Role::records_manager); }),
        "role_missing");
  });
  set_disabled(tenant.archive, "z.weit", true, "frau.amt");
  EXPECT_EQ(refused([&] { require_role(tenant.archive, "z.weit", Role::records_manager); }),
            "account_needed");
}

TEST_F(Accounts, APasswordSomebodyElseHasSetIsToBeChanged) {
  EXPECT_FALSE(account_named(tenant.archive, "frau.amt").must_change_password()) << "nobody else was there";
  EXPECT_TRUE(account_named(tenant.archive, "m.akte").must_change_password());
  EXPECT_TRUE(log_in_at(noon).session.account.must_change_password());
  EXPECT_EQ(refused([&] { change_password(tenant.archive, "m.akte", good, good, noon, "web", cheap); }),
            "password_unchanged");
  change_password(tenant.archive, "m.akte", good, "Regen Birke Laterne", noon, "web", cheap);
  const NewSession own = log_in_at(noon, "m.akte", "Regen Birke Laterne");
  EXPECT_FALSE(own.session.account.must_change_password());
  EXPECT_FALSE(session_of(tenant.archive, own.token, noon)->account.must_change_password());
  set_password(tenant.archive, "m.akte", good, "frau.amt", cheap);
  EXPECT_TRUE(account_named(tenant.archive, "m.akte").must_change_password());
  EXPECT_FALSE(session_of(tenant.archive, own.token, noon)) << "and its sessions have ended";
}

TEST_F(Accounts, WhoSetThePasswordOfTheOtherIsNoSecondPerson) {
  const auto second = [&](const std::string& one, const std::string& other) {
    std::string code;
    tenant.archive.database().read([&](Connection& connection) {
      code = refused([&] { require_second_person(connection, one, other, Role::records_manager); });
    });
    return code;
  };
  add("z.weit", {Role::records_manager});
  EXPECT_EQ(second("m.akte", "z.weit"), "") << "an administrator has set both, and is neither";
  set_password(tenant.archive, "z.weit", good, "m.akte", cheap, 0);
  EXPECT_EQ(second("m.akte", "z.weit"), "password_of_other");
  EXPECT_EQ(second("z.weit", "m.akte"), "password_of_other") << "either way";
  change_password(tenant.archive, "z.weit", good, "Regen Birke Laterne", noon, "web", cheap);
  EXPECT_EQ(second("m.akte", "z.weit"), "");
}

/// Two records managers whose passwords one administrator gives out; who has the passwords may choose new
/// ones.
class TwoResets : public Accounts {
protected:
  TwoResets() {
    add("z.weit", {Role::records_manager});
    add("f.dritt", {Role::records_manager});
    for (const char* name : {"m.akte", "z.weit"}) {
      set_password(tenant.archive, name, good, "frau.amt", cheap);
      change_password(tenant.archive, name, good, own, noon, "web", cheap);
    }
  }
  std::string second(const std::string& one, const std::string& other) {
    std::string code;
    tenant.archive.database().read([&](Connection& connection) {
      code = refused([&] { require_second_person(connection, one, other, Role::records_manager); });
    });
    return code;
  }
  std::string confirmed(const std::string& name, const std::string& actor) {
    return refused([&] { confirm_account(tenant.archive, name, actor); });
  }
  const std::string own = "Regen Birke Laterne";
};

TEST_F(TwoResets, AreNoTwoPeopleAndNeitherIsOneOfTwo) {
  EXPECT_EQ(second("m.akte", "z.weit"), "account_unconfirmed");
  EXPECT_EQ(second("z.weit", "f.dritt"), "account_unconfirmed") << "as the first neither";
  EXPECT_EQ(second("f.dritt", "m.akte"), "account_unconfirmed");
  EXPECT_EQ(account_named(tenant.archive, "m.akte").password_issuer, "frau.amt");
  EXPECT_NO_THROW(require_role(tenant.archive, "m.akte", Role::records_manager)) << "alone it works";
}

TEST_F(TwoResets, AreTwoPeopleOnceAThirdPersonHasConfirmedBoth) {
  EXPECT_EQ(confirmed("m.akte", "frau.amt"), "same_person") << "who gave out the password";
  EXPECT_EQ(confirmed("m.akte", "m.akte"), "same_person");
  EXPECT_EQ(confirmed("m.akte", "z.weit"), "account_unconfirmed") << "it waits itself";
  EXPECT_EQ(confirmed("m.akte", "r.pruef"), "role_missing");
  EXPECT_EQ(confirmed("m.akte", "cli"), "account_needed");
  EXPECT_EQ(confirmed("f.dritt", "m.akte"), "account_counts");
  EXPECT_EQ(confirmed("m.akte", "f.dritt"), "");
  EXPECT_EQ(account_named(tenant.archive, "m.akte").confirmed_by, "f.dritt");
  EXPECT_EQ(trail(tenant.archive).back().action, "account.confirmed");
  EXPECT_EQ(second("m.akte", "z.weit"), "account_unconfirmed") << "one of them still waits";
  EXPECT_EQ(confirmed("z.weit", "m.akte"), "") << "a confirmed account is a third person to the other";
  EXPECT_EQ(second("m.akte", "z.weit"), "");
  set_password(tenant.archive, "m.akte", good, "frau.amt", cheap);
  EXPECT_EQ(second("m.akte", "z.weit"), "account_unconfirmed") << "a confirmation is of one password";
  EXPECT_EQ(confirmed("m.akte", "f.dritt"), "password_still_given");
}

TEST_F(TwoResets, CountAfterTheWaitingTime) {
  for (const char* name : {"m.akte", "z.weit"}) {
    set_password(tenant.archive, name, good, "frau.amt", cheap, 0);
    change_password(tenant.archive, name, good, own, noon, "web", cheap);
  }
  EXPECT_EQ(second("m.akte", "z.weit"), "");
  const Account waiting =
      add_account(tenant.archive, {"n.neu", "Neu", {Role::records_manager}, good}, "frau.amt", cheap, 7);
  EXPECT_FALSE(waiting.unconfirmed("9999-01-01T00:00:00.000Z"));
  EXPECT_TRUE(waiting.unconfirmed(now_utc()));
  EXPECT_EQ(second("m.akte", "n.neu"), "account_unconfirmed") << "a new account likewise";
}

TEST_F(Accounts, AllOfItStandsInAnUnbrokenTrail) {
  log_in_at(noon);
  record_denial(tenant.archive, "r.pruef", "folder.close", "");
  EXPECT_EQ(trail(tenant.archive).back().detail, R"({"what":"folder.close"})");
  tenant.archive.database().read(
      [&](Connection& connection) { EXPECT_TRUE(verify_audit_trail(connection).empty()); });
}

}  // namespace
}  // namespace eakte::archive
