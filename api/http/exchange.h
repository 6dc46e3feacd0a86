#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "api/http/chunked_body.h"
#include "api/http/connection.h"

namespace eakte::api {

/// One request on its way to its answer. The transport's thread owns it, except in the phase working.
struct Connection::Exchange {
  std::string method = "-";
  std::string raw_path = "-";
  Request request;  ///< until the sink takes it
  const Route* route = nullptr;
  Clock::time_point began = Clock::now();

  BodyFraming framing;
  ChunkedBody chunks;
  bool keep_alive = false;
  bool expects_continue = false;
  std::unique_ptr<BodySink> sink;
  std::string piece;             ///< decoded, for the sink to take
  std::uint64_t body_bytes = 0;  ///< decoded so far
  bool body_complete = false;
  std::uint64_t bytes_at_extension = 0;
  Clock::time_point body_deadline;
  Clock::time_point work_began;

  Response response;
  bool answered = false;
  std::uint64_t body_sent = 0;
  bool object_failed = false;
};

}  // namespace eakte::api
