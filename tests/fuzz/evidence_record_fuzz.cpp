// Evidence records and time stamp tokens come from other archives and from authorities.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "archive/evidence_verification.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace eakte::archive;
  try {
    const EvidenceRecord record =
        decode_evidence_record(std::string_view(reinterpret_cast<const char*>(data), size));
    verify_evidence(record, {{"x", [](DigestAlgorithm algorithm) { return digest(algorithm, "x"); }}}, "");
  } catch (const Error&) {
    return 0;
  }
  return 0;
}
