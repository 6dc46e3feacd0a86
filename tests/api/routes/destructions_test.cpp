#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "archive/audit_trail.h"
#include "archive/life_cycle.h"
#include "archive/sessions.h"
#include "tests/api/served_archive.h"

namespace eakte::testing {
namespace {

using archive::Role;
using nlohmann::json;

class DestructionRoutes : public ServedArchive {
protected:
  Headers as(const std::string& name, Role role) {
    constexpr archive::PasswordCost cheap{1, 64};
    const std::string password = "Wolke Treppe Ahorn";
    archive::add_account(tenant().archive, {name, name, {role}, password}, name, cheap);
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return {{"Cookie", "eakte-musterstadt=" +
                           archive::log_in(tenant().archive, name, password, now, "web", cheap).token}};
  }
  /// Closed so long ago that its period is over.
  std::string due_folder(const std::string& reference) {
    archive::Archive& records = tenant().archive;
    const auto id =
        records.add_folder("61.10.30", reference, "Hundesteuer", "cli", archive::date_from_iso("2001-01-01"));
    archive::close_folder(records, id, *archive::date_from_iso("2005-05-05"), archive::today(), "cli");
    return id.text;
  }
  HttpAnswer permit(const Headers& who) {
    const json permission{{"number", "LHA-2026-17"},
                          {"issued_on", "2020-01-01"},
                          {"valid_until", "2999-12-31"},
                          {"plan_entries", {"61"}}};
    return post("/api/v1/destruction-permissions", permission.dump(), who);
  }

  const Headers administrator = as("a.amt", Role::administrator);
};

TEST_F(DestructionRoutes, TwoRecordsManagersDestroyWhatTheArchivePermits) {
  const Headers first = as("m.eins", Role::records_manager);
  const Headers second = as("m.zwei", Role::records_manager);
  const std::string folder = due_folder("61.10.30/1");
  const json wanted{{"folders", {folder}}};
  const json unpermitted = json_of(post("/api/v1/destructions", wanted.dump(), first));
  EXPECT_TRUE(unpermitted["taken"].empty());
  EXPECT_EQ(unpermitted["refused"][0]["code"], "permission_missing");
  EXPECT_NE(unpermitted["refused"][0]["message"], "");

  EXPECT_EQ(permit(first).status, 200);
  const json proposed = json_of(post("/api/v1/destructions", wanted.dump(), first));
  ASSERT_EQ(proposed["taken"].size(), 1U) << proposed;
  const json approval{{"destructions", proposed["taken"]}};
  const json alone = json_of(post("/api/v1/destructions/approve", approval.dump(), first));
  EXPECT_EQ(alone["refused"][0]["code"], "same_person") << alone;
  tenant().quarantine_days = 12;
  const json approved = json_of(post("/api/v1/destructions/approve", approval.dump(), second));
  EXPECT_EQ(approved["taken"], proposed["taken"]) << approved;

  const json listed = json_of(get("/api/v1/destructions?state=approved", first))["destructions"];
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0]["proposed_by"], "m.eins");
  EXPECT_EQ(listed[0]["approved_by"], "m.zwei");
  EXPECT_EQ(listed[0]["folder"]["reference"], "61.10.30/1");
  const std::chrono::sys_days day = archive::today();
  EXPECT_EQ(listed[0]["not_before"], archive::to_iso(day + std::chrono::days(12)));

  const std::string withdraw =
      "/api/v1/destructions/" + proposed["taken"][0].get<std::string>() + "/withdraw";
  EXPECT_EQ(post(withdraw, R"({"reason":""})", first).error_code(), "bad_request");
  EXPECT_EQ(json_of(post(withdraw, R"({"reason":"Klage angekündigt"})", first))["state"], "withdrawn");
  EXPECT_EQ(post(withdraw, R"({"reason":"noch einmal"})", first).error_code(), "destruction_withdrawn");
}

TEST_F(DestructionRoutes, NobodyElseMayEvenPropose) {
  const std::string folder = due_folder("61.10.30/1");
  const std::string wanted = json{{"folders", {folder}}}.dump();
  for (const Headers& who : {administrator, as("s.bearbeiter", Role::clerk), as("r.pruef", Role::auditor)}) {
    EXPECT_EQ(post("/api/v1/destructions", wanted, who).error_code(), "role_missing");
    EXPECT_EQ(permit(who).error_code(), "role_missing");
  }
  EXPECT_EQ(post("/api/v1/destructions", wanted).error_code(), "login_needed");
}

TEST_F(DestructionRoutes, PermissionsAreRecordedAndRevoked) {
  const Headers manager = as("m.eins", Role::records_manager);
  const json bad{
      {"number", "1"}, {"issued_on", "2020-01-01"}, {"valid_until", "2019-01-01"}, {"plan_entries", {"61"}}};
  EXPECT_EQ(post("/api/v1/destruction-permissions", bad.dump(), manager).error_code(), "bad_request");
  json unknown = bad;
  unknown["valid_until"] = "2999-01-01";
  unknown["plan_entries"] = {"98.76"};
  EXPECT_EQ(post("/api/v1/destruction-permissions", unknown.dump(), manager).error_code(), "bad_plan_entry");
  const json kept = json_of(permit(manager))["permissions"];
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0]["recorded_by"], "m.eins");
  EXPECT_EQ(permit(manager).error_code(), "permission_exists");
  const std::string revoke =
      "/api/v1/destruction-permissions/" + kept[0]["id"].get<std::string>() + "/revoke";
  EXPECT_EQ(json_of(post(revoke, {}, manager))["permissions"][0]["revoked_by"], "m.eins");
}

}  // namespace
}  // namespace eakte::testing
