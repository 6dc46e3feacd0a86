#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/http/body_sink.h"

namespace eakte::api {

/// Which threads run a route: work that waits for worker processes, or computes the hash of a password, must
/// not hold up the rest.
enum class Lane { quick, slow, password };

struct Route {
  static constexpr std::uint64_t small_body = 1'048'576;

  std::string method;   ///< "GET" also answers HEAD
  std::string pattern;  ///< "/api/v1/intakes/{}/cancel"; each {} captures one segment; "" matches every path
  std::function<Response(const Request&)> handle;                           ///< gets the collected body, or
  std::function<std::unique_ptr<BodySink>(const Request&)> open = nullptr;  ///< takes the body as it comes
  Lane lane = Lane::quick;
  std::uint64_t max_body = small_body;  ///< bytes; more is refused with 413
};

/// The table of routes. Immutable once the server runs.
class Router {
public:
  void add(Route route) { routes_.push_back(std::move(route)); }

  /// From now on `told` is called inside the catch block with whatever a handler throws, which then goes on
  /// to the sender. It must not throw. For the routes added so far.
  void tell_of_failures(const std::function<void(const Request&)>& told);

  /// The first route that fits; fills request.captures. Throws Problem (404, 405).
  const Route& find(Request& request) const;
  const std::vector<Route>& routes() const { return routes_; }

private:
  std::vector<Route> routes_;
};

}  // namespace eakte::api
