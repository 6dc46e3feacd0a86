#include <filesystem>
#include <fstream>

#include "archive/scrub.h"
#include "tests/api/served_archive.h"

namespace eakte::testing {
namespace {

using Fixity = ServedArchive;
using nlohmann::json;
namespace fs = std::filesystem;

TEST_F(Fixity, ADamagedObjectIsRefusedSetAsideAndReported) {
  const auto document = file_document("Bescheid");
  const std::string sha256 = tenant().archive.rendition(document, archive::RenditionRole::pdfa).object.sha256;
  const fs::path file =
      tenant().archive.directory() / "objects" / sha256.substr(0, 2) / sha256.substr(2, 2) / sha256;
  fs::permissions(file, fs::perms(0640));
  std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).write("#", 1);

  const std::string target = "/api/v1/documents/" + document.id.text + "/renditions/pdfa";
  EXPECT_EQ(get(target).error_code(), "object_damaged");
  EXPECT_FALSE(fs::exists(file));
  EXPECT_EQ(get(target, {{"Range", "bytes=3-5"}}).error_code(), "object_damaged");
  const json report = json_of(get("/api/v1/fixity"));
  ASSERT_EQ(report["damages"].size(), 1U);
  EXPECT_EQ(report["damages"][0]["sha256"], sha256);
  EXPECT_EQ(report["damages"][0]["found_by"], "reading");
  EXPECT_EQ(report["damages"][0]["documents"][0], document.id.text);
  EXPECT_EQ(get("/api/v1/documents/" + document.id.text + "/renditions/text").status, 200);
}

}  // namespace
}  // namespace eakte::testing
