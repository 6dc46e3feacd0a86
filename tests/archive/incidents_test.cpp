#include "archive/incidents.h"

#include <gtest/gtest.h>

#include "archive/audit_list.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

using testing::Tenant;

Document filed_at(Tenant& tenant, const std::string& entry, std::vector<std::string> access = {"all"}) {
  const IntakeId intake = tenant.accept(entry + access.front());
  NewDocument letter = tenant.letter(intake, entry + access.front());
  letter.fields.plan_entry = entry;
  letter.access = std::move(access);
  return tenant.archive.file(letter, "system");
}

std::size_t readings(const Tenant& tenant) {
  return audit_entries(tenant.archive, {.action = "document.read"}).size();
}

TEST(Readings, OfProtectedDocumentsAreRecorded) {
  Tenant tenant;
  const FilePlan& plan = tenant.archive.file_plan();
  EXPECT_FALSE(is_protected(plan, filed_at(tenant, "11.50.20")));
  EXPECT_TRUE(is_protected(plan, filed_at(tenant, "11.20.20"))) << "hhn";
  EXPECT_TRUE(is_protected(plan, filed_at(tenant, "11.50.20", {"kaemmerei"})));
  EXPECT_TRUE(is_protected(plan, filed_at(tenant, ""))) << "nobody knows yet";

  const Document open = filed_at(tenant, "11.40.20");
  record_reading(tenant.archive, open, Seen::bytes, "pdfa", "muster");
  EXPECT_EQ(readings(tenant), 0U);
  const Document secret = filed_at(tenant, "11.10.20");
  record_reading(tenant.archive, secret, Seen::bytes, "pdfa", "muster");
  const auto entries = audit_entries(tenant.archive, {.action = "document.read"});
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].entry.actor, "muster");
  EXPECT_EQ(entries[0].entry.subject, secret.id.text);
  EXPECT_EQ(entries[0].entry.detail, R"({"what":"pdfa","plan_entry":"11.10.20"})");
}

TEST(Readings, OfPagesAreRecordedOnceForEachPersonAndThoseOfBytesEachTime) {
  Tenant tenant;
  const Document secret = filed_at(tenant, "11.20.20");
  for (int page = 0; page < 5; ++page) record_reading(tenant.archive, secret, Seen::pages, "pages", "muster");
  EXPECT_EQ(readings(tenant), 1U);
  record_reading(tenant.archive, secret, Seen::pages, "pages", "beispiel");
  EXPECT_EQ(readings(tenant), 2U);
  record_reading(tenant.archive, secret, Seen::bytes, "original", "muster");
  record_reading(tenant.archive, secret, Seen::bytes, "original", "muster");
  EXPECT_EQ(readings(tenant), 4U);
}

TEST(Refusals, AreRecorded) {
  Tenant tenant;
  record_refusal(tenant.archive, "folder_closed", "case close", "", "muster");
  const auto entries = audit_entries(tenant.archive, {.action = "access.denied"});
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].entry.detail, R"({"code":"folder_closed","what":"case close"})");
}

TEST(Settings, ThatChangeAreRecordedByNameOnly) {
  Tenant tenant;
  const auto changes = [&] { return audit_entries(tenant.archive, {.action = "settings.changed"}); };
  record_settings(tenant.archive, {}, "system");
  EXPECT_TRUE(changes().empty());
  record_settings(tenant.archive, {{"service.listen", "127.0.0.1:1"}, {"limits.pages", "12"}}, "system");
  record_settings(tenant.archive, {{"service.listen", "127.0.0.1:1"}, {"limits.pages", "12"}}, "system");
  ASSERT_EQ(changes().size(), 1U);
  record_settings(tenant.archive, {{"service.listen", "geheim:1"}}, "system");
  const auto entries = changes();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_NE(entries[0].entry.detail.find(R"("set":["limits.pages","service.listen"])"), std::string::npos);
  EXPECT_NE(entries[1].entry.detail.find(R"("set":["service.listen"])"), std::string::npos);
  EXPECT_NE(entries[1].entry.detail.find(R"("unset":["limits.pages"])"), std::string::npos);
  EXPECT_EQ(entries[1].entry.detail.find("geheim"), std::string::npos);
}

}  // namespace
}  // namespace eakte::archive
