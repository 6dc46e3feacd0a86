#include "tests/fuzz/page_fuzzing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const eakte::fuzz::OpenBytes file(bytes, size);
  try {
    eakte::ingest::detect_format(file.descriptor(), "brief.txt");
  } catch (const eakte::ingest::Refused&) {
    return 0;
  }
  return 0;
}
