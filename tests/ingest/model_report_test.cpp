#include "ingest/model_report.h"

#include <gtest/gtest.h>

#include "ingest/error.h"

namespace eakte::ingest {
namespace {

std::vector<Judged> many(int count, const Judged& one) {
  return std::vector<Judged>(static_cast<std::size_t>(count), one);
}

void add(std::vector<Judged>& all, const std::vector<Judged>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

TEST(ModelReport, CountsRightAndWrongByLabel) {
  const ModelReport report = report_on({{"a", "a", 0.9}, {"a", "a", 0.8}, {"a", "b", 0.6}, {"b", "b", 0.7}});
  EXPECT_EQ(report.texts, 4);
  EXPECT_DOUBLE_EQ(report.accuracy, 0.75);
  ASSERT_EQ(report.labels.size(), 2U);
  EXPECT_DOUBLE_EQ(report.labels[0].f1, 0.8);
  EXPECT_NEAR(report.labels[1].f1, 2.0 / 3, 1e-12);
  EXPECT_NEAR(report.macro_f1, (0.8 + 2.0 / 3) / 2, 1e-12);
  ASSERT_EQ(report.confusions.size(), 1U);
  EXPECT_EQ(report.confusions[0].right, "a");
  EXPECT_EQ(report.confusions[0].guessed, "b");
}

TEST(ModelReport, FindsTheCoverageAtHalfAPercentOfErrors) {
  std::vector<Judged> judged = many(399, {"a", "a", 0.99});
  add(judged, many(2, {"a", "b", 0.95}));
  add(judged, many(200, {"a", "a", 0.9}));
  add(judged, many(399, {"a", "b", 0.5}));
  const ModelReport report = report_on(judged);
  // 2 of 601 are wrong down to 0.9.
  EXPECT_DOUBLE_EQ(report.coverage, 0.601);
  EXPECT_DOUBLE_EQ(report.coverage_from, 0.9);
}

TEST(ModelReport, CoversNothingWhenTheSurestAreWrong) {
  EXPECT_EQ(report_on({{"a", "b", 1}, {"a", "a", 0.9}}).coverage, 0);
  // Right and wrong at the same confidence cannot be told apart.
  std::vector<Judged> judged = many(100, {"a", "a", 0.9});
  add(judged, many(1, {"a", "b", 0.9}));
  EXPECT_EQ(report_on(judged).coverage, 0);
}

TEST(ModelReport, MeasuresHowFarConfidenceIsFromTruth) {
  std::vector<Judged> judged = many(3, {"a", "a", 0.75});
  add(judged, many(1, {"a", "b", 0.75}));
  EXPECT_NEAR(report_on(judged).calibration_error, 0, 1e-12);
  EXPECT_NEAR(report_on(many(4, {"a", "b", 0.75})).calibration_error, 0.75, 1e-12);
}

TEST(ModelReport, OfNothingIsEmpty) {
  const ModelReport report = report_on({});
  EXPECT_EQ(report.texts, 0);
  EXPECT_EQ(report.coverage, 0);
}

TEST(ModelReport, IsTheSameAfterJson) {
  const ModelReport report = report_on({{"Änderung", "b", 0.9}, {"b", "b", 0.8}});
  EXPECT_EQ(to_json(report_from_json(to_json(report))), to_json(report));
  EXPECT_THROW(report_from_json("{"), Error);
  EXPECT_THROW(report_from_json("{\"texts\":\"x\"}"), Error);
}

}  // namespace
}  // namespace eakte::ingest
