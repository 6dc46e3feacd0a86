#include <fstream>

#include "archive/audit_head.h"
#include "archive/audit_list.h"
#include "archive/incidents.h"
#include "archive/installation_key.h"
#include "tests/api/served_archive.h"

namespace eakte::testing {
namespace {

using Audit = ServedArchive;
using nlohmann::json;

TEST_F(Audit, IsListedForTheAuditor) {
  const auto document = file_document("Rechnung");
  const json all = json_of(get("/api/v1/audit?action=document"));
  ASSERT_EQ(all["entries"].size(), 1U);
  EXPECT_EQ(all["entries"][0]["subject"], document.id.text);
  EXPECT_EQ(all["entries"][0]["detail"]["plan_entry"], "11.50.20");
  EXPECT_TRUE(all["next"].is_null());
  const json first = json_of(get("/api/v1/audit?limit=1"));
  ASSERT_EQ(first["entries"].size(), 1U);
  const json second = json_of(get("/api/v1/audit?limit=1&after=" + first["next"].dump()));
  EXPECT_EQ(second["entries"][0]["sequence"], 2);
  EXPECT_EQ(get("/api/v1/audit?from=gestern").status, 400);
  EXPECT_EQ(json_of(get("/api/v1/audit?from=2099-01-01"))["entries"].size(), 0U);
}

TEST_F(Audit, HeadIsExportedSignedAndHolds) {
  const HttpAnswer answer = post("/api/v1/audit/head");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto key = archive::InstallationKey::of(service_.data);
  const auto verdict = archive::verify_signed_message(archive::cms_from_pem(answer.body), key.certificate());
  ASSERT_TRUE(verdict.errors.empty()) << verdict.errors[0];
  EXPECT_TRUE(
      archive::verify_audit_head(tenant().archive, archive::audit_head_from(verdict.content)).empty());
  EXPECT_EQ(archive::audit_entries(tenant().archive, {.action = "audit.head_exported"}).size(), 1U);
}

TEST_F(Audit, TellsWhoReadWhatIsProtected) {
  const auto document = file_document("Widerspruch");
  const std::string path = "/api/v1/documents/" + document.id.text;
  const auto readings = [&] {
    return archive::audit_entries(tenant().archive, {.action = "document.read"}).size();
  };
  get(path + "/renditions/text");
  EXPECT_EQ(readings(), 0U) << "normal confidentiality";
  auto fields = document.content.fields;
  fields.plan_entry = "11.20.20";
  tenant().archive.confirm(document.id, fields, "test");
  EXPECT_EQ(get(path).status, 200);
  EXPECT_EQ(readings(), 1U);
  EXPECT_EQ(get(path + "/renditions/text").status, 200);
  EXPECT_EQ(get(path + "/renditions/text", {{"Range", "bytes=0-3"}}).status, 206);
  EXPECT_EQ(readings(), 3U);
  EXPECT_EQ(get(path + "/pages/1/text").status, 200);
  EXPECT_EQ(readings(), 3U) << "once in ten minutes";
}

TEST_F(Audit, TellsWhoWasRefused) {
  const auto document = file_document("Bescheid");
  auto fields = document.content.fields;
  fields.plan_entry = "11.20.20";
  const auto folder = tenant().archive.add_folder("11.20.20", "11.20.20/9", "Widersprüche", "test");
  fields.folder = folder;
  tenant().archive.confirm(document.id, fields, "test");
  tenant().archive.database().write([&](archive::Connection& connection) {
    connection.execute("UPDATE folder SET status = 'closed' WHERE id = ?", {folder.text});
  });
  EXPECT_EQ(post("/api/v1/documents/" + document.id.text + "/confirm", R"({"title":"anders"})").status, 409);
  const auto denials = archive::audit_entries(tenant().archive, {.action = "access.denied"});
  ASSERT_EQ(denials.size(), 1U);
  EXPECT_EQ(denials[0].entry.subject, document.id.text);
  EXPECT_EQ(denials[0].entry.detail,
            R"({"code":"folder_closed","what":"POST /api/v1/documents/{}/confirm"})");
}

}  // namespace
}  // namespace eakte::testing
