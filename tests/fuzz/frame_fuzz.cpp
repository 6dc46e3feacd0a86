#include <algorithm>
#include <cstdint>
#include <string_view>

#include "ingest/error.h"
#include "ingest/worker/channel.h"

/// What a worker that was taken over might send.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  eakte::ingest::FrameParser parser;
  try {
    for (std::size_t at = 0; at < size; at += 7) {
      parser.feed({reinterpret_cast<const char*>(bytes) + at, std::min<std::size_t>(7, size - at)});
      while (parser.next()) {
      }
    }
  } catch (const eakte::ingest::Error&) {
    // Refused, as it should be.
  }
  return 0;
}
