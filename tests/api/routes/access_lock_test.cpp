#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "archive/access_lock.h"
#include "archive/accounts.h"
#include "archive/life_cycle.h"
#include "archive/sessions.h"
#include "tests/api/served_archive.h"
#include "tests/support/day.h"

namespace eakte::testing {
namespace {

using archive::Role;
using nlohmann::json;

/// Accounts of every role, and a document in a folder of the registration office whose access is locked since
/// the person moved away (BMG section 13(2)).
class LockedAccess : public ServedArchive {
protected:
  void SetUp() override {
    archive::Archive& archive = tenant().archive;
    for (const auto& [name, role] :
         std::initializer_list<std::pair<const char*, Role>>{{"a.amt", Role::administrator},
                                                             {"s.bearbeiter", Role::clerk},
                                                             {"m.akte", Role::records_manager},
                                                             {"z.akte", Role::records_manager},
                                                             {"r.pruef", Role::auditor}})
      archive::add_account(archive, {name, name, {role}, "Wolke Treppe Ahorn"}, name, {1, 64});
    document_ = file_document("Abmeldung nach Nirgendwo").id;
    archive::DocumentFields fields = archive.document(document_).content.fields;
    folder_ = archive.add_folder("12.20.10", "12.20.10/1", "Meldeakte", "cli", day("2005-01-01"));
    fields.plan_entry = "12.20.10";
    fields.folder = folder_;
    archive.confirm(document_, fields, "s.bearbeiter");
    archive::record_event(archive, folder_, "wegzug_tod", day("2010-05-05"), archive::today(), "cli");
  }

  Headers as(const std::string& name) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto begun = archive::log_in(tenant().archive, name, "Wolke Treppe Ahorn", now, "web",
                                       archive::PasswordCost{1, 64});
    return {{"Cookie", "eakte-musterstadt=" + begun.token}};
  }
  std::size_t hits(const std::string& name) {
    return json_of(get("/api/v1/search?q=Nirgendwo", as(name)))["hits"].size();
  }

  archive::DocumentId document_;
  archive::FolderId folder_;
};

TEST_F(LockedAccess, IsReadByRecordsManagersAndAuditorsOnly) {
  const std::string document = "/api/v1/documents/" + document_.text;
  const std::string folder = "/api/v1/folders/" + folder_.text;
  for (const char* what : {"", "/renditions/text", "/pages/1/text", "/similar"}) {
    const HttpAnswer denied = get(document + what, as("s.bearbeiter"));
    EXPECT_EQ(denied.status, 403) << what;
    EXPECT_EQ(denied.error_code(), "document_locked") << what;
  }
  EXPECT_EQ(get(document, as("m.akte")).status, 200);
  EXPECT_EQ(get(document, as("r.pruef")).status, 200);
  const json hidden = json_of(get(folder, as("s.bearbeiter")));
  EXPECT_EQ(hidden["access_locked"], true);
  EXPECT_EQ(hidden["documents"].size(), 0U);
  EXPECT_EQ(json_of(get(folder, as("r.pruef")))["documents"].size(), 1U);
  EXPECT_EQ(json_of(get("/api/v1/documents", as("s.bearbeiter")))["documents"].size(), 0U);
}

TEST_F(LockedAccess, IsNotFoundAlsoBeforeTheIndexKnows) {
  tenant().index.catch_up(tenant().archive);
  EXPECT_EQ(hits("s.bearbeiter"), 0U) << "the index still has it for everybody";
  EXPECT_EQ(hits("m.akte"), 1U);
  ASSERT_EQ(archive::apply_access_locks(tenant().archive, archive::today()), 1);
  tenant().index.catch_up(tenant().archive);
  const json found = json_of(get("/api/v1/search?q=Nirgendwo", as("s.bearbeiter")));
  EXPECT_EQ(found["total"], 0) << "not even that there is something";
  EXPECT_EQ(hits("m.akte"), 1U);
  EXPECT_EQ(hits("r.pruef"), 1U);
}

TEST_F(LockedAccess, AConfirmedDocumentGoesToAShorterRuleByTwoPeople) {
  const std::string letter = file_document("Mahnung").id.text;
  const auto send = [&](const std::string& target, const json& body, const std::string& name) {
    return post("/api/v1/" + target, body.dump(), as(name));
  };
  const std::string at = "documents/" + letter;
  EXPECT_EQ(send(at + "/confirm", {{"plan_entry", "61.10.10"}}, "s.bearbeiter").status, 200);
  EXPECT_EQ(send(at + "/confirm", {{"plan_entry", "61.10.30"}}, "s.bearbeiter").error_code(),
            "document_second_person");
  const json waits =
      json_of(send(at + "/refile", {{"plan_entry", "61.10.30"}, {"reason", "verwechselt"}}, "s.bearbeiter"));
  EXPECT_EQ(waits["state"], "proposed");
  EXPECT_EQ(json_of(get("/api/v1/refilings", as("m.akte")))["documents"][0]["document"]["id"], letter);
  const std::string decision = "document-refilings/" + waits["id"].get<std::string>();
  EXPECT_EQ(send(decision + "/release", {{"reason", "ja"}}, "s.bearbeiter").error_code(), "role_missing");
  EXPECT_EQ(json_of(send(decision + "/release", {{"reason", "geprüft"}}, "m.akte"))["state"], "done");
  EXPECT_EQ(json_of(get("/api/v1/" + at, as("m.akte")))["plan_entry"]["number"], "61.10.30");
  EXPECT_EQ(json_of(get("/api/v1/refilings", as("m.akte")))["documents"].size(), 0U);
  EXPECT_EQ(send(decision + "/reject", {{"reason", "nein"}}, "z.akte").error_code(), "refiling_decided");
}

}  // namespace
}  // namespace eakte::testing
