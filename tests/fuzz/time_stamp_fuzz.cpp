#include <cstdint>
#include <string>
#include <string_view>

#include "archive/error.h"
#include "archive/time_stamp.h"

/// What a time stamp authority answers, and tokens that came with somebody else's records.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace eakte::archive;
  const std::string_view answer(reinterpret_cast<const char*>(bytes), size);
  const std::string imprint(32, 'i');
  std::string token(answer);
  try {
    token = token_of_response(answer, DigestAlgorithm::sha256, imprint, "noncence");
  } catch (const Error&) {
    // Most are refused here; they are taken as tokens then.
  }
  try {
    read_time_stamp(token);
    verify_time_stamp(token, "");
  } catch (const Error&) {
    return 0;
  }
  return 0;
}
