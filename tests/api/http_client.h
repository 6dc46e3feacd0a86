#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace eakte::testing {

/// An answer as it came over the wire. Header names in lower case.
struct HttpAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;
  std::string body;

  /// The error code of a refusal, "" when the body is none.
  std::string error_code() const;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// One blocking TCP connection to a server on this machine. Reading gives up after five minutes. Throws
/// std::runtime_error when the connection fails.
class HttpConnection {
public:
  explicit HttpConnection(unsigned short port);
  ~HttpConnection();
  HttpConnection(HttpConnection&& other) noexcept;
  HttpConnection& operator=(HttpConnection&&) = delete;

  void send(std::string_view bytes);
  /// Sends a request with Host, Content-Length (when there is a body or the method is POST) and these
  /// headers.
  HttpAnswer request(std::string_view method, std::string_view target, const Headers& headers = {},
                     std::string_view body = {});
  /// Reads one answer: by Content-Length, else to the end of the stream.
  HttpAnswer read_answer(bool head_only = false);
  /// Reads until `mark` has come; gives everything up to its end.
  std::string read_until(std::string_view mark);
  /// Whether the server has closed its side; waits for that or for a byte.
  bool ended();
  /// Reads and forgets until the server closes its side: a stream of events may still say something before.
  void read_to_end();
  void end_sending();
  /// Closes so that the server sees a reset.
  void reset();

private:
  bool receive();
  int socket_ = -1;
  std::string received_;
};

/// One request on a connection of its own.
HttpAnswer http(unsigned short port, std::string_view method, std::string_view target,
                const Headers& headers = {}, std::string_view body = {});

}  // namespace eakte::testing
