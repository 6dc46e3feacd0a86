#include "api/http/head.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <cctype>
#include <charconv>
#include <string>

#include "api/http/problem.h"

namespace eakte::api {
namespace {

namespace http = boost::beast::http;

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

Problem malformed() { return bad_request("Die Anfrage ist kein gültiges HTTP."); }

std::size_t count(const Request& request, std::string_view name) {
  return static_cast<std::size_t>(
      std::ranges::count(request.headers, name, [](const auto& header) { return header.first; }));
}

std::uint64_t content_length(std::string_view text) {
  std::uint64_t length = 0;
  const bool digits = !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (!digits || error != std::errc() || end != text.data() + text.size()) throw malformed();
  return length;
}

BodyFraming framing_of(const Request& request, int version) {
  const std::size_t lengths = count(request, "content-length");
  const std::size_t encodings = count(request, "transfer-encoding");
  if (lengths > 1 || encodings > 1 || (lengths == 1 && encodings == 1)) throw malformed();
  BodyFraming framing;
  if (lengths == 1) framing.length = content_length(request.header("content-length"));
  if (encodings == 1) {
    if (version != 11 || lower(request.header("transfer-encoding")) != "chunked") throw malformed();
    framing.chunked = true;
  }
  return framing;
}

bool is_own(std::string_view host, const OwnAddress& own) {
  const auto bracket = host.find(']');
  const auto colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string name = lower(host.substr(0, colon));
  if (colon != std::string_view::npos) {
    const std::string_view port = host.substr(colon + 1);
    const bool digits = std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || port.empty() || port.size() > 5) return false;
  }
  return name == "localhost" || name == "127.0.0.1" || name == "[::1]" ||
         std::ranges::find(own.names, name) != own.names.end();
}

}  // namespace

std::optional<std::size_t> head_length(std::string_view input) {
  const std::size_t end = input.find("\r\n\r\n");
  const std::string_view head = end == std::string_view::npos ? input : input.substr(0, end + 4);
  for (std::size_t i = 0; i < head.size(); ++i) {
    const bool last = i + 1 == head.size();
    const bool bare_lf = head[i] == '\n' && (i == 0 || head[i - 1] != '\r');
    const bool bare_cr = head[i] == '\r' && !last && head[i + 1] != '\n';
    const bool folded = head[i] == '\n' && !last && (head[i + 1] == ' ' || head[i + 1] == '\t');
    if (bare_lf || bare_cr || folded || head[i] == '\0') throw malformed();
  }
  if (head.size() > max_head_bytes) {
    throw Problem(431, "bad_request", "Die Kopfzeilen der Anfrage sind zu lang.");
  }
  if (end == std::string_view::npos) return std::nullopt;
  return end + 4;
}

RequestHead parse_head(std::string_view head) {
  http::request_parser<http::empty_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(max_head_bytes) + 1);
  parser.body_limit(boost::none);
  parser.eager(false);
  boost::beast::error_code failed;
  const std::size_t taken = parser.put(boost::asio::buffer(head.data(), head.size()), failed);
  if (failed == http::error::bad_version)
    throw Problem(505, "bad_request", "Diese HTTP-Version wird nicht unterstützt.");
  if (failed || !parser.is_header_done() || taken != head.size()) throw malformed();

  const auto& message = parser.get();
  RequestHead parsed;
  parsed.request.method = std::string(message.method_string());
  for (const auto& field : message) {
    const std::string_view value(field.value().data(), field.value().size());
    parsed.request.headers.emplace_back(lower(field.name_string()), value);
  }
  if (count(parsed.request, "host") != 1) throw malformed();
  parsed.framing = framing_of(parsed.request, static_cast<int>(message.version()));
  parsed.keep_alive = message.keep_alive();
  const std::string expectation = lower(parsed.request.header("expect"));
  if (!expectation.empty() && expectation != "100-continue") {
    throw Problem(417, "bad_request", "Diese Erwartung (Expect) wird nicht unterstützt.");
  }
  parsed.expects_continue = !expectation.empty() && message.version() == 11;
  const std::string_view target(message.target().data(), message.target().size());
  if (!target.starts_with('/') || target.find('#') != std::string_view::npos) throw malformed();
  parse_target(target, parsed.request);
  return parsed;
}

void check_origin(const Request& request, const OwnAddress& address) {
  const std::string_view host = request.header("host");
  if (!is_own(host, address)) {
    throw Problem(403, "foreign_host",
                  address.names.empty()
                      ? "Diese Adresse wird hier nicht bedient. Bitte die Seite über localhost öffnen."
                      : "Diese Adresse wird hier nicht bedient. Bitte die Seite über https://" +
                            address.names.front() + "/ öffnen.");
  }
  if (request.method == "GET" || request.method == "HEAD") return;
  const bool has_origin = count(request, "origin") != 0;
  const std::string own = (address.encrypted ? "https://" : "http://") + lower(host);
  const std::string_view site = request.header("sec-fetch-site");
  const bool foreign =
      (has_origin && (lower(request.header("origin")) != own || request.header("x-eakte") != "1")) ||
      site == "cross-site" || site == "same-site";
  if (foreign) {
    throw Problem(403, "foreign_origin",
                  "Die Anfrage kommt von einer fremden Seite und wurde nicht ausgeführt.");
  }
}

}  // namespace eakte::api
