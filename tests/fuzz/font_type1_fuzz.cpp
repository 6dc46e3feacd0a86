#include <cstdint>
#include <string_view>

#include "archive/pdf/font_program.h"

/// Font programs come out of received PDFs; whatever they hold is read or refused.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto program = eakte::archive::read_type1({reinterpret_cast<const char*>(bytes), size});
  if (program && !program->names.empty() && program->widths.empty()) __builtin_trap();
  return 0;
}
