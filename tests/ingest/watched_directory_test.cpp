#include "ingest/watched_directory.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>

#include "tests/support/temporary_directory.h"

namespace eakte::ingest {
namespace {

namespace fs = std::filesystem;

std::string contents_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

class Inbox : public ::testing::Test {
protected:
  static fs::path made(const fs::path& directory) {
    archive::Archive::create(directory, "stadt", contents_of(EAKTE_SAMPLES "/file_plan.yaml"));
    return directory;
  }

  void start(std::chrono::milliseconds settle = std::chrono::milliseconds(150)) {
    WatchedDirectoryOptions options;
    options.settle = settle;
    options.settle_empty = settle * 2;
    watched_.emplace(inbox_, archive_, queue_, options, [this](const WatchedFile& file) {
      const std::scoped_lock lock(mutex_);
      told_[file.name] = file;
      changed_.notify_all();
    });
  }

  WatchedFile wait_for(const std::string& name) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, std::chrono::minutes(5), [&] { return told_.contains(name); }))
        << name;
    return told_[name];
  }

  std::size_t told_count() {
    const std::scoped_lock lock(mutex_);
    return told_.size();
  }

  void put(const std::string& name, const std::string& bytes) {
    fs::create_directories((inbox_ / name).parent_path());
    std::ofstream(inbox_ / name, std::ios::binary) << bytes;
  }

  eakte::testing::TemporaryDirectory directory_;
  fs::path inbox_ = directory_.path() / "inbox";
  archive::Archive archive_{made(directory_.path() / "stadt")};
  IntakeQueue queue_{archive_};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, WatchedFile> told_;
  std::optional<WatchedDirectory> watched_;
};

TEST_F(Inbox, TakesAFileAndMovesItToDone) {
  start();
  put("brief.tif", "Bytes");
  const WatchedFile taken = wait_for("brief.tif");
  EXPECT_EQ(archive_.objects().read(queue_.intake(taken.intake).sha256), "Bytes");
  EXPECT_EQ(contents_of(inbox_ / "done/brief.tif"), "Bytes");
  EXPECT_FALSE(fs::exists(inbox_ / "brief.tif"));
}

TEST_F(Inbox, TakesWhatLaySubmittedBeforeTheStartAndInSubDirectories) {
  put("Bauamt/2026/plan.pdf", "a");
  put("brief.tif", "b");
  start();
  EXPECT_FALSE(wait_for("Bauamt/2026/plan.pdf").intake.empty());
  EXPECT_FALSE(wait_for("brief.tif").intake.empty());
  EXPECT_TRUE(fs::exists(inbox_ / "done/Bauamt/2026/plan.pdf"));
}

TEST_F(Inbox, WaitsWhileSomebodyHasTheFileOpenForWriting) {
  start();
  std::ofstream slow(inbox_ / "langsam.tif", std::ios::binary);
  slow << "Anfang " << std::flush;
  put("anderes.tif", "x");
  wait_for("anderes.tif");
  EXPECT_TRUE(fs::exists(inbox_ / "langsam.tif"));
  slow << "Ende" << std::flush;
  slow.close();
  EXPECT_EQ(archive_.objects().read(queue_.intake(wait_for("langsam.tif").intake).sha256), "Anfang Ende");
}

TEST_F(Inbox, LeavesUnfinishedNamesUntilTheyAreRenamed) {
  start();
  put("brief.tif.part", "Bytes");
  put("anderes.tif", "x");
  wait_for("anderes.tif");
  EXPECT_EQ(told_count(), 1U);
  fs::rename(inbox_ / "brief.tif.part", inbox_ / "brief.tif");
  EXPECT_FALSE(wait_for("brief.tif").intake.empty());
}

TEST_F(Inbox, KeepsBothOfTwoFilesWithTheSameName) {
  start();
  put("scan.tif", "eins");
  wait_for("scan.tif");
  {
    const std::scoped_lock lock(mutex_);
    told_.clear();
  }
  put("scan.tif", "zwei");
  wait_for("scan.tif");
  EXPECT_EQ(contents_of(inbox_ / "done/scan.tif"), "eins");
  EXPECT_EQ(contents_of(inbox_ / "done/scan.2.tif"), "zwei");
}

TEST_F(Inbox, DoesNotFollowLinksOutOfTheDirectory) {
  start();
  std::ofstream(directory_.path() / "geheim") << "geheim";
  fs::create_directories(inbox_);
  fs::create_symlink(directory_.path() / "geheim", inbox_ / "link.tif");
  put("anderes.tif", "x");
  wait_for("anderes.tif");
  EXPECT_EQ(told_count(), 1U);
  EXPECT_EQ(queue_.counts()[IntakeState::queued], 1);
}

}  // namespace
}  // namespace eakte::ingest
