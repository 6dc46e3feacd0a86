#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace eakte::api {

struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// Reads a Range header for content of `size` bytes (RFC 9110 section 14). Nothing for what a server may
/// ignore: other units, several ranges, malformed values. Throws Problem (416) when the one range lies
/// outside.
std::optional<ByteRange> single_range(std::string_view header, std::uint64_t size);

/// Whether an If-None-Match names `etag` (given with its quotes) or anything.
bool names_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace eakte::api
