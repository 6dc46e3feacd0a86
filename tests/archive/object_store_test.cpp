#include "archive/object_store.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <functional>
#include <thread>

#include "archive/id.h"
#include "archive/storage/durable_file.h"
#include "archive/storage/object_path.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;

class ObjectStoreTest : public ::testing::Test {
protected:
  testing::TemporaryDirectory temporary;
  fs::path root = temporary.path() / "objects";
  ObjectStore store{root};

  std::size_t files() const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root)) count += entry.is_regular_file() ? 1 : 0;
    return count;
  }
};

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

TEST_F(ObjectStoreTest, KeepsBytesUnderTheirHashReadOnly) {
  const StoredObject object = store.put("abc");
  EXPECT_EQ(object.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(object.size, 3U);
  const fs::path file = root / "ba" / "78" / object.sha256;
  EXPECT_EQ(fs::status(file).permissions(), fs::perms(0440));
  EXPECT_EQ(store.read(object.sha256), "abc");
  EXPECT_TRUE(store.exists(object.sha256));
  EXPECT_EQ(files(), 1U);
}

TEST_F(ObjectStoreTest, TakesNoBytesAtAllAsWell) { EXPECT_EQ(store.read(store.put("").sha256), ""); }

TEST_F(ObjectStoreTest, ReusesWhatIsThere) {
  const StoredObject first = store.put("twice");
  const auto written = fs::last_write_time(object_path(root, first.sha256));
  EXPECT_EQ(store.put("twice").sha256, first.sha256);
  EXPECT_EQ(fs::last_write_time(object_path(root, first.sha256)), written);
  EXPECT_EQ(files(), 1U);
}

TEST_F(ObjectStoreTest, NothingIsVisibleBeforeCommitAndNothingStaysWithoutIt) {
  {
    StagedObject staged = store.stage();
    staged.append(bytes_of("half"));
    EXPECT_EQ(staged.size(), 4U);
    store.for_each([](const std::string& sha256) { ADD_FAILURE() << sha256; });
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(ObjectStoreTest, HashesWhatOthersWroteThroughTheDescriptor) {
  StagedObject staged = store.stage();
  const int output = staged.descriptor();
  const pid_t worker = fork();
  if (worker == 0) _exit(write(output, "from a worker", 13) == 13 ? 0 : 1);
  int status = 1;
  waitpid(worker, &status, 0);
  ASSERT_EQ(status, 0);
  const StoredObject object = staged.commit();
  EXPECT_EQ(object.size, 13U);
  EXPECT_EQ(store.read(object.sha256), "from a worker");
}

TEST_F(ObjectStoreTest, OpensAtTheBeginningForReadingOnly) {
  const StoredObject object = store.put("content");
  const OpenObject open = store.open(object.sha256);
  EXPECT_EQ(open.size(), 7U);
  char buffer[8] = {};
  EXPECT_EQ(read(open.descriptor(), buffer, 7), 7);
  EXPECT_STREQ(buffer, "content");
  EXPECT_EQ(fcntl(open.descriptor(), F_GETFL) & O_ACCMODE, O_RDONLY);
}

TEST_F(ObjectStoreTest, AFlippedBitIsNeverHandedOut) {
  const std::string content(100'000, 'x');
  const StoredObject object = store.put(content);
  const fs::path file = object_path(root, object.sha256);
  for (const std::streamoff place : {0, 1, 4096, 65'535, 99'999}) {
    fs::permissions(file, fs::perms(0640));
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(place).put('y').flush();
    EXPECT_THROW(store.read(object.sha256), Damaged);
    EXPECT_THROW(store.open(object.sha256), Damaged);
    // Whoever hands the same bytes in again must not be told that they are safe.
    EXPECT_THROW(store.put(content), Damaged);
    stream.seekp(place).put('x').flush();
    EXPECT_EQ(store.read(object.sha256), content);
  }
  fs::resize_file(file, 99'999);
  EXPECT_THROW(store.read(object.sha256), Damaged);
}

TEST_F(ObjectStoreTest, UnknownAndStrangeAddressesAreNotFound) {
  EXPECT_THROW(store.read(sha256_hex("nobody")), NotFound);
  EXPECT_THROW(store.open(sha256_hex("nobody")), NotFound);
  for (const std::string strange : {"", "../../etc/passwd", "AB", "zz"}) {
    EXPECT_FALSE(store.exists(strange));
    EXPECT_THROW(store.read(strange), NotFound);
  }
}

TEST_F(ObjectStoreTest, VisitsEveryObjectAndNothingElse) {
  std::vector<std::string> expected{store.put("a").sha256, store.put("b").sha256, store.put("c").sha256};
  std::ofstream(root / "README") << "not an object";
  std::ofstream(root / sha256_hex("misplaced")) << "misplaced";
  const StagedObject staged = store.stage();
  std::vector<std::string> seen;
  store.for_each([&](const std::string& sha256) { seen.push_back(sha256); });
  std::ranges::sort(expected);
  std::ranges::sort(seen);
  EXPECT_EQ(seen, expected);
}

TEST_F(ObjectStoreTest, ManyThreadsMayPutTheSameBytes) {
  std::vector<std::jthread> threads;
  threads.reserve(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 20; ++j) EXPECT_EQ(store.put("object " + std::to_string(j)).size, j < 10 ? 8U : 9U);
    });
  }
  threads.clear();
  EXPECT_EQ(files(), 20U);
}

/// Runs `work` in a child whose files may not grow beyond `limit` bytes; returns its exit code.
int in_child_with_file_limit(rlim_t limit, const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit files{limit, limit};
    setrlimit(RLIMIT_FSIZE, &files);
    _exit(work());
  }
  int status = -1;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(ObjectStoreTest, AFullDiskIsAStorageFailureAndLeavesNothing) {
  const int told = in_child_with_file_limit(10'000, [&] {
    try {
      store.put(std::string(20'000, 'x'));
    } catch (const StorageFailure&) {
      return 42;
    }
    return 1;
  });
  EXPECT_EQ(told, 42);
  EXPECT_EQ(files(), 0U);
  EXPECT_EQ(store.put("afterwards").size, 10U);
}

TEST_F(ObjectStoreTest, AFileThatCannotBeWrittenIsAStorageFailure) {
  const Descriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  ASSERT_GE(full.number(), 0);
  EXPECT_THROW(write_all(full.number(), bytes_of("x"), "/dev/full"), StorageFailure);
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const Descriptor reading(pipe_ends[0]);
  const Descriptor writing(pipe_ends[1]);
  EXPECT_THROW(sync_file(writing.number(), "a pipe"), StorageFailure);
}

TEST_F(ObjectStoreTest, AMissingDirectoryIsAStorageFailure) {
  fs::remove_all(root);
  EXPECT_THROW(store.put("x"), StorageFailure);
}

TEST_F(ObjectStoreTest, WhatADeadWriterLeftIsRemovedAndALivingOneIsLeftAlone) {
  const fs::path staging = staging_directory(root);
  const fs::path dead = staging / new_id_text();
  const fs::path foreign = staging / "notes.txt";
  std::ofstream(dead) << "half";
  std::ofstream(foreign) << "not ours";
  StagedObject living = store.stage();
  living.append(bytes_of("slow upload"));
  remove_abandoned_files(staging, std::chrono::hours(1));
  EXPECT_TRUE(fs::exists(dead)) << "it is too young";
  remove_abandoned_files(staging, std::chrono::seconds(-1));
  EXPECT_FALSE(fs::exists(dead));
  EXPECT_TRUE(fs::exists(foreign));
  EXPECT_EQ(store.read(living.commit().sha256), "slow upload");
}

}  // namespace
}  // namespace eakte::archive
