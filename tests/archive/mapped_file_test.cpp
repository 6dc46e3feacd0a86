#include "archive/mapped_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "archive/error.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

class MappedFileTest : public ::testing::Test {
protected:
  int opened(const std::string& bytes) {
    const auto path = directory_.path() / "file";
    std::ofstream(path, std::ios::binary) << bytes;
    return descriptor_ = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  }
  ~MappedFileTest() override {
    if (descriptor_ >= 0) close(descriptor_);
  }

  testing::TemporaryDirectory directory_;
  int descriptor_ = -1;
};

/// Kilobytes of the mapping at `address` that are in this process's memory.
long in_memory(const char* address) {
  std::ifstream maps("/proc/self/smaps");
  bool is_here = false;
  for (std::string line; std::getline(maps, line);) {
    const auto value = reinterpret_cast<std::uintptr_t>(address);
    std::size_t end = 0;
    if (line.find('-') != std::string::npos && line.find(':') > line.find('-'))
      is_here = std::stoull(line, &end, 16) == value && line[end] == '-';
    if (is_here && line.starts_with("Rss:")) return std::stol(line.substr(4));
  }
  return -1;
}

TEST_F(MappedFileTest, ShowsAllBytesAndNoneOfAnEmptyFile) {
  EXPECT_EQ(MappedFile(opened("Lindenfurt")).bytes(), "Lindenfurt");
  EXPECT_EQ(MappedFile(opened("")).bytes(), "");
  EXPECT_THROW(MappedFile(-1), Error);
}

TEST_F(MappedFileTest, IsNeverInMemoryAsAWholeWhenToldWhereItWasLookedAt) {
  constexpr std::size_t size = std::size_t{40} << 20U;
  constexpr std::size_t step = std::size_t{1} << 20U;
  constexpr std::ptrdiff_t marks = (size + 996) / 997;
  std::string content(size, 'a');
  for (std::size_t at = 0; at < size; at += 997) content[at] = 'b';
  const MappedFile file(opened(content));
  EXPECT_EQ(std::count(file.bytes().begin(), file.bytes().end(), 'b'), marks);
  if (in_memory(file.bytes().data()) < 0) GTEST_SKIP() << "the kernel does not tell";
  EXPECT_GT(in_memory(file.bytes().data()), 39 << 10);
  file.let_go();
  EXPECT_EQ(in_memory(file.bytes().data()), 0);
  long most = 0;
  std::ptrdiff_t found = 0;
  for (std::size_t at = 0; at < size; at += step) {
    const std::string_view part = file.bytes().substr(at, step);
    found += std::count(part.begin(), part.end(), 'b');
    file.looked_at(part);
    most = std::max(most, in_memory(file.bytes().data()));
  }
  EXPECT_EQ(found, marks);
  EXPECT_LT(most, 16 << 10);
}

}  // namespace
}  // namespace eakte::archive
