#include <cstdint>
#include <string_view>

#include "archive/error.h"
#include "archive/file_plan.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try {
    eakte::archive::parse_file_plan({reinterpret_cast<const char*>(bytes), size});
  } catch (const eakte::archive::Error&) {
    // Refused, as it should be.
  }
  return 0;
}
