#include "ingest/worker/page_spool.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <random>

#include "ingest/error.h"
#include "ingest/worker/channel.h"
#include "tests/support/temporary_directory.h"

namespace eakte::ingest {
namespace {

SpooledPage page_of(int number) {
  SpooledPage page;
  page.record = {.number = number,
                 .width = 800,
                 .height = 1200,
                 .dpi = 150,
                 .confidence = 0.75,
                 .steps = R"([{"name":"deskew"}])"};
  page.text = {.width = 800,
               .height = 1200,
               .dpi = 150,
               .words = {{.text = "Größe", .box = {1, 2, 30, 40}, .confidence = 0.5F}},
               .confidence = 0.75F};
  page.picture = {.width = 800,
                  .height = 1200,
                  .components = 3,
                  .dpi = 150,
                  .quarter_turns = 1,
                  .bytes = std::string(1000, '\xff')};
  return page;
}

TEST(PageSpool, GivesBackWhatWasPutIn) {
  const eakte::testing::TemporaryDirectory directory;
  const Descriptor file = temporary_file(directory.path().string());
  append_page(file.get(), page_of(1));
  append_page(file.get(), page_of(2));
  int next = 0;
  for_each_page(file.get(), [&](const SpooledPage& page) {
    EXPECT_EQ(page.record.number, ++next);
    EXPECT_EQ(page.record.steps, R"([{"name":"deskew"}])");
    EXPECT_EQ(page.picture.bytes, std::string(1000, '\xff'));
    EXPECT_EQ(page.picture.quarter_turns, 1);
    ASSERT_EQ(page.text.words.size(), 1U);
    EXPECT_EQ(page.text.words[0].text, "Größe");
    EXPECT_EQ(page.text.words[0].box, (ocr::Box{1, 2, 30, 40}));
  });
  EXPECT_EQ(next, 2);
}

TEST(PageSpool, NeverTrustsWhatAnotherWorkerWrote) {
  const eakte::testing::TemporaryDirectory directory;
  std::mt19937 random(4711);
  int refused = 0;
  for (int trial = 0; trial < 500; ++trial) {
    const Descriptor file = temporary_file(directory.path().string());
    append_page(file.get(), page_of(1));
    const off_t size = lseek(file.get(), 0, SEEK_END);
    const unsigned char byte = static_cast<unsigned char>(random());
    ASSERT_EQ(pwrite(file.get(), &byte, 1, static_cast<off_t>(random()) % (size - 1000)), 1);
    if (trial % 5 == 0) {
      ASSERT_EQ(ftruncate(file.get(), static_cast<off_t>(random()) % size), 0);
    }
    try {
      for_each_page(file.get(), [](const SpooledPage&) {});
    } catch (const std::runtime_error&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 100);
}

TEST(FrameParser, TakesFramesApartHoweverTheyArrive) {
  const auto [ours, theirs] = socket_pair(1 /* SOCK_STREAM */);
  send_frame(ours.get(), FrameKind::note, "3");
  send_frame(ours.get(), FrameKind::reply, "fertig");
  std::string bytes(100, '\0');
  bytes.resize(static_cast<std::size_t>(read(theirs.get(), bytes.data(), bytes.size())));
  FrameParser parser;
  std::vector<Frame> frames;
  for (const char byte : bytes) {
    parser.feed({&byte, 1});
    while (auto frame = parser.next()) frames.push_back(*frame);
  }
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(frames[0].kind, FrameKind::note);
  EXPECT_EQ(frames[1].bytes, "fertig");
}

TEST(FrameParser, RefusesUnknownKindsAndExcessiveLengths) {
  FrameParser unknown;
  unknown.feed("z\x01\x00\x00\x00x");
  unknown.feed(std::string(10, '\0'));
  EXPECT_THROW(unknown.next(), Error);
  FrameParser excessive;
  excessive.feed("r\xff\xff\xff\xff");
  EXPECT_THROW(excessive.next(), Error);
}

}  // namespace
}  // namespace eakte::ingest
