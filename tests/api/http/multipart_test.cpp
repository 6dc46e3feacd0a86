#include "api/http/multipart.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "api/http/problem.h"

namespace eakte::api {
namespace {

struct Part {
  std::string field;
  std::optional<std::string> file_name;
  std::string content;
  bool ended = false;
};

/// Takes a body apart in pieces of `size` bytes.
std::vector<Part> parts_of(const std::string& body, std::size_t size, bool* complete = nullptr) {
  std::vector<Part> parts;
  MultipartParser parser("XyZ", {.begin =
                                     [&](const PartHead& head) {
                                       parts.push_back({head.field, head.file_name, {}});
                                     },
                                 .content = [&](std::string_view bytes) { parts.back().content += bytes; },
                                 .end = [&] { parts.back().ended = true; }});
  for (std::size_t i = 0; i < body.size(); i += size) parser.feed(std::string_view(body).substr(i, size));
  if (complete != nullptr) *complete = parser.complete();
  return parts;
}

const std::string two_files =
    "preamble\r\n--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue\r\n"
    "--XyZ  \r\ncontent-disposition: form-data; name=\"file\"; filename=\"B\\\"r%22ief.tif\"\r\n"
    "Content-Type: image/tiff\r\n\r\nline\r\n--XyNot\r\n--Xy\r\n"
    "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--XyZ--\r\nepilogue";

TEST(Multipart, GivesTheSamePartsForPiecesOfAnySize) {
  for (std::size_t size :
       {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}, std::size_t{64}, two_files.size()}) {
    bool complete = false;
    const auto parts = parts_of(two_files, size, &complete);
    ASSERT_EQ(parts.size(), 3U) << size;
    EXPECT_TRUE(complete);
    EXPECT_EQ(parts[0].field, "a");
    EXPECT_FALSE(parts[0].file_name);
    EXPECT_EQ(parts[0].content, "value");
    EXPECT_EQ(parts[1].file_name, "B\"r\"ief.tif");
    EXPECT_EQ(parts[1].content, "line\r\n--XyNot\r\n--Xy");
    EXPECT_EQ(parts[2].file_name, "");
    EXPECT_EQ(parts[2].content, "");
    EXPECT_TRUE(parts[0].ended && parts[1].ended && parts[2].ended);
  }
}

TEST(Multipart, IsNotCompleteWithoutTheClosingBoundary) {
  bool complete = true;
  const auto parts = parts_of(two_files.substr(0, two_files.find("--XyZ--")), 5, &complete);
  EXPECT_FALSE(complete);
  EXPECT_EQ(parts.size(), 3U);
  EXPECT_FALSE(parts.back().ended);
}

TEST(Multipart, RefusesWhatIsMalformed) {
  const std::string begin = "--XyZ\r\n";
  const std::vector<std::string> bodies{
      "--XyZ\r\n\r\ncontent\r\n--XyZ--",
      "--XyZgarbage\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n",
      begin + "Content-Type: text/plain\r\n\r\nno disposition",
      begin + "Content-Disposition: attachment; name=\"a\"\r\n\r\n",
      begin + "Content-Disposition: form-data; filename=\"x\"\r\n\r\n",
      begin + "Content-Disposition: form-data; name=\"a\r\n\r\n",
      begin + "Content-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n",
      begin +
          "Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n",
      begin + "X: " + std::string(MultipartParser::max_part_head + 1, 'x'),
      "--XyZ" + std::string(MultipartParser::max_part_head + 10, ' '),
  };
  for (const std::string& body : bodies) {
    for (const std::size_t size : {std::size_t{1}, body.size()}) {
      EXPECT_THROW(parts_of(body, size), Problem) << body.substr(0, 80);
    }
  }
}

TEST(Multipart, RefusesTooManyParts) {
  std::string body;
  for (std::size_t i = 0; i <= MultipartParser::max_parts; ++i) {
    body += "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n";
  }
  EXPECT_THROW(parts_of(body, body.size()), Problem);
}

TEST(Multipart, RefusesABoundaryTheStandardDoesNotAllow) {
  for (const std::string& boundary :
       {std::string(), std::string(71, 'x'), std::string("a\r\nb"), std::string("ends with ")}) {
    EXPECT_THROW(MultipartParser(boundary, {}), Problem);
  }
}

}  // namespace
}  // namespace eakte::api
