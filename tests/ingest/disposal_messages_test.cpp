#include "ingest/disposal_messages.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "ingest/reasons.h"
#include "tests/support/temporary_directory.h"

namespace eakte::ingest {
namespace {

std::string this_program() {
  std::string path(4096, '\0');
  path.resize(static_cast<std::size_t>(readlink("/proc/self/exe", path.data(), path.size())));
  return path;
}

class DisposalMessages : public ::testing::Test {
protected:
  archive::ReadContainer read(const std::string& bytes) {
    const Descriptor file = temporary_file(directory_.path().string());
    write_all(file.get(), bytes);
    return read_disposal_message({pool_, {}, directory_.path().string(), {}}, file.get(), {});
  }

  eakte::testing::TemporaryDirectory directory_;
  WorkerPool pool_{this_program(), {.processes = 1, .languages = "deu", .few_pages = true}};
};

archive::XdomeaMessage receipt() {
  archive::XdomeaMessage message;
  message.head.version = "3.1.0";
  message.head.type = archive::MessageType::offer_received;
  message.head.process = "0b9f4d62-7a61-4f0e-8a55-3f1f0a1c2d3e";
  message.head.created_at = "2037-01-05T10:00:00Z";
  message.head.sender.name = "Kreisarchiv Musterland";
  return message;
}

TEST_F(DisposalMessages, AreReadInAWorker) {
  const std::string xml = archive::write_xdomea(receipt());
  const archive::ReadContainer container = read(xml);
  EXPECT_EQ(container.message, receipt());
  EXPECT_TRUE(container.bare);
  EXPECT_EQ(container.message_sha256, archive::sha256_hex(xml));
}

TEST_F(DisposalMessages, ThatAreBadComeBackWithTheirReason) {
  const auto code_of = [&](const std::string& bytes) {
    try {
      read(bytes);
    } catch (const Refused& refused) {
      return refused.code;
    }
    return std::string();
  };
  for (const auto& [bytes, code] :
       std::vector<std::pair<std::string, std::string>>{{"", "xdomea_malformed"},
                                                        {"<a/>", "xdomea_unknown_message"},
                                                        {"PK\x03\x04 and no more", "xdomea_container"}}) {
    EXPECT_EQ(code_of(bytes), code);
    EXPECT_NE(german_sentence(code), german_sentence("no such code"));
  }
}

}  // namespace
}  // namespace eakte::ingest
