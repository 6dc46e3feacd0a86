// Messages of disposal come from other offices and archives. What reads must write and read again the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "archive/xdomea.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace eakte::archive;
  try {
    const XdomeaMessage message = read_xdomea(std::string_view(reinterpret_cast<const char*>(data), size));
    if (xdomea_from_json(xdomea_to_json(message)) != message) std::abort();
  } catch (const BadMessage&) {
    return 0;
  }
  return 0;
}
