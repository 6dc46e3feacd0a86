#include "api/http/head.h"

#include <gtest/gtest.h>

#include "api/http/problem.h"

namespace eakte::api {
namespace {

RequestHead read(const std::string& head) {
  const auto length = head_length(head);
  EXPECT_EQ(length, head.size());
  return parse_head(head);
}

int status_of(const std::string& head) {
  try {
    const auto length = head_length(head);
    if (!length) return 0;
    parse_head(head.substr(0, *length));
    return 200;
  } catch (const Problem& problem) {
    return problem.status;
  }
}

TEST(Head, ReadsMethodPathQueryAndHeaders) {
  const RequestHead head = read(
      "GET /api/v1/search?q=Hunde%20steuer+M%C3%BCller&filter=typ%3DRechnung&filter=jahr%3D2026&empty "
      "HTTP/1.1\r\n"
      "Host: localhost:8080\r\nX-Test:  blanks around \r\n\r\n");
  EXPECT_EQ(head.request.method, "GET");
  EXPECT_EQ(head.request.path, "/api/v1/search");
  EXPECT_EQ(head.request.parameter("q"), "Hunde steuer Müller");
  EXPECT_EQ(head.request.all_parameters("filter"), (std::vector<std::string>{"typ=Rechnung", "jahr=2026"}));
  EXPECT_EQ(head.request.parameter("empty"), "");
  EXPECT_EQ(head.request.header("x-test"), "blanks around");
  EXPECT_TRUE(head.keep_alive);
  EXPECT_TRUE(head.framing.none());
}

TEST(Head, KnowsHowTheBodyIsDelimited) {
  const std::string start = "POST / HTTP/1.1\r\nHost: localhost\r\n";
  EXPECT_EQ(read(start + "Content-Length: 12\r\n\r\n").framing.length, 12U);
  EXPECT_TRUE(read(start + "Transfer-Encoding: Chunked\r\n\r\n").framing.chunked);
  EXPECT_TRUE(read(start + "Content-Length: 1\r\nExpect: 100-Continue\r\n\r\n").expects_continue);
  EXPECT_FALSE(read(start + "Connection: close\r\n\r\n").keep_alive);
  EXPECT_FALSE(read("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n").keep_alive);
}

TEST(Head, WaitsForTheEmptyLine) {
  const std::string head = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  for (std::size_t size = 0; size < head.size(); ++size)
    EXPECT_FALSE(head_length(head.substr(0, size))) << size;
  EXPECT_EQ(head_length(head + "GET"), head.size());
}

TEST(Head, RefusesWhateverTwoParsersCouldReadDifferently) {
  const std::string start = "POST / HTTP/1.1\r\nHost: localhost\r\n";
  for (const std::string& head : {
           start + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n",
           start + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
           start + "Content-Length: 5, 5\r\n\r\n",
           start + "Content-Length: +5\r\n\r\n",
           start + "Content-Length: 0x5\r\n\r\n",
           start + "Content-Length: -1\r\n\r\n",
           start + "Content-Length: \r\n\r\n",
           start + "Content-Length: 99999999999999999999999\r\n\r\n",
           start + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
           start + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
           start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
           start + "Transfer-Encoding: gzip, chunked\r\n\r\n",
           start + "Transfer-Encoding: xchunked\r\n\r\n",
           start + "Transfer-Encoding: chunked, identity\r\n\r\n",
           start + "Transfer-Encoding : chunked\r\n\r\n",
           start + "Transfer-Encoding:\x0b"
                   "chunked\r\n\r\n",
           start + "X: y\r\n folded\r\n\r\n",
           start + "X: y\n\r\n",
           start + "X: a\rb\r\n\r\n",
           start + "Host: other\r\n\r\n",
           start + std::string("X: a\0b\r\n\r\n", 10),
           std::string("GET / HTTP/1.1\r\n\r\n"),
           std::string("GET / HTTP/1.1\nHost: localhost\n\n"),
           std::string("GET /#x HTTP/1.1\r\nHost: localhost\r\n\r\n"),
           std::string("GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n"),
           std::string("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"),
           std::string("GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
           std::string("POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"),
           std::string("\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
       }) {
    EXPECT_EQ(status_of(head), 400) << head;
  }
  EXPECT_EQ(status_of("GET / HTTP/2.0\r\nHost: localhost\r\n\r\n"), 505);
  EXPECT_EQ(status_of(start + "Expect: the unexpected\r\n\r\n"), 417);
  EXPECT_EQ(status_of(start + "X: " + std::string(max_head_bytes, 'x')), 431);
}

std::string refusal_of(const std::string& method, std::vector<std::pair<std::string, std::string>> headers) {
  Request request;
  request.method = method;
  request.headers = std::move(headers);
  try {
    check_origin(request);
    return "";
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.status, 403);
    return problem.code;
  }
}

TEST(Origin, HostMustNameLoopback) {
  for (const char* host :
       {"localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:65535"}) {
    EXPECT_EQ(refusal_of("GET", {{"host", host}}), "") << host;
  }
  for (const char* host :
       {"", "example.org", "localhost.example.org", "127.0.0.1.example.org", "localhost:", "localhost:8080:1",
        "localhost:x", "127.0.0.2", "0.0.0.0", "[::1]x", "::1", "[::2]", "192.168.0.1:8080"}) {
    EXPECT_EQ(refusal_of("GET", {{"host", host}}), "foreign_host") << host;
  }
}

TEST(Origin, OnlyTheOwnPageOrNoPageMayChangeSomething) {
  const std::pair<std::string, std::string> host{"host", "localhost:8080"};
  EXPECT_EQ(refusal_of("POST", {host}), "");
  EXPECT_EQ(refusal_of("POST", {host, {"origin", "http://localhost:8080"}, {"x-eakte", "1"}}), "");
  EXPECT_EQ(refusal_of("GET", {host, {"origin", "http://evil.example"}}), "");
  EXPECT_EQ(refusal_of("POST", {host, {"origin", "http://localhost:8080"}}), "foreign_origin");
  for (const char* origin : {"null", "", "http://evil.example", "http://localhost", "http://localhost:9090",
                             "https://localhost:8080", "http://127.0.0.1:8080"}) {
    EXPECT_EQ(refusal_of("POST", {host, {"origin", origin}, {"x-eakte", "1"}}), "foreign_origin") << origin;
  }
  EXPECT_EQ(refusal_of("POST", {host, {"sec-fetch-site", "cross-site"}}), "foreign_origin");
  EXPECT_EQ(refusal_of("DELETE", {host, {"origin", "null"}}), "foreign_origin");
}

}  // namespace
}  // namespace eakte::api
