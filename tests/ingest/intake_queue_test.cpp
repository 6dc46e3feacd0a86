#include "ingest/intake_queue.h"

#include <gtest/gtest.h>

#include <fstream>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

#include "ingest/error.h"
#include "ingest/unread_intakes.h"
#include "tests/support/temporary_directory.h"

namespace eakte::ingest {
namespace {

std::string sample_plan() {
  std::ostringstream text;
  text << std::ifstream(EAKTE_SAMPLES "/file_plan.yaml").rdbuf();
  return text.str();
}

class Queue : public ::testing::Test {
protected:
  Intake accept(const std::string& bytes, NewIntake about = {.source = "upload", .name = "brief.tif"}) {
    archive::StagedObject staged = archive_.objects().stage();
    staged.append(std::as_bytes(std::span(bytes)));
    return queue_.accept(std::move(staged), about);
  }

  static std::filesystem::path made(const std::filesystem::path& directory) {
    archive::Archive::create(directory, "stadt", sample_plan());
    return directory;
  }

  eakte::testing::TemporaryDirectory directory_;
  archive::Archive archive_{made(directory_.path() / "stadt")};
  IntakeQueue queue_{archive_};
};

TEST_F(Queue, TakesBytesInAndGivesThemOutOldestFirst) {
  const Intake first = accept("eins");
  const Intake second = accept("zwei");
  EXPECT_EQ(first.state, IntakeState::queued);
  EXPECT_EQ(archive_.objects().read(first.sha256), "eins");
  EXPECT_EQ(queue_.claim()->id, first.id);
  EXPECT_EQ(queue_.claim()->id, second.id);
  EXPECT_FALSE(queue_.claim());
}

TEST_F(Queue, LinksTheSameBytesToTheFirstIntake) {
  const Intake first = accept("gleich");
  const Intake again = accept("gleich");
  EXPECT_EQ(again.state, IntakeState::duplicate);
  EXPECT_EQ(again.duplicate_of, first.id);
  EXPECT_EQ(queue_.resolved(again).id, first.id);
}

TEST_F(Queue, TriesBytesAgainThatWereRefusedBefore) {
  const Intake first = accept("kaputt");
  queue_.claim();
  queue_.finish(first.id, IntakeState::refused, "damaged_file", "");
  EXPECT_EQ(accept("kaputt").state, IntakeState::queued);
}

TEST_F(Queue, GivesTheSameIntakeForTheSameIdempotencyKey) {
  const NewIntake about{.source = "upload", .name = "a", .idempotency_key = "k1"};
  const Intake first = accept("eins", about);
  EXPECT_EQ(accept("eins", about).id, first.id);
  EXPECT_THROW(accept("zwei", about), Refused);
  EXPECT_EQ(queue_.counts()[IntakeState::queued], 1);
}

TEST_F(Queue, ForgivesTheIntakeWhenTheServiceDies) {
  const Intake intake = accept("brief");
  for (int death = 1; death <= IntakeQueue::max_attempts; ++death) {
    queue_.claim();
    queue_.recover();
  }
  EXPECT_EQ(queue_.intake(intake.id).state, IntakeState::queued);
  EXPECT_EQ(queue_.claim()->attempts, 1);
}

TEST_F(Queue, QuarantinesWhatWasBeingWorkedOnAtTenDeathsOfTheService) {
  const Intake intake = accept("gift");
  for (int death = 1; death <= IntakeQueue::max_interruptions; ++death) {
    ASSERT_TRUE(queue_.claim()) << death;
    EXPECT_EQ(queue_.recover(), 1);
  }
  EXPECT_EQ(queue_.intake(intake.id).state, IntakeState::quarantined);
  EXPECT_EQ(queue_.intake(intake.id).reason, "worker_crashed");
  EXPECT_EQ(queue_.retry(intake.id, "web").attempts, 0);
  EXPECT_TRUE(queue_.claim());
}

TEST_F(Queue, DoesNotCountAnAttemptThatWasCutShort) {
  const Intake intake = accept("brief");
  queue_.claim();
  queue_.give_back(intake.id);
  EXPECT_EQ(queue_.intake(intake.id).attempts, 0);
  EXPECT_EQ(queue_.intake(intake.id).state, IntakeState::queued);
}

TEST_F(Queue, ReadsAgainWhatWasFiledUnreadAndLeavesItWhenThatFails) {
  const Intake intake = accept("brief.docx");
  queue_.claim();
  archive::NewDocument alone;
  alone.intake = intake.id;
  alone.received_on = archive::date_from_iso("2026-03-02").value();
  alone.state = archive::DocumentState::review;
  alone.review_reasons = {"no_office_program"};
  alone.renditions = {{archive::RenditionRole::original, {intake.sha256, intake.size}, "application/msword"}};
  const archive::Document filed = archive_.file(
      alone, "system", [&](archive::Connection& connection, const archive::DocumentId& document) {
        IntakeQueue::mark_filed(connection, intake.id, document, alone.state);
      });
  EXPECT_EQ(unread_intakes(archive_), std::vector{intake.id});

  const Intake waiting = queue_.retry(intake.id, "web");
  EXPECT_EQ(waiting.state, IntakeState::queued);
  EXPECT_EQ(waiting.document, filed.id);
  EXPECT_TRUE(unread_intakes(archive_).empty()) << "it waits already";
  EXPECT_THROW(queue_.retry(intake.id, "web"), archive::Conflict);
  EXPECT_TRUE(verify_archive(archive_).problems.empty());

  ASSERT_TRUE(queue_.claim());
  queue_.finish(intake.id, IntakeState::refused, "no_office_program", "");
  EXPECT_EQ(queue_.intake(intake.id).state, IntakeState::review);
  EXPECT_EQ(queue_.intake(intake.id).reason, "no_office_program");
  EXPECT_EQ(unread_intakes(archive_), std::vector{intake.id});
}

TEST_F(Queue, CancelsOnlyWhatWaits) {
  const Intake intake = accept("brief");
  EXPECT_TRUE(queue_.cancel_waiting(intake.id, "web"));
  EXPECT_EQ(queue_.intake(intake.id).reason, "cancelled");
  EXPECT_FALSE(queue_.cancel_waiting(intake.id, "web"));
  EXPECT_THROW(queue_.retry({"01k00000000000000000000000"}, "web"), archive::NotFound);
}

TEST_F(Queue, HandsEveryIntakeToExactlyOneOfManyThreads) {
  constexpr int count = 60;
  for (int i = 0; i < count; ++i) accept("brief " + std::to_string(i));
  std::mutex mutex;
  std::multiset<std::string> claimed;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i) {
      threads.emplace_back([&] {
        while (const auto intake = queue_.claim()) {
          const std::scoped_lock lock(mutex);
          claimed.insert(intake->id.text);
        }
      });
    }
  }
  EXPECT_EQ(claimed.size(), count);
  EXPECT_EQ(std::set(claimed.begin(), claimed.end()).size(), count);
}

