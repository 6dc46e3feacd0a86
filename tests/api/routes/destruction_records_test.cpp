#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "archive/accounts.h"
#include "archive/destruction.h"
#include "archive/destruction_permission.h"
#include "archive/life_cycle.h"
#include "archive/sessions.h"
#include "ingest/destruction_run.h"
#include "tests/api/served_archive.h"
#include "tests/support/day.h"

namespace eakte::testing {
namespace {

using archive::Role;
using nlohmann::json;

class DestructionRecordRoutes : public ServedArchive {
protected:
  void SetUp() override {
    for (const auto& [name, role] :
         std::initializer_list<std::pair<const char*, Role>>{{"a.amt", Role::administrator},
                                                             {"s.bearbeiter", Role::clerk},
                                                             {"m.akte", Role::records_manager},
                                                             {"z.akte", Role::records_manager}})
      archive::add_account(tenant().archive, {name, name, {role}, "Wolke Treppe Ahorn"}, name, {1, 64});
    folder_ = tenant().archive.add_folder("11.40.30", "11.40.30/1", "Akte", "cli", day("2015-01-01"));
    archive::StagedObject bytes = tenant().archive.objects().stage();
    bytes.append(std::as_bytes(std::span("bytes", 5)));
    const ingest::Intake intake =
        tenant().queue.accept(std::move(bytes), {.source = "upload", .name = "brief.tif", .parent = {}});
    archive::NewDocument letter{.intake = intake.id, .received_on = day("2016-01-02")};
    letter.fields.title = "Antrag";
    letter.fields.folder = folder_;
    letter.pages = {{.number = 1, .steps = "[]"}};
    letter.processing = "{}";
    letter.renditions = {{archive::RenditionRole::original, {intake.sha256, intake.size}, "image/tiff"},
                         {archive::RenditionRole::text,
                          tenant().archive.objects().put("Schreiben von Jörg Wößner\n\f"), "text/plain"}};
    document_ = tenant()
                    .archive
                    .file(letter, "system",
                          [&](archive::Connection& connection, const archive::DocumentId& document) {
                            ingest::IntakeQueue::mark_filed(connection, intake.id, document,
                                                            archive::DocumentState::filed);
                          })
                    .id;
    archive::close_folder(tenant().archive, folder_, day("2017-05-05"), archive::today(), "cli");
    tenant().index.catch_up(tenant().archive);
  }

  Headers as(const std::string& name) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto begun = archive::log_in(tenant().archive, name, "Wolke Treppe Ahorn", now, "web",
                                       archive::PasswordCost{1, 64});
    return {{"Cookie", "eakte-musterstadt=" + begun.token}};
  }
  int hits_for(const std::string& name) {
    return json_of(get("/api/v1/search?q=Schreiben", as(name)))["total"].get<int>();
  }

