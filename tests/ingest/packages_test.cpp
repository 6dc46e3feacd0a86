#include "ingest/packages.h"

#include <gtest/gtest.h>

#include "tests/archive/tenant.h"
#include "tests/support/this_program.h"

namespace eakte::ingest {
namespace {

class Packages : public ::testing::Test {
protected:
  Packages() {
    tenant_.file("eins");
    tenant_.accept("zwei");
    package_ = directory_.path() / "paket";
    report_ =
        export_package(tenant_.archive, package_, {{}, "2026-11-22T10:00:00.000Z", "eakte 0.1.0"}, "cli");
  }

  ReadPackage read() { return read_package({pool_, {}, directory_.path().string(), {}}, package_); }
  std::string refused() {
    try {
      read();
    } catch (const archive::Forbidden& forbidden) {
      return forbidden.code;
    }
    return "";
  }
  std::filesystem::path inside() const { return package_ / "data" / report_.name; }
  void change(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::permissions(file, std::filesystem::perms::owner_write,
                                 std::filesystem::perm_options::add);
    std::ofstream(file, std::ios::binary) << text;
  }

  testing::TemporaryDirectory directory_;
  testing::Tenant tenant_;
  WorkerPool pool_{testing::this_program(), {.processes = 1, .languages = "deu", .few_pages = true}};
  std::filesystem::path package_;
  archive::PackageReport report_;
};

TEST_F(Packages, AreReadInAWorkerAndSayTheSame) {
  const ReadPackage package = read();
  const archive::CheckedPackage here = archive::check_package(package_);
  EXPECT_EQ(package.checked().name, here.name);
  EXPECT_EQ(package.checked().directory, here.directory);
  EXPECT_EQ(package.checked().manifest_sha256, here.manifest_sha256);
  EXPECT_EQ(package.checked().file_plan_yaml, here.file_plan_yaml);
  std::vector<std::string> told;
  std::vector<std::string> expected;
  for (int twice = 0; twice < 2; ++twice) {
    told.clear();
    package.content([&](std::string_view line) { told.emplace_back(line); });
  }
  archive::read_package(here, [&](std::string_view line) { expected.emplace_back(line); });
  EXPECT_EQ(told, expected);
  EXPECT_GT(told.size(), 10U);
}

TEST_F(Packages, ComeInThroughTheWorker) {
  archive::Archive::create(directory_.path() / "neu", "neustadt", testing::sample_plan());
  archive::Archive into(directory_.path() / "neu");
  const ReadPackage package = read();
  const auto content = [&](const archive::PackageLine& take) { package.content(take); };
  EXPECT_EQ(import_package(package.checked(), content, into, "cli").documents, 1);
  EXPECT_EQ(verify_archive(into).problems, std::vector<std::string>());
}

TEST_F(Packages, ThatAreNotWhatTheySayAreRefusedWithAReason) {
  change(inside() / "METS.xml", "<!DOCTYPE m [<!ENTITY a \"aaaa\">]><mets>&a;</mets>");
  EXPECT_EQ(refused(), "package_damaged");
  change(inside() / "metadata/descriptive/package.json", "[[[[");
  EXPECT_EQ(refused(), "package_not_ours");
  std::filesystem::remove_all(package_ / "data");
  EXPECT_EQ(refused(), "package_not_ours");
  package_ = directory_.path() / "keins";
  EXPECT_EQ(refused(), "package_not_ours");
}

}  // namespace
}  // namespace eakte::ingest
