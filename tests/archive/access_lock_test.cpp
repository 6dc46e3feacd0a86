#include "archive/access_lock.h"

#include <gtest/gtest.h>

#include "archive/file_plan_versions.h"
#include "archive/life_cycle.h"
#include "archive/refiling.h"
#include "tests/support/day.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

using testing::day;

const Date today = day("2027-06-01");

constexpr const char* plan = R"(aktenplan: {bezeichnung: Probe, version: "1"}
vorgaben: {frist: {jahre: 5, beginn: zdA, rundung: jahresende}, aussonderungsart: B}
einheiten:
- {kz: "1", titel: Offen, aktenbildend: true, frist: {unbefristet: true}}
- kz: "2"
  titel: Melderegister
  aktenbildend: true
  frist:
    art: fest
    kombination: stufen
    teile:
    - {name: Auskunft, jahre: 5, beginn: wegzug_tod, rundung: jahresende}
    - {name: Sperre, jahre: 50, beginn: vorige_stufe, rundung: jahresende, zugriff: gesperrt}
)";

class AccessLocks : public ::testing::Test {
protected:
  AccessLocks() : directory_(temporary_.path() / "probe") {
    Archive::create(directory_, "probe", plan);
    archive_ = std::make_unique<Archive>(directory_);
    folder_ = archive_->add_folder("2", "2/1", "Person", "cli", day("2010-01-01"));
    NewDocument letter{.intake = {new_id_text()}, .received_on = day("2011-02-02")};
    letter.fields.title = "Abmeldung";
    letter.fields.folder = folder_;
    letter.renditions = {{RenditionRole::original, archive_->objects().put("bytes"), "image/tiff"}};
    document_ = archive_->file(letter, "system").id;
  }
  Document document() { return archive_->document(document_); }

  testing::TemporaryDirectory temporary_;
  std::filesystem::path directory_;
  std::unique_ptr<Archive> archive_;
  FolderId folder_;
  DocumentId document_;
};

TEST_F(AccessLocks, FollowTheStageOfTheDay) {
  EXPECT_FALSE(access_locked(*archive_, document(), today)) << "nobody has moved away";
  record_event(*archive_, folder_, "wegzug_tod", day("2020-05-05"), today, "cli");
  EXPECT_FALSE(access_locked(*archive_, document(), day("2025-12-31")));
  EXPECT_TRUE(access_locked(*archive_, document(), day("2026-01-01")));
  EXPECT_TRUE(access_locked(*archive_, folder_, today));
}

TEST_F(AccessLocks, AreNotedForTheSearchWithANewRevisionAndTakenBackWhenTheyEnd) {
  record_event(*archive_, folder_, "wegzug_tod", day("2020-05-05"), today, "cli");
  EXPECT_EQ(apply_access_locks(*archive_, day("2025-12-31")), 0);
  const std::int64_t before = document().revision;
  EXPECT_EQ(apply_access_locks(*archive_, today), 1);
  EXPECT_EQ(apply_access_locks(*archive_, today), 0);
  EXPECT_TRUE(is_noted_as_locked(*archive_, document()));
  EXPECT_GT(document().revision, before);
  // The date was wrong: the person moved away later.
  record_event(*archive_, folder_, "wegzug_tod", day("2024-05-05"), today, "cli");
  EXPECT_EQ(apply_access_locks(*archive_, today), 1);
  EXPECT_FALSE(is_noted_as_locked(*archive_, document()));
}

TEST_F(AccessLocks, EndWithTheEntryThatLocked) {
  record_event(*archive_, folder_, "wegzug_tod", day("2020-05-05"), today, "cli");
  ASSERT_EQ(apply_access_locks(*archive_, today), 1);
  ASSERT_EQ(refile_folder(*archive_, folder_, "1", "falsch abgelegt", today, "cli").state,
            RefilingState::done);
  EXPECT_FALSE(access_locked(*archive_, folder_, today));
  EXPECT_EQ(apply_access_locks(*archive_, today), 1);
  EXPECT_FALSE(is_noted_as_locked(*archive_, document()));
}

}  // namespace
}  // namespace eakte::archive
