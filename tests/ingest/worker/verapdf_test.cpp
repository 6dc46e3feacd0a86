#include "ingest/worker/verapdf.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_directory.h"

namespace eakte::ingest {
namespace {

/// veraPDF itself is no package of Debian; a script speaks as it does.
class Verapdf : public ::testing::Test {
protected:
  VerapdfAnswer answer_of(const std::string& script,
                          std::chrono::seconds patience = std::chrono::minutes(5)) {
    const auto program = directory_.path() / "verapdf";
    std::ofstream(program) << "#!/bin/sh\n" << script;
    chmod(program.c_str(), 0755);
    const auto file = directory_.path() / "file.pdf";
    std::ofstream(file) << "%PDF-1.7 content";
    const int descriptor = open(file.c_str(), O_RDONLY);
    const VerapdfAnswer answer = ask_verapdf(program, descriptor, patience);
    close(descriptor);
    return answer;
  }

  eakte::testing::TemporaryDirectory directory_;
};

const std::string report_begin =
    "echo '<?xml version=\"1.0\"?><report><jobs><job><validationReport jobEndStatus=\"normal\" "
    "profileName=\"PDF/A-2U validation profile\" ";

TEST_F(Verapdf, VerdictIsReadFromItsReport) {
  const VerapdfAnswer good =
      answer_of(report_begin + "isCompliant=\"true\"></validationReport></job></jobs></report>'");
  EXPECT_EQ(good.word, "valid");
  EXPECT_EQ(good.detail, "PDF/A-2U validation profile");
  // Violations are reported with exit code 1.
  const VerapdfAnswer bad =
      answer_of(report_begin + "isCompliant=\"false\"></validationReport></job></jobs></report>'; exit 1");
  EXPECT_EQ(bad.word, "invalid");
}

TEST_F(Verapdf, GetsTheFileAndNothingElse) {
  const std::string look =
      "[ \"$1 $2 $3\" = '--format xml /proc/self/fd/3' ] && [ \"$(cat /proc/self/fd/3)\" = '%PDF-1.7 "
      "content' ] "
      "&& [ -z \"$HOME\" ] && " +
      report_begin + "isCompliant=\"true\"/>'";
  EXPECT_EQ(answer_of(look).word, "valid");
}

TEST_F(Verapdf, FailureSaysNothingAboutTheFile) {
  EXPECT_EQ(answer_of("exit 3").word, "failed");
  EXPECT_EQ(answer_of("echo '<report><taskException/></report>'").word, "failed");
  EXPECT_EQ(answer_of("kill -9 $$").word, "failed");
  const VerapdfAnswer late = answer_of("while :; do :; done", std::chrono::seconds(1));
  EXPECT_EQ(late.word, "failed");
  EXPECT_EQ(late.detail, "took too long");
  EXPECT_EQ(ask_verapdf("/nonexistent/verapdf", 0).word, "failed");
}

}  // namespace
}  // namespace eakte::ingest
