#include "api/http/response.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "api/error.h"

namespace eakte::api {
namespace {

using Header = std::pair<std::string_view, std::string_view>;

constexpr auto general_headers = std::to_array<Header>({
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Cache-Control", "no-store"},
});

std::string_view reason_phrase(int status) {
  constexpr auto phrases = std::to_array<std::pair<int, std::string_view>>({
      {200, "OK"},
      {201, "Created"},
      {204, "No Content"},
      {206, "Partial Content"},
      {304, "Not Modified"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {413, "Content Too Large"},
      {416, "Range Not Satisfiable"},
      {417, "Expectation Failed"},
      {422, "Unprocessable Content"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {503, "Service Unavailable"},
      {505, "HTTP Version Not Supported"},
      {507, "Insufficient Storage"},
  });
  const auto found = std::ranges::find(phrases, status, [](const auto& phrase) { return phrase.first; });
  return found == phrases.end() ? std::string_view("Status") : found->second;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

void append_header(std::string& head, std::string_view name, std::string_view value) {
  const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  if (std::ranges::any_of(name, control) || std::ranges::any_of(value, control)) {
    throw Error("response header " + std::string(name) + " holds a control character");
  }
  fmt::format_to(std::back_inserter(head), "{}: {}\r\n", name, value);
}

}  // namespace

std::uint64_t Response::length() const {
  struct Length {
    std::uint64_t operator()(const std::string& bytes) const { return bytes.size(); }
    std::uint64_t operator()(const SharedBytes& bytes) const { return bytes->size(); }
    std::uint64_t operator()(const ObjectPart& part) const { return part.length; }
    std::uint64_t operator()(const EventStream&) const { return 0; }
  };
  return std::visit(Length(), body);
}

std::string response_head(const Response& response, Persistence persistence,
                          std::chrono::system_clock::time_point now) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
  for (const auto& [name, value] : response.headers) append_header(head, name, value);
  for (const auto& [name, value] : general_headers) {
    const auto given = [general = name](const auto& header) { return same_name(header.first, general); };
    if (std::ranges::none_of(response.headers, given)) append_header(head, name, value);
  }
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  append_header(head, "Date", fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(seconds)));
  const bool has_length =
      !std::holds_alternative<EventStream>(response.body) && response.status != 304 && response.status != 204;
  if (has_length) append_header(head, "Content-Length", std::to_string(response.length()));
  append_header(head, "Connection", persistence == Persistence::close ? "close" : "keep-alive");
  head += "\r\n";
  return head;
}

Response bodiless(int status) {
  Response response;
  response.status = status;
  return response;
}

}  // namespace eakte::api
