#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <new>
#include <vector>

#include "ingest/page_reader.h"
#include "ingest/reasons.h"

namespace eakte::ingest {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

enum Outcome { taken, refused, failed, unknown_reason, out_of_memory, outcomes };
constexpr const char* outcome_names[] = {"taken", "refused", "failed", "unknown reason", "out of memory"};

void read_everything(int input) {
  ReadLimits limits;
  limits.archive_bytes = 200'000'000;
  const Format format = detect_format(input);
  if (format == Format::archive) {
    const int sink = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    unpack(input, limits, [sink](const Member&) { return sink; });
    return;
  }
  const auto reader = open_pages(input, format, limits);
  for (int number = 1; number <= std::min(reader->page_count(), 20); ++number) {
    const ReceivedPage page = reader->read(number);
    if (!page.text && page.image.pixels.empty()) throw Error("a page without picture and without words");
  }
}

[[noreturn]] void read_in_child(const std::filesystem::path& file) {
  const rlimit processor = {20, 25};
  ::setrlimit(RLIMIT_CPU, &processor);
  // The address sanitizer reserves terabytes.
  const rlimit memory = {3'000'000'000, 3'000'000'000};
  if (!sanitized) ::setrlimit(RLIMIT_AS, &memory);
  const rlimit core = {0, 0};
  ::setrlimit(RLIMIT_CORE, &core);
  Outcome outcome = taken;
  try {
    read_everything(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  } catch (const Refused& reason) {
    const bool known = std::ranges::find(all_reasons(), reason.code, &Reason::code) != all_reasons().end();
    outcome = known ? refused : unknown_reason;
  } catch (const std::bad_alloc&) {
    outcome = out_of_memory;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}: {}\n", file.string(), error.what());
    outcome = failed;
  }
  ::_exit(outcome);
}

/// Every `step`-th of the files, the small ones only unless all are wanted.
std::vector<std::filesystem::path> bad_files(bool all) {
  std::vector<std::filesystem::path> files;
  const std::filesystem::path root = std::filesystem::path(EAKTE_SHARED) / "data" / "bad-inputs";
  if (!std::filesystem::exists(root)) return files;
  for (const char* kind : {"tiff", "jpeg", "png", "jp2", "zip", "tar", "pdf", "other", "office"}) {
    std::vector<std::filesystem::path> of_kind;
    for (const auto& entry : std::filesystem::directory_iterator(root / kind)) {
      if (all || entry.file_size() < 20'000) of_kind.push_back(entry.path());
    }
    std::ranges::sort(of_kind);
    const std::size_t step = all ? 1 : std::max<std::size_t>(1, of_kind.size() / 12);
    for (std::size_t i = 0; i < of_kind.size(); i += step) files.push_back(of_kind[i]);
  }
  return files;
}

// EAKTE_ALL_BAD_INPUTS=1 takes all of them (minutes).
TEST(BadInputs, EndInPagesOrARefusalOrAtALimit) {
  const bool all = std::getenv("EAKTE_ALL_BAD_INPUTS") != nullptr;
  const auto files = bad_files(all);
  if (files.empty()) GTEST_SKIP() << "no bad inputs below " << EAKTE_SHARED;
  std::map<std::string, int> counts;
  for (const auto& file : files) {
    const pid_t child = ::fork();
    if (child == 0) read_in_child(file);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    std::string outcome;
    if (WIFSIGNALED(status)) {
      outcome = fmt::format("signal {}", WTERMSIG(status));
      const bool at_limit = WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL;
      EXPECT_TRUE(at_limit || !sanitized) << file << ": " << outcome;
    } else {
      const int code = WEXITSTATUS(status);
      outcome = code < outcomes ? outcome_names[code] : fmt::format("exit {}", code);
      EXPECT_TRUE(code == taken || code == refused || code == out_of_memory) << file << ": " << outcome;
    }
    if (outcome != "taken" && outcome != "refused")
      fmt::print("  {}: {}\n", outcome, file.filename().string());
    ++counts[outcome];
  }
  for (const auto& [outcome, count] : counts) fmt::print("{:5} {}\n", count, outcome);
}

}  // namespace
}  // namespace eakte::ingest
