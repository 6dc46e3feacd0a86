#include "ingest/foreign_file_plan.h"

#include <gtest/gtest.h>
#include <fstream>
#include <iterator>

#include "tests/support/temporary_directory.h"
#include "tests/support/this_program.h"

namespace eakte::ingest {
namespace {

using archive::PlanFormat;

std::string sample_plan() {
  std::ifstream file(EAKTE_SAMPLES "/file_plan.yaml", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ForeignFilePlans : public ::testing::Test {
protected:
  ForeignFilePlan read(std::string_view text, std::optional<PlanFormat> format = {}) {
    return read_foreign_file_plan({pool_, {}, directory_.path().string(), {}}, text, format);
  }

  eakte::testing::TemporaryDirectory directory_;
  WorkerPool pool_{eakte::testing::this_program(), {.processes = 1, .languages = "deu", .few_pages = true}};
};

TEST_F(ForeignFilePlans, AreReadInAWorkerAndComeBackWithoutLoss) {
  const std::string yaml = sample_plan();
  archive::FilePlan plan = archive::parse_file_plan(yaml);
  const archive::PlanMessage message{"0b9f4d62-7a61-4f0e-8a55-3f1f0a1c2d3e", "A", "B",
                                     "2026-11-22T10:00:00Z"};
  for (const std::string& text :
       {yaml, archive::file_plan_to_csv(plan), archive::file_plan_to_xdomea(plan, message)}) {
    const ForeignFilePlan read_plan = read(text);
    ASSERT_TRUE(read_plan.problems.empty()) << archive::sentence(read_plan.problems[0]);
    const auto again = archive::read_file_plan(read_plan.csv, PlanFormat::csv).plan;
    ASSERT_TRUE(again);
    EXPECT_EQ(again->entries, plan.entries) << text.substr(0, 40);
    EXPECT_EQ(again->version, plan.version);
    EXPECT_EQ(read_plan.message.has_value(), text.starts_with("<?xml"));
    if (read_plan.message) {
      EXPECT_EQ(read_plan.message->process, message.process);
    }
  }
}

TEST_F(ForeignFilePlans, WithMistakesComeBackWithLineAndReason) {
  const ForeignFilePlan bad = read(
      "aktenplan: {bezeichnung: P, version: \"1\"}\neinheiten:\n- {kz: \"11\", "
      "titel: Ohne Frist, aktenbildend: true}\n");
  ASSERT_EQ(bad.problems.size(), 1U);
  EXPECT_EQ(bad.problems[0].code, "no_schedule");
  EXPECT_EQ(bad.problems[0].line, 3);
  EXPECT_TRUE(bad.csv.empty());
  EXPECT_EQ(read("{", PlanFormat::yaml).problems.at(0).code, "not_readable");
  EXPECT_EQ(read("<a/>").problems.empty(), false);
  EXPECT_EQ(read(std::string(9'000'000, ' ')).problems.at(0).code, "too_much");
}

}  // namespace
}  // namespace eakte::ingest
