#include <fcntl.h>

#include "tests/fuzz/page_fuzzing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const int sink = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  const eakte::fuzz::OpenBytes file(bytes, size);
  try {
    eakte::ingest::unpack(file.descriptor(), eakte::fuzz::small_limits(),
                          [](const eakte::ingest::Member&) { return sink; });
  } catch (const eakte::ingest::Refused&) {
    return 0;
  }
  return 0;
}
