// Containers of messages: our own ZIP reader.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

#include "archive/xdomea_container.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace eakte::archive;
  const int file = memfd_create("container", MFD_CLOEXEC);
  if (file < 0 || write(file, data, size) != static_cast<ssize_t>(size)) return 0;
  try {
    read_container(file, {}, {.message_bytes = 1'000'000, .files = 1000, .bytes = 10'000'000});
  } catch (const BadMessage&) {
    close(file);
    return 0;
  }
  close(file);
  return 0;
}