  archive::FolderId folder_;
  archive::DocumentId document_;
};

TEST_F(DestructionRecordRoutes, ARestrictedDocumentIsFoundByRecordsManagersOnly) {
  const std::string person =
      R"({"person":"Jörg Wößner","address":"","reference":"","received_on":"2026-01-02"})";
  EXPECT_EQ(post("/api/v1/erasure-requests", person, as("s.bearbeiter")).status, 403);
  const HttpAnswer added = post("/api/v1/erasure-requests", person, as("m.akte"));
  ASSERT_EQ(added.status, 201) << added.body;
  const std::string request = "/api/v1/erasure-requests/" + json_of(added)["id"].get<std::string>();
  const json found = json_of(get(request + "/documents", as("m.akte")));
  ASSERT_EQ(found["documents"].size(), 1U);
  EXPECT_EQ(found["documents"][0]["id"], document_.text);
  EXPECT_EQ(hits_for("s.bearbeiter"), 1);

  const HttpAnswer decided =
      post(request + "/decide", json{{"documents", {document_.text}}}.dump(), as("m.akte"));
  ASSERT_EQ(decided.status, 200) << decided.body;
  EXPECT_EQ(json_of(decided)["items"][0]["code"], "permission_missing");
  EXPECT_NE(json_of(decided)["letter"].get<std::string>().find("Art. 17 Abs. 3 Buchst. d"),
            std::string::npos);
  tenant().index.catch_up(tenant().archive);
  EXPECT_EQ(hits_for("s.bearbeiter"), 0);
  EXPECT_EQ(hits_for("m.akte"), 1);
  const std::string intake = tenant().archive.document(document_).content.intake.text;
  EXPECT_EQ(get("/api/v1/intakes/" + intake, as("s.bearbeiter")).error_code(), "document_restricted");
  EXPECT_EQ(get("/api/v1/intakes", as("s.bearbeiter")).body.find(intake), std::string::npos);
  EXPECT_NE(get("/api/v1/intakes", as("m.akte")).body.find(intake), std::string::npos);
  const std::string document = "/api/v1/documents/" + document_.text;
  EXPECT_EQ(get(document, as("s.bearbeiter")).error_code(), "document_restricted");
  EXPECT_EQ(get(document + "/renditions/text", as("s.bearbeiter")).error_code(), "document_restricted");
  EXPECT_EQ(json_of(get("/api/v1/documents", as("s.bearbeiter")))["documents"].size(), 0U);
  EXPECT_EQ(get(document, as("m.akte")).status, 200);
  EXPECT_EQ(post(request + "/decide", R"({"documents":[]})", as("m.akte")).error_code(), "erasure_decided");
  EXPECT_EQ(post(document + "/lift-restriction", "{}", as("m.akte")).status, 200);
  tenant().index.catch_up(tenant().archive);
  EXPECT_EQ(hits_for("s.bearbeiter"), 1);
}

TEST_F(DestructionRecordRoutes, ARecordAndATombstoneStay) {
  archive::record_permission(tenant().archive,
                             {"StA 12/26", day("2026-01-02"), day("2099-12-31"), {"11.40.30"}},
                             archive::today(), "m.akte");
  const auto proposed =
      archive::propose_destruction(tenant().archive, {folder_}, archive::today(), "m.akte").taken;
  ASSERT_EQ(proposed.size(), 1U);
  archive::approve_destruction(tenant().archive, proposed, archive::today(), 0, "z.akte");
  const std::string record = "/api/v1/destructions/" + proposed[0].text + "/record";
  EXPECT_EQ(get(record, as("m.akte")).status, 404) << "nothing is destroyed yet";
  EXPECT_EQ(get("/api/v1/tombstones/" + document_.text, as("s.bearbeiter")).status, 404);
  ingest::run_destructions(tenant().archive, tenant().index, {.today = archive::today(), .actor = "system"});

  const HttpAnswer answer = get(record, as("m.akte"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, archive::destruction(tenant().archive, proposed[0]).record) << "byte for byte";
  EXPECT_EQ(get(record, as("s.bearbeiter")).status, 403);
  const HttpAnswer page = get(record + ".html", as("m.akte"));
  EXPECT_EQ(page.status, 200);
  for (const char* part : {"11.40.30/1", "StA 12/26", "m.akte", "z.akte", "Vernichtungsprotokoll", "SHA-256"})
    EXPECT_NE(page.body.find(part), std::string::npos) << part;
  EXPECT_EQ(page.body.find("Wößner"), std::string::npos);
  EXPECT_EQ(get("/api/v1/documents/" + document_.text, as("m.akte")).status, 404);
  const json tombstone = json_of(get("/api/v1/tombstones/" + document_.text, as("s.bearbeiter")));
  EXPECT_EQ(tombstone["folder"]["reference"], "11.40.30/1");
  EXPECT_EQ(tombstone["state"], "done");
}

}  // namespace
}  // namespace eakte::testing
