#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "api/error.h"
#include "api/service.h"

namespace eakte::api {

struct ServerOptions {
  std::string address = "127.0.0.1";     ///< loopback only, until there are accounts; anything else is refused
  unsigned short port = 8080;            ///< 0: any free one
  std::filesystem::path web;             ///< the built web page (index.html, assets)
  std::uint64_t max_upload_bytes = 2'147'483'648;
  int threads = 4;                       ///< of the pool that runs the handlers
};

/// HTTP/1.1 on Boost.Asio and Beast's parser; routes see api/README.md. Every request is caught around one
/// handler. Constructing binds and starts; destroying stops accepting, ends event streams, lets running
/// handlers finish.
class Server {
 public:
  /// Throws Error when the address is not loopback ("until there are accounts ...") or in use.
  Server(Service& service, const ServerOptions& options);
  ~Server();
  unsigned short port() const;  ///< the one bound

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eakte::api
