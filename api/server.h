#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/error.h"
#include "api/service.h"

namespace eakte::api {

/// One answered request, for the access log: ids and figures, no query, no content.
struct RequestLog {
  std::string method;
  std::string path;  ///< as received (percent-encoded), without the query
  int status = 0;
  std::uint64_t bytes = 0;  ///< of the body sent
  double milliseconds = 0;  ///< from the complete head to the last byte sent
  std::string error;        ///< for operators, English; only with a status of 500 and above
};

struct ServerOptions {
  /// Loopback, or anything when all tenants have accounts and there is a certificate.
  std::string address = "127.0.0.1";
  unsigned short port = 8080;         ///< 0: any free one
  std::filesystem::path web;          ///< the built web page (index.html, assets)
  std::filesystem::path certificate;  ///< PEM; with it every connection is encrypted
  std::filesystem::path key;          ///< of the certificate
  std::vector<std::string> names;     ///< of hosts under which browsers reach the service, beside loopback
  std::uint64_t max_upload_bytes = 2'147'483'648;
  int threads = 4;                             ///< of the pool that runs the handlers
  std::function<void(const RequestLog&)> log;  ///< called on the transport's thread: quick, must not throw
};

/// HTTP/1.1 on Boost.Asio and Beast's parser; routes see api/README.md. Every request is caught around one
/// handler. Constructing binds and starts; destroying stops accepting, ends event streams, lets running
/// handlers finish.
class Server {
public:
  /// Throws Error when the address is in use, when it is not loopback although accounts or certificate are
  /// missing, or when the certificate does not fit.
  Server(Service& service, const ServerOptions& options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  unsigned short port() const;  ///< the one bound

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eakte::api
