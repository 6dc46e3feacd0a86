#include "api/http/byte_range.h"

#include <gtest/gtest.h>

#include "api/http/problem.h"

namespace eakte::api {
namespace {

TEST(ByteRange, ReadsSingleRanges) {
  struct Row {
    const char* header;
    std::uint64_t offset;
    std::uint64_t length;
  };
  for (const Row& row : {Row{"bytes=0-0", 0, 1}, Row{"bytes=0-99", 0, 100}, Row{"bytes=10-", 10, 90},
                         Row{"bytes=-7", 93, 7}, Row{"bytes=-700", 0, 100}, Row{"bytes=90-1000", 90, 10}}) {
    const auto range = single_range(row.header, 100);
    ASSERT_TRUE(range) << row.header;
    EXPECT_EQ(range->offset, row.offset) << row.header;
    EXPECT_EQ(range->length, row.length) << row.header;
  }
}

TEST(ByteRange, IgnoresWhatItNeedNotUnderstand) {
  for (const char* header : {"", "pages=1-2", "bytes=", "bytes=-", "bytes=5", "bytes=9-3", "bytes=1-2,4-5",
                             "bytes=a-b", "bytes=1-2x", "bytes= 1-2", "bytes=99999999999999999999-"}) {
    EXPECT_FALSE(single_range(header, 100)) << header;
  }
}

TEST(ByteRange, RefusesARangeOutsideOfTheContent) {
  EXPECT_THROW(single_range("bytes=100-", 100), Problem);
  EXPECT_THROW(single_range("bytes=0-", 0), Problem);
  EXPECT_THROW(single_range("bytes=-0", 100), Problem);
}

TEST(ByteRange, FindsAnEtagInAList) {
  EXPECT_TRUE(names_etag("\"b\"", "\"b\""));
  EXPECT_TRUE(names_etag("\"a\" , W/\"b\"", "\"b\""));
  EXPECT_TRUE(names_etag("*", "\"b\""));
  EXPECT_FALSE(names_etag("\"bb\"", "\"b\""));
  EXPECT_FALSE(names_etag("", "\"b\""));
}

}  // namespace
}  // namespace eakte::api
