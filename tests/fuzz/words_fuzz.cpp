#include <cstdint>
#include <string_view>

#include "archive/error.h"
#include "archive/page_words.h"

/// The words rendition comes out of a worker and is read by the service.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try {
    eakte::archive::words_from_jsonl({reinterpret_cast<const char*>(bytes), size});
  } catch (const eakte::archive::Error&) {
    // Refused, as it should be.
  }
  return 0;
}
