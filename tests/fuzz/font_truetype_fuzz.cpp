#include <cstdint>
#include <string_view>

#include "archive/pdf/font_program.h"

/// Font programs come out of received PDFs; whatever they hold is read or refused.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  eakte::archive::read_truetype({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
