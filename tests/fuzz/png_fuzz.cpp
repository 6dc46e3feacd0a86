#include "tests/fuzz/page_fuzzing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  eakte::fuzz::read_pages(bytes, size, eakte::ingest::Format::png);
  return 0;
}
