#include "ingest/worker.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "ingest/page_reader.h"
#include "ingest/stages.h"
#include "ingest/worker/channel.h"
#include "tests/support/page_painter.h"
#include "tests/support/temporary_directory.h"

namespace eakte::ingest {
namespace {

std::string this_program() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

Descriptor file_with(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
  return Descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

class Worker : public ::testing::Test {
protected:
  Workers workers() { return {pool_, {}, directory_.path().string(), {}}; }
  Descriptor painted() {
    return file_with(directory_.path() / "seite.jpg",
                     encode_jpeg(eakte::testing::painted_page({"Hundesteuer 2026", "Betrag 96,00"}), 90));
  }

  eakte::testing::TemporaryDirectory directory_;
  WorkerPool pool_{this_program(), {.processes = 2, .languages = "deu"}};
};

TEST_F(Worker, ReadsAPageFromItsBytesToWords) {
  const Descriptor input = painted();
  const Inspected inspected = inspect(workers(), input.get());
  EXPECT_EQ(inspected.format, Format::jpeg);
  EXPECT_EQ(inspected.pages, 1);
  EXPECT_EQ(inspected.format_id.puid, "fmt/43");
  int done = 0;
  const auto pages = read_pages(
      workers(), input.get(), inspected, "deu", [&](int count) { done = count; },
      archive::PictureChoice::faithful);
  EXPECT_EQ(done, 1);
  const Descriptor pdfa = temporary_file(directory_.path().string());
  const Descriptor words = temporary_file(directory_.path().string());
  const Descriptor text = temporary_file(directory_.path().string());
  const Finished finished = finish(
      workers(), input.get(), inspected, {pages},
      {.name = "seite",
       .created_utc = "2026-11-21T10:00:00Z",
       .received_on = archive::Date{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(21)}},
      {pdfa.get(), words.get(), text.get()});
  EXPECT_EQ(finished.rendering, "pictures");
  EXPECT_EQ(finished.format_id.puid, "fmt/478");
  EXPECT_EQ(finished.signatures, "eakte-1");
  ASSERT_EQ(finished.pages.size(), 1U);
  std::string written(2000, '\0');
  written.resize(
      static_cast<std::size_t>(std::max<ssize_t>(0, pread(text.get(), written.data(), written.size(), 0))));
  EXPECT_NE(written.find("Hundesteuer"), std::string::npos) << written;
}

TEST_F(Worker, KeepsNoMachineReadableZoneAsText) {
  const Descriptor input = file_with(
      directory_.path() / "ausweis.jpg",
      encode_jpeg(eakte::testing::painted_page({"Kopie zum Antrag", "IDD<<LZ6311T475<<<<<<<<<<<<<<<",
                                                "BRANDIS<<OLE<PAUL<<<<<<<<<<<<<"}),
                  90));
  const Inspected inspected = inspect(workers(), input.get());
  const auto pages = read_pages(
      workers(), input.get(), inspected, "deu", [](int) {}, archive::PictureChoice::faithful);
  const Descriptor pdfa = temporary_file(directory_.path().string());
  const Descriptor words = temporary_file(directory_.path().string());
  const Descriptor text = temporary_file(directory_.path().string());
  const Finished finished = finish(
      workers(), input.get(), inspected, {pages},
      {.name = "ausweis",
       .created_utc = "2026-11-21T10:00:00Z",
       .received_on = archive::Date{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(21)}},
      {pdfa.get(), words.get(), text.get()});
  ASSERT_EQ(finished.pages.size(), 1U);
  for (const int descriptor : {words.get(), text.get()}) {
    std::string written(20'000, '\0');
    written.resize(
        static_cast<std::size_t>(std::max<ssize_t>(0, pread(descriptor, written.data(), written.size(), 0))));
    EXPECT_NE(written.find("Antrag"), std::string::npos) << written;
    EXPECT_EQ(written.find("BRANDIS"), std::string::npos) << written;
    EXPECT_EQ(written.find("6311"), std::string::npos) << written;
  }
}

TEST_F(Worker, TellsARefusalFromAFailure) {
  const Descriptor empty = file_with(directory_.path() / "leer", "");
  try {
    inspect(workers(), empty.get());
    FAIL() << "an empty file was taken";
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.code, "empty_file");
  }
  EXPECT_THROW(pool_.run({.request = R"({"job":"nonsense"})", .descriptors = {}, .note = {}}), WorkerFailed);
  EXPECT_THROW(pool_.run({.request = "not even JSON", .descriptors = {}, .note = {}}), WorkerFailed);
}

TEST_F(Worker, GoesOnAfterHundredsOfFailures) {
  for (int i = 0; i < 200; ++i) {
    EXPECT_THROW(pool_.run({.request = "{}", .descriptors = {}, .note = {}}), WorkerFailed);
  }
  const Descriptor input = painted();
  EXPECT_EQ(inspect(workers(), input.get()).pages, 1);
}

TEST_F(Worker, EndsAJobThatOutstaysItsTime) {
  WorkerPool impatient(this_program(), {.processes = 1, .wall_seconds_per_page = 0, .languages = "deu"});
  const Descriptor input = painted();
  try {
    inspect({impatient, {}, directory_.path().string(), {}}, input.get());
    FAIL() << "no time at all was enough";
  } catch (const WorkerFailed& failed) {
    EXPECT_EQ(failed.code, "worker_timeout");
  }
}

TEST_F(Worker, StopsWhenAskedWhetherWaitingOrWorking) {
  std::stop_source stop;
  stop.request_stop();
  const Descriptor input = painted();
  EXPECT_THROW(inspect({pool_, {}, directory_.path().string(), stop.get_token()}, input.get()), Cancelled);
  EXPECT_EQ(inspect(workers(), input.get()).pages, 1);
}

TEST_F(Worker, ServesManyCallersWithFewProcesses) {
  std::atomic<int> good = 0;
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 12; ++i) {
      callers.emplace_back([&, i] {
        const Descriptor input =
            file_with(directory_.path() / std::to_string(i), "kein Bild " + std::to_string(i));
        try {
          inspect(workers(), input.get());
        } catch (const Refused& refused) {
          good += refused.code == "unknown_type" ? 1 : 0;
        }
      });
    }
  }
  EXPECT_EQ(good, 12);
}

}  // namespace
}  // namespace eakte::ingest
