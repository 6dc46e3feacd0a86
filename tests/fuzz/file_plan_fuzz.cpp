#include <cstddef>
#include <cstdint>
#include <string_view>

#include "archive/file_plan_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  using eakte::archive::PlanFormat;
  for (const PlanFormat format : {PlanFormat::yaml, PlanFormat::csv, PlanFormat::xdomea})
    eakte::archive::read_file_plan(text, format);
  return 0;
}
