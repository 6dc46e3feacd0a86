#include "tests/api/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace eakte::testing {
namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

HttpAnswer parsed_head(std::string_view head) {
  HttpAnswer answer;
  answer.status = std::stoi(std::string(head.substr(head.find(' ') + 1, 3)));
  head.remove_prefix(head.find("\r\n") + 2);
  while (!head.empty()) {
    const std::string_view line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(std::min(head.size(), line.size() + 2));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    std::string name(line.substr(0, colon));
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    answer.headers[name] = line.substr(std::min(line.size(), colon + 2));
  }
  return answer;
}

}  // namespace

std::string HttpAnswer::error_code() const {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  return json.is_object() && json.contains("error") ? json["error"]["code"].get<std::string>()
                                                    : std::string();
}

HttpConnection::HttpConnection(unsigned short port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (socket_ < 0) fail("socket");
  const timeval patience{300, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("connect");
}

HttpConnection::~HttpConnection() {
  if (socket_ >= 0) ::close(socket_);
}

HttpConnection::HttpConnection(HttpConnection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), received_(std::move(other.received_)) {}

void HttpConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) fail("send");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

HttpAnswer HttpConnection::request(std::string_view method, std::string_view target, const Headers& headers,
                                   std::string_view body) {
  std::string text(method);
  text.append(" ").append(target).append(" HTTP/1.1\r\n");
  const bool own_host =
      std::ranges::none_of(headers, [](const auto& header) { return header.first == "Host"; });
  if (own_host) text += "Host: localhost\r\n";
  for (const auto& [name, value] : headers) text.append(name).append(": ").append(value).append("\r\n");
  if (!body.empty() || method == "POST") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  text += "\r\n";
  send(text.append(body));
  return read_answer(method == "HEAD");
}

HttpAnswer HttpConnection::read_answer(bool head_only) {
  HttpAnswer answer = parsed_head(read_until("\r\n\r\n"));
  const bool empty = head_only || answer.status == 304 || answer.status == 204 || answer.status < 200;
  if (empty) return answer;
  const auto length = answer.headers.find("content-length");
  if (length == answer.headers.end()) {
    while (receive()) {
    }
    answer.body = std::exchange(received_, {});
    return answer;
  }
  const std::size_t size = std::stoul(length->second);
  while (received_.size() < size) {
    if (!receive()) throw std::runtime_error("the answer ended too early");
  }
  answer.body = received_.substr(0, size);
  received_.erase(0, size);
  return answer;
}

std::string HttpConnection::read_until(std::string_view mark) {
  std::size_t found = received_.find(mark);
  while (found == std::string::npos) {
    const std::size_t searched = received_.size() - std::min(received_.size(), mark.size());
    if (!receive()) throw std::runtime_error("the stream ended before " + std::string(mark));
    found = received_.find(mark, searched);
  }
  std::string text = received_.substr(0, found + mark.size());
  received_.erase(0, text.size());
  return text;
}

bool HttpConnection::ended() { return received_.empty() && !receive(); }

void HttpConnection::read_to_end() {
  while (receive()) received_.clear();
}

void HttpConnection::end_sending() { ::shutdown(socket_, SHUT_WR); }

void HttpConnection::reset() {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(socket_, -1));
}

bool HttpConnection::receive() {
  std::array<char, 65536> buffer{};
  const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (size < 0 && errno == ECONNRESET) return false;
  if (size < 0) fail("recv");
  received_.append(buffer.data(), static_cast<std::size_t>(size));
  return size > 0;
}

HttpAnswer http(unsigned short port, std::string_view method, std::string_view target, const Headers& headers,
                std::string_view body) {
  return HttpConnection(port).request(method, target, headers, body);
}

}  // namespace eakte::testing
