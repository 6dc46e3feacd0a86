#include "ingest/formats/exif.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto facts = eakte::ingest::exif_facts({bytes, size});
  if (facts && (facts->orientation < 1 || facts->orientation > 8)) __builtin_trap();
  return 0;
}
