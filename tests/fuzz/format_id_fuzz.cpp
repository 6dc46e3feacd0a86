// What is told from the bytes of a received file: marks, members of ZIP files, streams of compound files. The
// first byte chooses whether the rest is a file or a pattern.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "archive/format_id.h"
#include "archive/pronom/pattern.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace eakte::archive;
  if (size == 0) return 0;
  const auto bytes = std::as_bytes(std::span(data + 1, size - 1));
  if (data[0] % 8 != 0) {
    FormatSignatures::own().identify(bytes, "brief.odt");
  } else if (const auto pattern =
                 Pattern::parse(std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1))) {
    pattern->matches(ByteView(bytes), 0, bytes.size());
    pattern->reversed().matches(ByteView(bytes, ByteView::From::end), 0, bytes.size());
  }
  return 0;
}
