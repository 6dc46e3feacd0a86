#include "api/http/chunked_body.h"

#include <gtest/gtest.h>

#include "api/http/problem.h"

namespace eakte::api {
namespace {

struct Result {
  std::string content;
  std::string rest;
  bool done = false;
};

Result decoded(const std::string& input, std::size_t piece) {
  ChunkedBody body;
  Result result;
  std::size_t fed = 0;
  std::string waiting;
  while (fed < input.size() && !body.done()) {
    waiting += input.substr(fed, piece);
    fed = std::min(input.size(), fed + piece);
    while (!waiting.empty() && !body.done()) {
      const auto step = body.step(waiting);
      result.content += step.content;
      if (step.taken == 0) break;
      waiting.erase(0, step.taken);
    }
  }
  result.rest = waiting + input.substr(fed);
  result.done = body.done();
  return result;
}

TEST(ChunkedBody, IsTheSameInPiecesOfAnySize) {
  const std::string input =
      "5\r\nhello\r\n00A;name=\"v\" ; x\r\n, \r\nworld!\r\n0\r\nTrailer: x\r\n\r\nGET /";
  for (std::size_t piece = 1; piece <= input.size(); ++piece) {
    const Result result = decoded(input, piece);
    EXPECT_EQ(result.content, "hello, \r\nworld!");
    EXPECT_EQ(result.rest, "GET /");
    EXPECT_TRUE(result.done);
  }
}

TEST(ChunkedBody, AnEmptyBodyMayComeByteByByte) {
  EXPECT_TRUE(decoded("0\r\n\r\n", 1).done);
  EXPECT_FALSE(decoded("0\r\n\r", 1).done);
}

TEST(ChunkedBody, RefusesWhateverTwoParsersCouldReadDifferently) {
  for (const std::string& input :
       {std::string("5\nhello\r\n"), std::string("5\rX\r\n"), std::string("0x5\r\nhello\r\n"),
        std::string("-5\r\n"), std::string("+5\r\n"), std::string(" 5\r\n"), std::string("\r\n"),
        std::string("5 x\r\nhello\r\n"), std::string("5\r\nhelloX\r\n"), std::string("5\r\nhello\n\r\n"),
        std::string("1000000000000000\r\n"), std::string("ffffffffffffffff\r\n"), std::string("5;\x01\r\n"),
        "5;" + std::string(400, 'x') + "\r\n", "0\r\nX: " + std::string(9000, 'x'),
        std::string("0\r\nX: y\n\r\n")}) {
    EXPECT_THROW(decoded(input, 1), Problem) << input.substr(0, 40);
    EXPECT_THROW(decoded(input, input.size()), Problem) << input.substr(0, 40);
  }
}

}  // namespace
}  // namespace eakte::api