TEST_F(Queue, UnpacksAnArchiveIntoIntakesOfTheirOwnInOneCommit) {
  const Intake parent = accept("zip");
  queue_.claim();
  const auto members = queue_.finish_unpacked(
      parent.id, {{archive_.objects().put(std::string_view("a")),
                   {.source = "archive", .name = "a", .parent = parent.id, .depth = 1}},
                  {archive_.objects().put(std::string_view("b")),
                   {.source = "archive", .name = "b", .parent = parent.id, .depth = 1}}});
  EXPECT_EQ(members.size(), 2U);
  EXPECT_EQ(queue_.intake(parent.id).state, IntakeState::unpacked);
  EXPECT_EQ(queue_.counts()[IntakeState::queued], 2);
}

TEST_F(Queue, ListsInPagesNewestFirst) {
  for (int i = 0; i < 5; ++i) accept(std::to_string(i));
  const IntakeState waiting[] = {IntakeState::queued};
  const IntakeList first = queue_.list(waiting, "", 3);
  const IntakeList rest = queue_.list(waiting, first.next, 3);
  ASSERT_EQ(first.intakes.size(), 3U);
  ASSERT_EQ(rest.intakes.size(), 2U);
  EXPECT_GT(first.intakes.back().id, rest.intakes.front().id);
  EXPECT_TRUE(rest.next.empty());
  const IntakeState refused[] = {IntakeState::refused, IntakeState::quarantined};
  EXPECT_TRUE(queue_.list(refused, "", 3).intakes.empty());
}

}  // namespace
}  // namespace eakte::ingest
