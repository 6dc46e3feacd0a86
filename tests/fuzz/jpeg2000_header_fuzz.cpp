#include <cstdint>
#include <string_view>

#include "archive/pdf/jpeg2000.h"

/// A picture inside a received PDF.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  eakte::archive::read_jpeg2000_header({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
