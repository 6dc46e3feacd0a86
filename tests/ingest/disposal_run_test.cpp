#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/ingest/disposal_life.h"
#include "tests/support/killed_at.h"

namespace eakte::ingest {
namespace {

using testing::DestructionTenant;
using testing::DisposalLife;
using testing::Killed;
using testing::killed_at;

/// Two due folders, one with a document.
void prepare(const std::filesystem::path& directory) {
  DestructionTenant tenant(directory);
  for (const char* reference : {"A 1", "A 2"}) {
    const archive::FolderId folder = tenant.folder(reference, "Hundesteuer");
    tenant.file(folder, std::string("bytes of ") + reference, reference);
    tenant.close(folder);
  }
  tenant.index.catch_up(tenant.archive);
}

/// What was told stays told, also by a process that is killed: a byte for each fact in a file of its own.
class Facts {
public:
  explicit Facts(const std::filesystem::path& file) : file_(file) { std::filesystem::remove(file_); }
  DisposalLife::Told teller() const {
    return [file = file_](const std::string& fact) { std::ofstream(file, std::ios::app) << fact << '\n'; };
  }
  std::vector<std::string> all() const {
    std::vector<std::string> facts;
    std::ifstream in(file_);
    for (std::string line; std::getline(in, line);) facts.push_back(line);
    return facts;
  }

private:
  std::filesystem::path file_;
};

TEST(DisposalRun, KilledBeforeAnyDurableCallNothingIsLostOrHalfOfferedAndItGoesOn) {
  const testing::TemporaryDirectory temporary;
  const auto prepared = temporary.path() / "prepared" / "probe";
  std::filesystem::create_directories(prepared.parent_path());
  prepare(prepared);
  const auto directory = temporary.path() / "probe";
  // Each third call: the others are quick to look at as well, one by one, and take a minute with sanitizers
  // on.
  const int stride = std::getenv("EAKTE_EVERY_PLACE") != nullptr ? 1 : 3;
  int place = 1;
  for (;; place += stride) {
    SCOPED_TRACE("killed at place " + std::to_string(place));
    std::filesystem::remove_all(directory);
    std::filesystem::copy(prepared, directory, std::filesystem::copy_options::recursive);
    const Facts facts(temporary.path() / "facts");
    const Killed killed = killed_at(place, [&] {
      DestructionTenant tenant(directory);
      DisposalLife life(tenant);
      life.accept("a letter", facts.teller());
      life.go_on(facts.teller());
    });
    if (killed == Killed::failed && place == 1) GTEST_SKIP() << "processes cannot be followed here";
    ASSERT_NE(killed, Killed::failed);
    DestructionTenant tenant(directory);
    DisposalLife life(tenant);
    EXPECT_EQ(life.faults(facts.all()), std::vector<std::string>());
    life.go_on(facts.teller());
    EXPECT_EQ(life.unfinished(), 0);
    EXPECT_EQ(life.faults(facts.all()), std::vector<std::string>());
    if (killed == Killed::no) break;
    ASSERT_FALSE(HasFailure()) << "one report is enough";
  }
  EXPECT_GT(place, 25) << "accepting, offering, answering and handing over sync and rename";
}

}  // namespace
}  // namespace eakte::ingest
