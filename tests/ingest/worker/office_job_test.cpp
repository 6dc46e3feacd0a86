#include "ingest/worker/office_job.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "ingest/worker.h"
#include "tests/support/temporary_directory.h"

namespace eakte::ingest {
namespace {

constexpr const char* program = "/usr/lib/libreoffice/program";

bool has_office_program() {
  return std::filesystem::exists(std::string(program) + "/soffice.bin") &&
         std::filesystem::exists(std::string(program) + "/libsclo.so");
}

/// Says on standard error which failure a table too long for `cpu_seconds` ends in. No clock stands behind
/// it, unlike in the worker pool, so that the limit of the CPU is what ends the program.
[[noreturn]] void convert_with_little_cpu(const std::string& table, const std::string& pdf,
                                          rlim_t cpu_seconds) {
  const rlimit limit{cpu_seconds, cpu_seconds + 60};
  setrlimit(RLIMIT_CPU, &limit);
  std::FILE* const input = std::fopen(table.c_str(), "rb");
  std::FILE* const output = std::fopen(pdf.c_str(), "wb");
  try {
    office_to_pdf(fileno(input), Format::csv, program, {}, fileno(output));
    std::fputs("no failure", stderr);
  } catch (const WorkerFailed& failure) {
    std::fputs(failure.code.c_str(), stderr);
  }
  _exit(0);
}

TEST(OfficeJob, AFileThatNeedsTooMuchCpuEndsAsATimeOutAndNotAsACrash) {
  if (!has_office_program()) GTEST_SKIP() << "libreoffice-calc-nogui is not installed";
  const testing::TemporaryDirectory directory;
  const std::filesystem::path table = directory.path() / "riesig.csv";
  {
    std::ofstream rows(table);
    for (int row = 0; row < 200'000; ++row) rows << "Zeile " << row << ";Wert\n";
  }
  EXPECT_EXIT(convert_with_little_cpu(table, directory.path() / "aus.pdf", 1), ::testing::ExitedWithCode(0),
              "worker_timeout");
}

}  // namespace
}  // namespace eakte::ingest
