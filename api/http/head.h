#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/request.h"

namespace eakte::api {

/// How the body of a request is delimited.
struct BodyFraming {
  bool chunked = false;
  std::uint64_t length = 0;  ///< when not chunked
  bool none() const { return !chunked && length == 0; }
};

/// A request head with what the transport has to know of it.
struct RequestHead {
  Request request;
  BodyFraming framing;
  bool keep_alive = true;
  bool expects_continue = false;
};

/// The most bytes a request head may have.
inline constexpr std::size_t max_head_bytes = 32'768;

/// Length of the head at the beginning of `input` with its empty line; nothing while it is incomplete. Throws
/// Problem at the first bare CR or LF, NUL byte or folded line, which two parsers could read differently
/// (RFC 9112 sections 2.2, 5.2, 11.2), and when there are more than max_head_bytes without an end.
std::optional<std::size_t> head_length(std::string_view input);

/// Parses a complete head with Beast's parser. Throws Problem for whatever could be understood in two ways:
/// length given twice or beside an encoding, any transfer encoding but a single "chunked", no or two Host.
RequestHead parse_head(std::string_view head);

/// Under which addresses browsers reach the service.
struct OwnAddress {
  bool encrypted = false;
  std::vector<std::string> names{};  ///< beside loopback, in small letters
};

/// Host must name loopback or one of the own names, so that no web site elsewhere reaches the service through
/// a resolver trick; a request that changes something must not come from a page of another origin. Throws
/// Problem (foreign_host, foreign_origin).
void check_origin(const Request& request, const OwnAddress& own = {});

}  // namespace eakte::api
