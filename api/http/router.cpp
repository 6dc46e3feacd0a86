#include "api/http/router.h"

#include <exception>
#include <optional>
#include <string_view>

#include "api/http/problem.h"

namespace eakte::api {
namespace {

std::string_view take_segment(std::string_view& path) {
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  if (!path.empty()) path.remove_prefix(1);
  return segment;
}

/// Segments are compared decoded: an escaped slash is part of a segment and never a separator.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view raw_path) {
  std::vector<std::string> captures;
  if (pattern.empty()) return captures;
  while (!pattern.empty() && !raw_path.empty()) {
    const std::string_view wanted = take_segment(pattern);
    const bool more_path = raw_path.find('/') != std::string_view::npos;
    const auto segment = percent_decoded(take_segment(raw_path));
    if (!segment) return std::nullopt;
    if (wanted == "{}") {
      if (segment->empty()) return std::nullopt;
      captures.push_back(*segment);
    } else if (wanted != *segment) {
      return std::nullopt;
    }
    if (more_path && raw_path.empty()) return std::nullopt;
  }
  if (!pattern.empty() || !raw_path.empty()) return std::nullopt;
  return captures;
}

Problem wrong_method(const std::string& allowed) {
  Problem problem(405, "bad_request", "Diese Methode ist für diese Adresse nicht vorgesehen.");
  problem.headers.emplace_back("Allow", allowed);
  return problem;
}

/// `handle` with `told` being called inside the catch block of what it throws.
template <class Result>
std::function<Result(const Request&)> telling(std::function<Result(const Request&)> handle,
                                              const std::function<void(const Request&)>& told) {
  if (!handle) return handle;
  return [handle = std::move(handle), told](const Request& request) {
    try {
      return handle(request);
    } catch (const std::exception&) {
      told(request);
      throw;
    }
  };
}

}  // namespace

void Router::tell_of_failures(const std::function<void(const Request&)>& told) {
  for (Route& route : routes_) {
    route.handle = telling(std::move(route.handle), told);
    route.open = telling(std::move(route.open), told);
  }
}

const Route& Router::find(Request& request) const {
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  std::string allowed;
  for (const Route& route : routes_) {
    auto captures = match(route.pattern, request.raw_path);
    // The page takes what no resource knows, and not the wrong method on one.
    if (!captures || (route.pattern.empty() && !allowed.empty())) continue;
    if (route.method == method) {
      request.captures = std::move(*captures);
      return route;
    }
    if (!route.pattern.empty()) allowed += (allowed.empty() ? "" : ", ") + route.method;
  }
  if (allowed.empty()) throw not_found();
  throw wrong_method(allowed);
}

}  // namespace eakte::api
