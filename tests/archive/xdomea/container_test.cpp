#include "archive/xdomea_container.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "archive/storage/durable_file.h"
#include "archive/xdomea/characters.h"
#include "archive/xdomea/zip.h"
#include "tests/archive/tenant.h"
#include "tests/archive/xdomea/samples.h"

namespace eakte::archive {
namespace {

using eakte::testing::letter_file;
using eakte::testing::loose_file;
using eakte::testing::offer;
using eakte::testing::transfer;

class Containers : public ::testing::Test {
protected:
  Containers() : store_(temporary_.path() / "objects") {}

  Descriptor empty_file(const std::string& name = "container.zip") {
    const int number =
        ::open((temporary_.path() / name).c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    return Descriptor(number);
  }
  OpenObject object(const std::string& bytes) { return store_.open(store_.put(bytes).sha256); }

  /// A container of these files.
  Descriptor container(const std::vector<std::pair<std::string, std::string>>& files) {
    Descriptor file = empty_file();
    ZipWriter zip(file.number());
    for (const auto& [name, bytes] : files) zip.add_stored(name, object(bytes));
    zip.finish();
    return file;
  }
  std::string message_name() { return container_name(transfer().head) + ".xml"; }
  std::string bytes_of(const Descriptor& file) {
    std::string bytes(static_cast<std::size_t>(lseek(file.number(), 0, SEEK_END)), '\0');
    EXPECT_EQ(pread(file.number(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    return bytes;
  }
  Descriptor file_of(const std::string& bytes) {
    Descriptor file = empty_file("changed.zip");
    EXPECT_EQ(write(file.number(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    return file;
  }
  std::string refusal(const Descriptor& file, const ContainerLimits& limits = {}) {
    try {
      read_container(file.number(), {}, limits);
    } catch (const BadMessage& bad) {
      return bad.code;
    }
    return "";
  }

  eakte::testing::TemporaryDirectory temporary_;
  ObjectStore store_;
};

TEST_F(Containers, WhatIsWrittenReadsBackAndStandsTheArchivesCheck) {
  Descriptor file = empty_file();
  write_container(file.number(), transfer(),
                  [&](const std::string& name) { return object("bytes of " + name); });
  const ReadContainer read = read_container(file.number(), {});
  EXPECT_EQ(read.message, transfer());
  EXPECT_EQ(read.files, (std::vector<std::string>{letter_file, loose_file}));
  EXPECT_EQ(read.message_sha256, sha256_hex(write_xdomea(transfer())));
  EXPECT_FALSE(read.bare);
  const std::string name = "0b9f4d62-7a61-4f0e-8a55-3f1f0a1c2d3e_Aussonderung.Aussonderung.0503.zip";
  EXPECT_NO_THROW(check_own_container(file.number(), name, transfer(), eakte::testing::xdomea_schemas()));
  EXPECT_THROW(check_own_container(file.number(), "Abgabe.zip", transfer(), {}), Error);
  XdomeaMessage other = transfer();
  other.objects[0].title = "anders";
  EXPECT_THROW(check_own_container(file.number(), name, other, {}), Error);

  Descriptor again = empty_file("again.zip");
  write_container(again.number(), transfer(),
                  [&](const std::string& one) { return object("bytes of " + one); });
  EXPECT_EQ(bytes_of(file), bytes_of(again));
}

TEST_F(Containers, ReadsABareMessage) {
  const ReadContainer read = read_container(file_of(write_xdomea(offer())).number(), {});
  EXPECT_TRUE(read.bare);
  EXPECT_EQ(read.message, offer());
}

TEST_F(Containers, RefusesWhatTheReceivingArchiveRefuses) {
  const std::string xml = write_xdomea(transfer());
  using Files = std::vector<std::pair<std::string, std::string>>;
  struct Case {
    const char* why;
    Files files;
    const char* code;
  };
  const std::string other_process = "1b9f4d62-7a61-4f0e-8a55-3f1f0a1c2d3e_Aussonderung.Aussonderung.0503.xml";
  const std::vector<Case> cases{
      {"complete", {{message_name(), xml}, {letter_file, "a"}, {loose_file, "b"}}, ""},
      {"a primary file is missing", {{message_name(), xml}, {letter_file, "a"}}, "xdomea_file_missing"},
      {"one too many",
       {{message_name(), xml}, {letter_file, "a"}, {loose_file, "b"}, {"Liesmich.txt", "c"}},
       "xdomea_file_surplus"},
      {"one in a directory",
       {{message_name(), xml}, {letter_file, "a"}, {"dateien/" + loose_file, "b"}},
       "xdomea_container"},
      {"one that leads out", {{message_name(), xml}, {"../" + letter_file, "a"}}, "xdomea_container"},
      {"one twice", {{message_name(), xml}, {letter_file, "a"}, {letter_file, "a"}}, "xdomea_container"},
      {"no message", {{letter_file, "a"}}, "xdomea_name"},
      {"two messages", {{message_name(), xml}, {other_process, xml}}, "xdomea_container"},
      {"named for another process",
       {{other_process, xml}, {letter_file, "a"}, {loose_file, "b"}},
       "xdomea_name"},
  };
  for (const Case& one : cases) EXPECT_EQ(refusal(container(one.files)), one.code) << one.why;
}

TEST_F(Containers, NamesInCp437AndInUtf8WithoutSayingSoAreRead) {
  XdomeaMessage message = transfer();
  const std::string umlaut = "d0000000-0000-4000-8000-000000000001_Gebühr.pdf";
  message.objects[0].children[1].children[0].files[0].name = umlaut;
  Descriptor file = empty_file();
  write_container(file.number(), message, [&](const std::string&) { return object("x"); });
  const std::string utf8 = bytes_of(file);
  const auto without_flag = [](std::string bytes) {
    for (const auto& [signature, offset] : {std::pair{"PK\x03\x04", 7U}, std::pair{"PK\x01\x02", 9U}}) {
      for (std::size_t at = 0; (at = bytes.find(signature, at)) != std::string::npos; ++at)
        bytes[at + offset] = 0;
    }
    return bytes;
  };
  EXPECT_EQ(read_container(file_of(without_flag(utf8)).number(), {}).message, message);

  // The same length keeps all offsets: "ü" has two bytes in UTF-8, so the old code page gets one more letter.
  XdomeaMessage old = message;
  old.objects[0].children[1].children[0].files[0].name = "d0000000-0000-4000-8000-000000000001_Gebühnr.pdf";
  Descriptor renamed = empty_file("renamed.zip");
  {
    ZipWriter zip(renamed.number());
    zip.add_stored(message_name(), object(write_xdomea(old)));
    zip.add_stored("d0000000-0000-4000-8000-000000000001_Geb\x81hnr.pdf", object("x"));
    zip.add_stored(loose_file, object("y"));
    zip.finish();
  }
  EXPECT_EQ(read_container(file_of(without_flag(bytes_of(renamed))).number(), {}).message, old);
  EXPECT_EQ(refusal(renamed), "xdomea_container") << "it says UTF-8 and is not";
  EXPECT_EQ(utf8_from_cp437("\x84\x94\x81\x8e\x99\x9a\xe1"), "äöüÄÖÜß");
}

TEST_F(Containers, DamageAnywhereIsFoundOrHarmless) {
  Descriptor file = empty_file();
  write_container(file.number(), transfer(),
                  [&](const std::string& name) { return object("bytes of " + name); });
  const std::string good = bytes_of(file);
  const std::string data = "bytes of " + letter_file;
  std::string flipped = good;
  flipped[good.find(data) + 3] ^= 1;
  EXPECT_EQ(refusal(file_of(flipped)), "xdomea_container");
  for (std::size_t at = 0; at < good.size(); at += 17) {
    std::string changed = good;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    EXPECT_NO_FATAL_FAILURE(refusal(file_of(changed)));
  }
  for (std::size_t length = 0; length < good.size(); length += 31) {
    if (length == 0) continue;
    EXPECT_NE(refusal(file_of(good.substr(0, length))), "") << length;
  }
}

TEST_F(Containers, LimitsHold) {
  const std::string xml = write_xdomea(transfer());
  const Descriptor file = container({{message_name(), xml}, {letter_file, "a"}, {loose_file, "b"}});
  EXPECT_EQ(refusal(file, {.message_bytes = xml.size() - 1}), "xdomea_malformed");
  EXPECT_EQ(refusal(file, {.files = 2}), "xdomea_container");
  EXPECT_EQ(refusal(file, {.bytes = xml.size() + 1}), "xdomea_container");
  EXPECT_EQ(refusal(file, {.message_bytes = xml.size(), .files = 3, .bytes = xml.size() + 2}), "");
}

TEST_F(Containers, ManyFilesNeedTheZip64Record) {
  constexpr int many = 66000;
  const OpenObject empty = object("");
  Descriptor file = empty_file();
  ZipWriter zip(file.number());
  for (int i = 0; i < many; ++i) zip.add_stored(std::to_string(i), empty);
  zip.finish();
  const ZipReader reader(file.number(), 100000);
  ASSERT_EQ(reader.entries().size(), static_cast<std::size_t>(many));
  EXPECT_EQ(reader.entries().back().name, "65999");
  reader.read(reader.entries().back(), [](std::span<const std::byte>) { FAIL(); });
}

TEST_F(Containers, ReadsTheContainersOfAnotherSystem) {
  const auto directory = std::filesystem::path(EAKTE_SHARED) / "data/xdomea/samples/x-man-3.0.0";
  if (!std::filesystem::exists(directory)) GTEST_SKIP() << "no samples in ../shared/data/xdomea";
  int read = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    const Descriptor file(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC));
    const ReadContainer container = read_container(file.number(), eakte::testing::xdomea_schemas());
    EXPECT_EQ(container_name(container.message.head) + ".zip", entry.path().filename());
    EXPECT_EQ(container.files.size(), container.message.head.type == MessageType::transfer ? 3U : 0U);
    ++read;
  }
  EXPECT_EQ(read, 3);
}

TEST(AsciiNames, SpellUmlautsOutAndKeepNothingElse) {
  EXPECT_EQ(ascii_name("Gebührenbescheid – Größe/1", 60), "Gebuehrenbescheid_Groesse_1");
  EXPECT_EQ(ascii_name("../../etc/passwd", 60), ".._.._etc_passwd");
  EXPECT_EQ(ascii_name("日本", 60), "");
  EXPECT_EQ(ascii_name("abcdef.", 6), "abcdef");
}

}  // namespace
}  // namespace eakte::archive
