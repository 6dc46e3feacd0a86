#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "api/http/problem.h"
#include "api/http/request.h"
#include "api/http/response.h"

namespace eakte::api {

/// Takes the body of one request piece by piece and answers at its end. Used by one thread at a time, never
/// by the transport's own, so it may block. Destroyed without answer() when the sender goes away: nothing may
/// remain. Both functions throw what the table in problem.h knows.
class BodySink {
public:
  BodySink() = default;
  virtual ~BodySink() = default;
  BodySink(const BodySink&) = delete;
  BodySink& operator=(const BodySink&) = delete;
  virtual void append(std::string_view bytes) = 0;
  virtual Response answer() = 0;
};

/// Keeps a small body in memory for a function that answers.
class CollectedBody : public BodySink {
public:
  CollectedBody(Request request, const std::function<Response(const Request&)>& handle)
      : request_(std::move(request)), handle_(handle) {}
  void append(std::string_view bytes) override { request_.body += bytes; }
  Response answer() override { return handle_(request_); }

private:
  Request request_;
  const std::function<Response(const Request&)>& handle_;  ///< the route's, which lives as long as the server
};

}  // namespace eakte::api
