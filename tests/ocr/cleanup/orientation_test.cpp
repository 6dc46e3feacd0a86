#include "ocr/cleanup/orientation.h"

#include <gtest/gtest.h>

#include "ocr/read_page.h"
#include "tests/ocr/painted.h"

namespace eakte::ocr::cleanup {
namespace {

Stance stance_after(int quarter_turns) {
  return find_stance(survey(turned(painted::letter(), quarter_turns).pixels));
}

TEST(Stance, OfAnUprightPageIsLevelAndUpright) {
  const Stance stance = stance_after(0);
  EXPECT_GT(stance.level, 0.7);
  EXPECT_GT(stance.upright, 0.4);
  EXPECT_GT(stance.upright_evidence, 20);
}

TEST(Stance, OfAPageOnItsHeadIsLevelButNotUpright) {
  const Stance stance = stance_after(2);
  EXPECT_GT(stance.level, 0.7);
  EXPECT_LT(stance.upright, -0.4);
}

TEST(Stance, OfAPageOnItsSideIsSteep) {
  EXPECT_LT(stance_after(1).level, -0.7);
  EXPECT_LT(stance_after(3).level, -0.7);
}

TEST(Stance, OfAnEmptyPageRestsOnNothing) {
  const Stance stance = find_stance(survey(cv::Mat(800, 600, CV_8UC1, cv::Scalar(250))));
  EXPECT_EQ(stance.level_evidence, 0);
  EXPECT_EQ(stance.upright_evidence, 0);
}

}  // namespace
}  // namespace eakte::ocr::cleanup
