#include "tests/fuzz/page_fuzzing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const eakte::fuzz::OpenBytes file(bytes, size);
  eakte::ingest::detect_format(file.descriptor());
  return 0;
}
