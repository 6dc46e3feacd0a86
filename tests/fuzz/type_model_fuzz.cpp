#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/classify.h"
#include "ingest/classify/binary.h"
#include "ingest/error.h"

/// The model travels with a tenant's configuration and is read by workers. The bytes are its contents; magic,
/// size and checksum are made to fit, or nothing would get past them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view rest(reinterpret_cast<const char*>(bytes), size);
  eakte::ingest::ByteWriter file;
  file.raw("EAKTETYP");
  file.number(std::uint32_t{2});
  file.number(static_cast<std::uint64_t>(rest.size()));
  file.raw(rest);
  file.number(eakte::ingest::fnv1a(rest));
  try {
    const auto model = eakte::ingest::TypeModel::from_bytes(file.bytes());
    for (const auto& guess : model.guess("Rechnung\nSatzung Nr. 12"))
      if (!(guess.confidence >= 0 && guess.confidence <= 1)) __builtin_trap();
    model.guess_entry("Rechnung");
  } catch (const eakte::ingest::Error&) {
    // Refused, as it should be.
  }
  return 0;
}
