#include "archive/fixity.h"

#include <gtest/gtest.h>

#include "archive/audit_list.h"
#include "archive/scrub.h"
#include "archive/storage/object_path.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::hours;
using testing::Tenant;

const Instant start = std::chrono::sys_days(date_from_iso("2026-11-22").value());

class Fixity : public ::testing::Test {
protected:
  Tenant tenant;
  Archive& archive = tenant.archive;

  fs::path path_of(const std::string& sha256) const { return object_path(tenant.path() / "objects", sha256); }
  void spoil(const std::string& sha256) {
    fs::permissions(path_of(sha256), fs::perms(0640));
    std::ofstream(path_of(sha256), std::ios::binary) << "something else";
  }
  std::vector<RecordedEntry> told(const char* action) { return audit_entries(archive, {.action = action}); }
};

TEST_F(Fixity, ADamagedObjectIsSetAsideAndNeverServed) {
  const Document document = tenant.file("letter");
  const std::string sha256 = sha256_hex("letter");
  EXPECT_FALSE(examine_object(archive, sha256, "reading", "system"));
  spoil(sha256);
  EXPECT_THROW(archive.objects().open(sha256), DamagedObject);
  const auto damage = examine_object(archive, sha256, "reading", "system");
  ASSERT_TRUE(damage);
  EXPECT_EQ(damage->kind, DamageKind::changed);
  EXPECT_EQ(damage->documents, std::vector{document.id});
  EXPECT_FALSE(fs::exists(path_of(sha256)));
  EXPECT_THROW(archive.objects().open(sha256), DamagedObject);
  EXPECT_THROW(archive.objects().read(sha256), DamagedObject);
  examine_object(archive, sha256, "scrub", "system");
  ASSERT_EQ(told("object.damaged").size(), 1U) << "said once";
  EXPECT_EQ(told("object.damaged")[0].entry.detail, R"({"kind":"changed","by":"reading"})");
  ASSERT_EQ(standing_damages(archive).size(), 1U);
}

TEST_F(Fixity, AMissingObjectIsADamageOnlyWhenTheCatalogueNamesIt) {
  tenant.file("letter");
  fs::remove(path_of(sha256_hex("letter")));
  EXPECT_FALSE(examine_object(archive, sha256_hex("never"), "scrub", "system"));
  EXPECT_EQ(examine_object(archive, sha256_hex("letter"), "scrub", "system").value().kind,
            DamageKind::missing);
  EXPECT_THROW(archive.objects().open(sha256_hex("letter")), DamagedObject);
  EXPECT_THROW(archive.objects().open(sha256_hex("never")), NotFound);
}

TEST_F(Fixity, OnlyACopyWithTheRightHashRepairs) {
  tenant.file("one");
  tenant.file("two");
  tenant.file("three");
  const testing::TemporaryDirectory backup;
  const fs::path copies = backup.path() / "tenants" / "musterstadt" / "objects";
  fs::create_directories(copies.parent_path());
  fs::copy(tenant.path() / "objects", copies, fs::copy_options::recursive);
  for (const char* content : {"one", "two", "three"}) {
    spoil(sha256_hex(content));
    examine_object(archive, sha256_hex(content), "scrub", "system");
  }
  const fs::path bad = object_path(copies, sha256_hex("two"));
  fs::permissions(bad, fs::perms(0640));
  std::ofstream(bad) << "bad too";
  fs::remove(object_path(copies, sha256_hex("three")));

  const RepairReport report = repair_from(archive, backup.path(), "muster");
  EXPECT_EQ(report.repaired, std::vector{sha256_hex("one")});
  EXPECT_EQ(report.unfit, std::vector{sha256_hex("two")});
  EXPECT_EQ(report.not_found, std::vector{sha256_hex("three")});
  EXPECT_EQ(archive.objects().read(sha256_hex("one")), "one");
  EXPECT_EQ(standing_damages(archive).size(), 2U);
  ASSERT_EQ(told("object.repaired").size(), 1U);
  EXPECT_EQ(told("object.repaired")[0].entry.actor, "muster");
  EXPECT_FALSE(fs::exists(set_aside_path(tenant.path() / "objects", sha256_hex("one"))));

  spoil(sha256_hex("one"));  // and again
  EXPECT_TRUE(examine_object(archive, sha256_hex("one"), "scrub", "system"));
  EXPECT_EQ(standing_damages(archive).size(), 3U);
}

TEST_F(Fixity, ARoundReadsEverythingWithinItsDays) {
  for (int i = 0; i < 60; ++i) archive.objects().put("object " + std::to_string(i));
  const ScrubPace pace{.round_days = 45};
  ScrubRound round;
  std::int64_t before = 0;
  for (int day = 0; day < 45; ++day) {
    round = scrub_due(archive, start + days(day), pace);
    EXPECT_GE(round.objects, before);
    if (day == 20) {
      EXPECT_NEAR(static_cast<double>(round.objects), 60 * 21 / 45.0, 15);
    }
    before = round.objects;
  }
  EXPECT_EQ(round.objects, 60);
  EXPECT_FALSE(round.ended_at.empty());
  EXPECT_EQ(scrub_due(archive, start + days(44) + hours(1), pace).number, 1);
  EXPECT_EQ(scrub_due(archive, start + days(45), pace).number, 2);
  EXPECT_EQ(scrub_status(archive).covered_since, "2026-11-22T00:00:00.000Z");
  EXPECT_EQ(told("scrub.ended").size(), 1U);
}

TEST_F(Fixity, ARoundFindsEachDamage) {
  for (int i = 0; i < 5; ++i) tenant.file("letter " + std::to_string(i));
  spoil(sha256_hex("letter 1"));
  fs::remove(path_of(sha256_hex("letter 4")));
  const ScrubRound round = scrub_all(archive, start, {});
  EXPECT_EQ(round.objects, 6) << "five originals and the one text";
  EXPECT_EQ(round.damaged, 2);
  EXPECT_FALSE(round.ended_at.empty());
  EXPECT_EQ(scrub_status(archive).damages.size(), 2U);
  EXPECT_EQ(scrub_all(archive, start + hours(1), {}).number, 2) << "a new one";
}

TEST_F(Fixity, AWeeklySampleIsDrawnBySeed) {
  for (int i = 0; i < 200; ++i) archive.objects().put("object " + std::to_string(i));
  const auto first = sample_due(archive, start, {.sample = 0.1});
  ASSERT_TRUE(first);
  EXPECT_NEAR(static_cast<double>(first->objects), 20, 15);
  EXPECT_EQ(first->seed.size(), 26U);
  EXPECT_FALSE(sample_due(archive, start + days(6), {}));
  const auto second = sample_due(archive, start + days(7), {.sample = 0.00001});
  ASSERT_TRUE(second);
  EXPECT_EQ(second->objects, 1) << "never none";
  EXPECT_NE(second->seed, first->seed);
  EXPECT_EQ(scrub_status(archive).samples.size(), 2U);
  EXPECT_EQ(told("scrub.sampled").size(), 2U);
}

}  // namespace
}  // namespace eakte::archive
