#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "archive/object_store.h"

namespace eakte::api {

/// A part of a verified object, sent in chunks.
struct ObjectPart {
  archive::OpenObject object;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// The connection becomes a stream of the tenant's events.
struct EventStream {
  std::string tenant;
  std::string token{};  ///< of the session it was opened with; empty without one
};

using SharedBytes = std::shared_ptr<const std::string>;

/// An answer. Length, date, connection and the general security headers are the transport's business; a
/// security header given here stands instead of the general one.
struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::variant<std::string, SharedBytes, ObjectPart, EventStream> body;
  std::string error;  ///< for the log only

  /// Bytes of the body; 0 for an event stream.
  std::uint64_t length() const;
};

enum class Persistence { keep_alive, close };

/// Status line and headers up to the empty line. Throws Error when a header holds a control character,
/// which is a mistake of the program and must not reach the wire.
std::string response_head(const Response& response, Persistence persistence,
                          std::chrono::system_clock::time_point now);

/// An answer without content but with what its headers say (304, 204).
Response bodiless(int status);

}  // namespace eakte::api
