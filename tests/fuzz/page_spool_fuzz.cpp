#include <cstdint>
#include <vector>

#include "archive/error.h"
#include "ingest/error.h"
#include "ingest/worker/page_spool.h"
#include "tests/fuzz/page_fuzzing.h"

/// What a reading worker that was taken over might leave to the one that finishes the document.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace eakte;
  const fuzz::OpenBytes file(bytes, size);
  for (const std::vector<int>& wanted : {std::vector<int>{}, std::vector<int>{2, 5}}) {
    try {
      ingest::for_each_page(
          file.descriptor(), [](const ingest::SpooledPage&) {}, wanted);
    } catch (const ingest::Error&) {
      continue;
    } catch (const archive::Error&) {
      continue;
    }
  }
  return 0;
}
