#include <gtest/gtest.h>

#include <list>
#include <random>

#include "ingest/page_reader.h"
#include "tests/ingest/formats/sample_bytes.h"

namespace eakte::ingest {
namespace {

using testing::OpenBytes;
using testing::packed;
using testing::Packing;
using Files = std::vector<std::pair<std::string, std::string>>;

Files unpacked(const std::string& archive, const ReadLimits& limits = {}) {
  const OpenBytes input(archive);
  std::list<OpenBytes> outputs;
  Files files;
  const int count = unpack(input, limits, [&](const Member& member) -> int {
    files.emplace_back(member.name, "");
    return outputs.emplace_back("");
  });
  EXPECT_EQ(static_cast<std::size_t>(count), files.size());
  std::size_t i = 0;
  for (const OpenBytes& output : outputs) files[i++].second = output.content();
  return files;
}

std::string code_of(const std::string& archive, const ReadLimits& limits = {}) {
  try {
    unpacked(archive, limits);
  } catch (const Refused& refused) {
    return refused.code;
  }
  return "taken";
}

std::string noise(std::size_t size) {
  std::mt19937 random(1);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

TEST(Unpack, GivesEveryFileOfEveryKindOfArchive) {
  const Files files = {{"Scan 1.tif", noise(100'000)}, {"Straße/Müller.pdf", "%PDF-1.4"}, {"leer", ""}};
  for (const Packing packing :
       {Packing::zip, Packing::tar, Packing::tar_gz, Packing::tar_bz2, Packing::tar_xz, Packing::seven_zip}) {
    // 7z puts empty files last.
    const Files found = unpacked(packed(packing, files));
    EXPECT_EQ(found, files) << static_cast<int>(packing);
  }
}

TEST(Unpack, KeepsNamesAsTheyAreStored) {
  const Files files = {
      {"../../etc/passwd", "1"}, {"/absolut", "2"}, {"C:\\Temp\\x.pdf", "3"}, {"M\x81ller.txt", "4"}};
  EXPECT_EQ(unpacked(packed(Packing::tar, files)), files);
}

TEST(Unpack, PassesOverDirectoriesAndLitter) {
  const Files files = {
      {"Akte/", ""},           {"Akte/brief.pdf", "x"},     {"__MACOSX/Akte/._brief.pdf", "y"},
      {"Akte/.DS_Store", "z"}, {"Akte/Thumbs.db", "thumb"}, {"desktop.ini", "i"}};
  const Files wanted = {{"Akte/brief.pdf", "x"}};
  EXPECT_EQ(unpacked(packed(Packing::zip, files)), wanted);
  EXPECT_EQ(code_of(packed(Packing::zip, {{"Akte/", ""}})), "archive_empty");
}

TEST(Unpack, StopsAtTheLimits) {
  ReadLimits limits;
  limits.archive_members = 3;
  EXPECT_EQ(code_of(packed(Packing::tar, {{"1", ""}, {"2", ""}, {"3", ""}}), limits), "taken");
  EXPECT_EQ(code_of(packed(Packing::tar, {{"1", ""}, {"2/", ""}, {"3/", ""}, {"4/", ""}}), limits),
            "archive_too_many_members");
  limits.archive_bytes = 1000;
  EXPECT_EQ(code_of(packed(Packing::zip, {{"1", noise(600)}, {"2", noise(400)}}), limits), "taken");
  EXPECT_EQ(code_of(packed(Packing::zip, {{"1", noise(600)}, {"2", noise(401)}}), limits),
            "archive_too_large");
}

TEST(Unpack, StopsABomb) {
  const std::string bomb = packed(Packing::zip, {{"bombe", std::string(60'000'000, '\0')}});
  ASSERT_LT(bomb.size(), 100'000U);
  EXPECT_EQ(code_of(bomb), "archive_ratio");
  EXPECT_EQ(code_of(packed(Packing::tar_gz, {{"bombe", std::string(60'000'000, '\0')}})), "archive_ratio");
  // A white page packs as well as a bomb, and is small.
  EXPECT_EQ(code_of(packed(Packing::zip, {{"weiss", std::string(9'000'000, '\0')}})), "taken");
}

TEST(Unpack, RefusesPasswordsAndDamage) {
  EXPECT_EQ(code_of(packed(Packing::zip, {{"geheim", "geheim"}}, "kennwort")), "encrypted");
  const std::string whole = packed(Packing::zip, {{"a", noise(50'000)}, {"b", noise(50'000)}});
  EXPECT_EQ(code_of(whole.substr(0, whole.size() / 2)), "damaged_file");
  std::string flipped = whole;
  flipped[20'000] = static_cast<char>(flipped[20'000] ^ 1);
  EXPECT_EQ(code_of(flipped), "damaged_file");
  EXPECT_EQ(code_of(""), "empty_file");
  EXPECT_EQ(code_of("kein Archiv"), "damaged_file");
}

}  // namespace
}  // namespace eakte::ingest
