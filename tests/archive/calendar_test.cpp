#include "archive/calendar.h"

#include <gtest/gtest.h>

namespace eakte::archive {
namespace {

std::chrono::system_clock::time_point utc(std::string_view day, int hour, int minute) {
  return std::chrono::sys_days(date_from_iso(day).value()) + std::chrono::hours(hour) +
         std::chrono::minutes(minute);
}

TEST(Calendar, ReadsRealDaysOnly) {
  EXPECT_EQ(to_iso(date_from_iso("2024-02-29").value()), "2024-02-29");
  EXPECT_EQ(to_german(date_from_iso("2026-11-05").value()), "05.11.2026");
  for (const char* wrong : {"2023-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-01 ",
                            "2026/01/01", "", "2026-01-0x", "-026-01-01"}) {
    EXPECT_FALSE(date_from_iso(wrong)) << wrong;
  }
}

TEST(Calendar, TheDayInBerlinFollowsSummerTime) {
  const struct {
    const char* day;
    int hour;
    int minute;
    const char* expected;
  } cases[] = {
      {"2026-01-15", 22, 59, "2026-01-15"}, {"2026-01-15", 23, 0, "2026-01-16"},
      {"2026-07-15", 21, 59, "2026-07-15"}, {"2026-07-15", 22, 0, "2026-07-16"},
      {"2026-03-28", 23, 0, "2026-03-29"},  {"2026-03-29", 22, 0, "2026-03-30"},
      {"2026-10-24", 22, 0, "2026-10-25"},  {"2026-10-25", 22, 59, "2026-10-25"},
      {"2026-10-25", 23, 0, "2026-10-26"},  {"2025-12-31", 23, 0, "2026-01-01"},
      {"2024-02-28", 23, 0, "2024-02-29"},  {"2038-01-19", 3, 15, "2038-01-19"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(to_iso(day_in_berlin(utc(c.day, c.hour, c.minute))), c.expected) << c.day << ' ' << c.hour;
  }
}

TEST(Calendar, TellsTheTimeInUtcWithMilliseconds) {
  const std::string now = now_utc();
  ASSERT_EQ(now.size(), 24U);
  EXPECT_EQ(now[10], 'T');
  EXPECT_EQ(now[19], '.');
  EXPECT_EQ(now[23], 'Z');
  EXPECT_TRUE(date_from_iso(now.substr(0, 10)));
}

}  // namespace
}  // namespace eakte::archive
