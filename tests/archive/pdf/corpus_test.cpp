#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "archive/pdfa.h"
#include "tests/archive/pdf_samples.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

using testing::OpenFile;

struct Judged {
  int good = 0;
  int good_as_good = 0;
  int bad = 0;
  int bad_as_bad = 0;
};

/// Runs the check over the veraPDF corpus, whose file names say "pass" or "fail". The files that are judged
/// otherwise are listed when EAKTE_LIST is set.
TEST(PdfaCorpus, IsJudgedAsItsFileNamesSay) {
  const std::filesystem::path corpus =
      std::filesystem::path(EAKTE_SHARED) / "data/pdfa-corpus/pdfa-corpus.tar.xz";
  if (!std::filesystem::exists(corpus)) GTEST_SKIP() << corpus << " is not there";
  const testing::TemporaryDirectory directory;
  const std::string parts = "pdfa-corpus/PDF_A-2b pdfa-corpus/PDF_A-2u pdfa-corpus/PDF_A-3b";
  testing::output_of(fmt::format("tar -xJf {} -C {} {}", corpus.string(), directory.path().string(), parts));
  testing::output_of("chmod -R u+w " + directory.path().string());
  std::map<std::string, Judged> by_part;
  Judged all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory.path())) {
    if (entry.path().extension() != ".pdf") continue;
    const std::string part =
        std::filesystem::relative(entry.path(), directory.path() / "pdfa-corpus").begin()->string();
    const OpenFile file(entry.path());
    const PdfaVerdict verdict = judge_pdfa(file.descriptor());
    const bool is_bad = entry.path().filename().string().find("-fail-") != std::string::npos;
    for (Judged* judged : {&by_part[part], &all}) {
      (is_bad ? judged->bad : judged->good) += 1;
      if (is_bad && !verdict.is_valid()) ++judged->bad_as_bad;
      if (!is_bad && verdict.is_valid()) ++judged->good_as_good;
    }
    if (is_bad == verdict.is_valid() && std::getenv("EAKTE_LIST") != nullptr)
      fmt::print("{}: {}\n", entry.path().filename().string(), fmt::join(verdict.violations, "; "));
  }
  for (const auto& [part, judged] : by_part) {
    fmt::print("{}: {} of {} good, {} of {} bad files judged so\n", part, judged.good_as_good, judged.good,
               judged.bad_as_bad, judged.bad);
  }
  // These may only get better.
  EXPECT_EQ(all.bad_as_bad, all.bad);
  EXPECT_GE(all.good_as_good, all.good - 2);
}

}  // namespace
}  // namespace eakte::archive
