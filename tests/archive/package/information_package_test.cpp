#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <map>

#include "archive/package.h"
#include "archive/xdomea/zip.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

const std::filesystem::path eark = std::filesystem::path(EAKTE_SHARED) / "data/eark";

/// Takes a package out of its ZIP; its directory.
std::filesystem::path unpacked(const std::filesystem::path& zip, const std::filesystem::path& target) {
  const int descriptor = ::open(zip.c_str(), O_RDONLY | O_CLOEXEC);
  const ZipReader reader(descriptor, 1000);
  std::filesystem::path root;
  for (const ZipEntry& entry : reader.entries()) {
    if (entry.name.ends_with("/")) continue;
    const auto file = target / entry.name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream stream(file, std::ios::binary);
    reader.read(entry, [&](std::span<const std::byte> bytes) {
      stream.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    });
    if (file.filename() == "METS.xml") root = file.parent_path();
  }
  ::close(descriptor);
  return root;
}

/// The rules with which the sentences begin.
std::vector<std::string> rules(const std::vector<std::string>& sentences) {
  std::vector<std::string> result;
  for (const std::string& sentence : sentences) result.push_back(sentence.substr(0, sentence.find(' ')));
  return result;
}

TEST(InformationPackage, TheCorpusGetsItsVerdicts) {
  if (!std::filesystem::exists(eark)) GTEST_SKIP() << "needs ../shared/data/eark";
  using Rules = std::vector<std::string>;
  const std::map<std::string, Rules> expected{
      {"minimal_IP_invmets", {"CSIP14"}},   {"minimal_IP_nocrtdt", {"CSIP7"}},
      {"minimal_IP_nomtshdr", {"CSIP117"}}, {"minimal_IP_nopcktyp", {"CSIP9"}},
      {"minimal_IP_noflscid", {}},          {"minimal_IP_with_schemas", {}}};
  for (const auto& [name, errors] : expected) {
    const testing::TemporaryDirectory directory;
    const auto root = unpacked(eark / "zips" / (name + ".zip"), directory.path());
    const PackageVerdict verdict = check_information_package(root, FileCheck::no);
    EXPECT_EQ(rules(verdict.errors), errors) << name;
    if (name == "minimal_IP_noflscid") {
      EXPECT_EQ(rules(verdict.warnings).front(), "CSIP59");
    }
  }
  EXPECT_EQ(check_information_package(eark / "valid_minimal", FileCheck::no).errors, Rules());
}

constexpr const char* smallest =
    R"(<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:csip="https://DILCIS.eu/XML/METS/CSIPExtensionMETS" OBJID="a" TYPE="Mixed" PROFILE="p">
  <metsHdr CREATEDATE="2026-11-21T10:00:00Z" csip:OAISPACKAGETYPE="AIP">
    <agent ROLE="CREATOR" TYPE="OTHER" OTHERTYPE="SOFTWARE"><name>n</name>
      <note csip:NOTETYPE="SOFTWARE VERSION">1</note></agent></metsHdr>
  <dmdSec ID="d" CREATED="2026"><mdRef LOCTYPE="URL" xlink:type="simple" xlink:href="metadata/a.json" MDTYPE="OTHER"
    MIMETYPE="application/json" SIZE="2" CREATED="2026" CHECKSUM="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    CHECKSUMTYPE="SHA-256"/></dmdSec>
  <structMap ID="s" TYPE="PHYSICAL" LABEL="CSIP"><div ID="m"><div ID="n" LABEL="Metadata"/></div></structMap></mets>)";

class SmallPackage : public ::testing::Test {
protected:
  void put(const std::string& path, const std::string& content) {
    std::filesystem::create_directories((directory_.path() / path).parent_path());
    std::ofstream(directory_.path() / path, std::ios::binary) << content;
  }
  /// The rules broken when `part` of the smallest METS reads `other`.
  std::vector<std::string> broken(const std::string& part, const std::string& other) {
    std::string mets = smallest;
    mets.replace(mets.find(part), part.size(), other);
    put("METS.xml", mets);
    put("metadata/a.json", "{}");
    return rules(check_information_package(directory_.path()).errors);
  }
  testing::TemporaryDirectory directory_;
};

TEST_F(SmallPackage, IsRightAndEachRuleIsSeen) {
  using Rules = std::vector<std::string>;
  EXPECT_EQ(broken("OBJID", "OBJID"), Rules());
  EXPECT_EQ(broken(R"(OBJID="a")", ""), Rules{"CSIP1"});
  EXPECT_EQ(broken(R"(TYPE="Mixed")", ""), Rules{"CSIP2"});
  EXPECT_EQ(broken(R"(ROLE="CREATOR")", R"(ROLE="EDITOR")"), Rules{"CSIP11"});
  EXPECT_EQ(broken("SOFTWARE VERSION", "NOTE"), Rules{"CSIP16"});
  EXPECT_EQ(broken(R"(CHECKSUMTYPE="SHA-256")", ""), (Rules{"CSIP30", "file"}));
  EXPECT_EQ(broken("metadata/a.json", "../a.json"), Rules{"file"});
  EXPECT_EQ(broken("metadata/a.json", "metadata/b.json"), Rules{"file"});
  EXPECT_EQ(broken(R"(SIZE="2")", R"(SIZE="3")"), Rules{"file"});
  EXPECT_EQ(broken(R"(CHECKSUM="44)", R"(CHECKSUM="45)"), Rules{"file"});
  EXPECT_EQ(broken(R"(LABEL="CSIP")", R"(LABEL="Andere")"), Rules{"CSIP82"});
  EXPECT_EQ(broken(R"(LABEL="Metadata")", R"(LABEL="Anderes")"), Rules{"CSIP88"});
  EXPECT_EQ(broken("http://www.loc.gov/METS/", "http://example.org"), (Rules{"METS"}));
  EXPECT_EQ(broken("<mets ", "<!DOCTYPE mets [<!ENTITY a 'b'>]><mets "), (Rules{"METS"}));
  EXPECT_EQ(broken("</mets>", ""), (Rules{"METS"}));
  put("documentation/a.txt", "a");
  EXPECT_EQ(broken("OBJID", "OBJID"), Rules{"CSIP60"});
}

TEST_F(SmallPackage, NeedsAMets) { EXPECT_THROW(check_information_package(directory_.path()), Error); }

}  // namespace
}  // namespace eakte::archive
