#include <gtest/gtest.h>

#include <fstream>

#include "archive/package.h"
#include "archive/package/bag_text.h"
#include "archive/package/digests.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

using namespace std::string_literals;

std::string sha512(const std::string& bytes) {
  Digests digests({"sha512"});
  digests.add(std::as_bytes(std::span(bytes)));
  return digests.finish().at(0);
}

/// A small bag that is right; tests break it.
class Bag : public ::testing::Test {
protected:
  Bag() {
    put("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    put("data/a.txt", "eins");
    put("data/b/c.txt", "zwei");
    put("manifest-sha512.txt", sha512("eins") + "  data/a.txt\n" + sha512("zwei") + "  data/b/c.txt\n");
    put("bag-info.txt", "Payload-Oxum: 8.2\n");
    seal();
  }

  void put(const std::string& path, const std::string& content) {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << content;
  }
  /// Makes the manifest of the tag files right again.
  void seal() {
    std::string lines;
    for (const char* name : {"bagit.txt", "bag-info.txt", "manifest-sha512.txt"})
      lines += sha512(small_file(root_ / name, 1 << 20)) + "  " + name + "\n";
    put("tagmanifest-sha512.txt", lines);
  }
  std::vector<std::string> errors() const { return check_bag(root_).errors; }

  testing::TemporaryDirectory temporary_;
  std::filesystem::path root_ = temporary_.path() / "bag";
};

TEST_F(Bag, IsRight) {
  const PackageVerdict verdict = check_bag(root_);
  EXPECT_EQ(verdict.errors, std::vector<std::string>());
  EXPECT_EQ(verdict.warnings, std::vector<std::string>());
}

TEST_F(Bag, ShowsAChangedByte) {
  put("data/a.txt", "eina");
  EXPECT_EQ(errors().size(), 1U);
}

TEST_F(Bag, ShowsAMissingAndAStrayFile) {
  std::filesystem::remove(root_ / "data/a.txt");
  put("data/d.txt", "eins");
  EXPECT_EQ(errors().size(), 2U);
}

TEST_F(Bag, ShowsAChangedTagFile) {
  put("bag-info.txt", "Payload-Oxum: 8.2\nSource-Organization: Andere\n");
  EXPECT_EQ(errors().size(), 1U);
}

TEST_F(Bag, ShowsAWrongSum) {
  put("bag-info.txt", "Payload-Oxum: 9.2\n");
  seal();
  EXPECT_EQ(errors().size(), 1U);
}

TEST_F(Bag, OpensNothingOutside) {
  put("../fremd.txt", "eins");
  put("manifest-sha512.txt", sha512("eins") + "  data/a.txt\n" + sha512("zwei") + "  data/b/c.txt\n" +
                                 sha512("eins") + "  ../fremd.txt\n");
  seal();
  EXPECT_EQ(errors().size(), 1U);
}

TEST_F(Bag, FollowsNoLink) {
  std::filesystem::remove(root_ / "data/a.txt");
  put("../fremd.txt", "eins");
  std::filesystem::create_symlink(temporary_.path() / "fremd.txt", root_ / "data/a.txt");
  EXPECT_EQ(errors().size(), 3U);  // a link, a missing file, another sum
}

TEST_F(Bag, DecodesPathsSinceVersion1) {
  put("data/100% \n.txt", "drei");
  put("manifest-sha512.txt", sha512("eins") + "  data/a.txt\n" + sha512("zwei") + "  data/b/c.txt\n" +
                                 sha512("drei") + "  " + encoded_path("data/100% \n.txt") + "\n");
  put("bag-info.txt", "Payload-Oxum: 12.3\n");
  seal();
  EXPECT_EQ(errors(), std::vector<std::string>());
}

TEST_F(Bag, SaysThatItIsNone) {
  std::filesystem::remove(root_ / "bagit.txt");
  EXPECT_EQ(errors().front(), "bagit.txt is missing");
  EXPECT_THROW(check_bag(root_ / "nirgends"), Error);
}

TEST(BagText, KeepsPathsInside) {
  for (const char* good : {"data/a", "data/.a", "data/a b/ü.txt", "data/a..b"})
    EXPECT_TRUE(is_safe_path(good)) << good;
  for (const char* bad :
       {"", "/data/a", "~/a", "~root/a", "data/../a", "data//a", "data/./a", "C:/a", "C:\\a", "data/", ".."})
    EXPECT_FALSE(is_safe_path(bad)) << bad;
  EXPECT_EQ(decoded_path(encoded_path("a%0A\r\n%25")), "a%0A\r\n%25");
  EXPECT_EQ(folded_path("Núñez.TXT"), folded_path("nu\xCC\x81n\xCC\x83"
                                                  "ez.txt"));
  EXPECT_NE(folded_path("a"), folded_path("b"));
}

TEST(BagText, ReadsTagFilesOfOtherEncodings) {
  EXPECT_EQ(decoded("\xFF\xFE\x41\0\xFC\0"s, "UTF-16"), "Aü");
  EXPECT_EQ(decoded("\0\x41\xD8\x3D\xDE\x00"s, "UTF-16BE"), "A😀");
  EXPECT_EQ(decoded("\xFC", "iso-8859-1"), "ü");
  EXPECT_FALSE(decoded("\x41", "UTF-16"));
  EXPECT_FALSE(decoded("a", "EBCDIC"));
}

/// The verdict on each bag of the Library of Congress is the name of its directory.
TEST(BagConformance, EveryVerdictIsThatOfTheSuite) {
  const std::filesystem::path suite = std::filesystem::path(EAKTE_SHARED) / "data/bagit";
  if (!std::filesystem::exists(suite)) GTEST_SKIP() << "needs ../shared/data/bagit";
  int bags = 0;
  for (const auto& version : {suite / "v0.97", suite / "v1.0"}) {
    for (const auto& group : std::filesystem::directory_iterator(version)) {
      const std::string kind = group.path().filename().string();
      for (const auto& bag : std::filesystem::directory_iterator(group)) {
        if (!bag.is_directory()) continue;
        ++bags;
        const PackageVerdict verdict = check_bag(bag.path());
        const bool expected = kind == "valid" || kind == "warning";
        EXPECT_EQ(verdict.ok(), expected)
            << bag.path() << (verdict.errors.empty() ? "" : ": " + verdict.errors.front());
        if (kind == "warning") {
          EXPECT_FALSE(verdict.warnings.empty()) << bag.path();
        }
      }
    }
  }
  EXPECT_GE(bags, 40);
}

}  // namespace
}  // namespace eakte::archive
