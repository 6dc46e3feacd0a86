#include "archive/storage/durable_file.h"

#include <gtest/gtest.h>

#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;

TEST(DurableFile, IsWrittenOnceAndNeverReplaced) {
  const testing::TemporaryDirectory temporary;
  const fs::path root = temporary.path();
  fs::create_directory(root / "staging");
  const fs::path target = root / "a" / "b" / "file.json";
  write_durably(root, root / "staging", target, "one");
  EXPECT_EQ(testing::file_content(target), "one");
  EXPECT_EQ(fs::status(target).permissions(), fs::perms(0440));
  EXPECT_NO_THROW(write_durably(root, root / "staging", target, "one"));
  EXPECT_THROW(write_durably(root, root / "staging", target, "two"), Conflict);
  EXPECT_EQ(testing::file_content(target), "one");
  EXPECT_TRUE(fs::is_empty(root / "staging"));
}

TEST(DurableFile, RenamingNeverReplaces) {
  const testing::TemporaryDirectory temporary;
  std::ofstream(temporary.path() / "from") << "new";
  std::ofstream(temporary.path() / "to") << "old";
  EXPECT_EQ(rename_new(temporary.path() / "from", temporary.path() / "to"), Renamed::target_exists);
  EXPECT_EQ(testing::file_content(temporary.path() / "to"), "old");
  EXPECT_EQ(rename_new(temporary.path() / "from", temporary.path() / "other"), Renamed::yes);
  EXPECT_THROW(rename_new(temporary.path() / "from", temporary.path() / "third"), StorageFailure);
}

TEST(DurableFile, ParentsAreMadeBelowTheRootOnly) {
  const testing::TemporaryDirectory temporary;
  make_directories_below(temporary.path(), temporary.path() / "x" / "y");
  EXPECT_TRUE(fs::is_directory(temporary.path() / "x" / "y"));
  EXPECT_NO_THROW(sync_path(temporary.path(), temporary.path() / "x" / "y"));
  EXPECT_THROW(
      make_directories_below(temporary.path() / "missing" / "root", temporary.path() / "missing" / "root"),
      StorageFailure);
}

}  // namespace
}  // namespace eakte::archive
