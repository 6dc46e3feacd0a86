#include "archive/catalogue/berlin_day.h"

#include <gtest/gtest.h>

#include "tests/support/day.h"

namespace eakte::archive {
namespace {

using testing::day;

TEST(BerlinDay, BeginsAtMidnightThere) {
  EXPECT_EQ(beginning_in_berlin(day("2026-11-22")), "2026-11-21T23:00:00.000Z");
  EXPECT_EQ(beginning_in_berlin(day("2026-07-01")), "2026-06-30T22:00:00.000Z");
  EXPECT_EQ(beginning_in_berlin(day("2026-01-01")), "2025-12-31T23:00:00.000Z");
  // Clocks turn in the night of the 29th of March and of the 25th of October, after midnight.
  EXPECT_EQ(beginning_in_berlin(day("2026-03-29")), "2026-03-28T23:00:00.000Z");
  EXPECT_EQ(beginning_in_berlin(day("2026-03-30")), "2026-03-29T22:00:00.000Z");
  EXPECT_EQ(beginning_in_berlin(day("2026-10-25")), "2026-10-24T22:00:00.000Z");
  EXPECT_EQ(beginning_in_berlin(day("2026-10-26")), "2026-10-25T23:00:00.000Z");
}

TEST(BerlinDay, IsThatOfItsInstants) {
  EXPECT_EQ(berlin_day_of("2026-11-21T22:59:59.999Z"), day("2026-11-21"));
  EXPECT_EQ(berlin_day_of("2026-11-21T23:00:00.000Z"), day("2026-11-22"));
  EXPECT_EQ(berlin_day_of("2026-06-30T22:00:00.000Z"), day("2026-07-01"));
  EXPECT_EQ(next_day(day("2026-12-31")), day("2027-01-01"));
}

}  // namespace
}  // namespace eakte::archive
