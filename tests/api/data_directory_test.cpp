#include "api/data_directory.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "api/error.h"
#include "tests/support/temporary_directory.h"

namespace eakte::api {
namespace {

TEST(DataDirectory, OneThatIsNoneIsSaidToBeNoneAndLeftAsItIs) {
  const testing::TemporaryDirectory directory;
  try {
    ServiceLock::try_take(directory.path());
    FAIL() << "a directory without tenants was taken";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("ist kein Datenverzeichnis"), std::string::npos) << error.what();
  }
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(DataDirectory, IsHeldByOneServiceAtATime) {
  const testing::TemporaryDirectory directory;
  std::filesystem::create_directory(directory.path() / "tenants");
  const auto first = ServiceLock::try_take(directory.path());
  EXPECT_TRUE(first);
  EXPECT_FALSE(ServiceLock::try_take(directory.path()));
}

TEST(DataDirectory, AProgramWithoutItsWorkerSaysWhatIsMissing) {
  // Nothing lies beside the test program, which is its own worker.
  try {
    worker_path();
    FAIL() << "there is no worker here";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("eakte-worker fehlt"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace eakte::api
