#include <cstdint>
#include <string_view>

#include "archive/pdf/checker.h"

/// The whole checker: contents, fonts, metadata and signatures of a received PDF.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view pdf(reinterpret_cast<const char*>(bytes), size);
  eakte::archive::judge_pdfa_bytes(eakte::archive::PdfBytes(pdf), eakte::archive::Enclosure::outer);
  return 0;
}
