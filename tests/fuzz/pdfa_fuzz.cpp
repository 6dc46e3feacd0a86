#include <cstdint>
#include <string_view>

#include "archive/pdf/checker.h"

/// The whole checker: contents, fonts, metadata and signatures of a received PDF.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  eakte::archive::judge_pdfa_bytes({reinterpret_cast<const char*>(bytes), size},
                                   eakte::archive::Enclosure::outer);
  return 0;
}
