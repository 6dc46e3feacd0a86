#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <span>
#include <string_view>

#include "archive/error.h"
#include "archive/format_id.h"
#include "tests/support/temporary_directory.h"

/// PRONOM's signatures as an operator has fetched them, and what they then find in a file. The first byte
/// chooses JSON, or container signatures beside a file of formats.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace eakte;
  if (size == 0) return 0;
  static const testing::TemporaryDirectory json;
  static const testing::TemporaryDirectory xml;
  static const bool made =
      static_cast<bool>(std::ofstream(xml.path() / "formats.json")
                        << R"({"formats":[{"puid":"fmt/1","name":"A","version":"","mime":[],"ext":["a"],)"
                           R"("internalSignatures":[],"relationships":[]}]})");
  const bool is_json = data[0] % 2 == 0;
  const auto file = is_json ? json.path() / "fmt.json" : xml.path() / "container-signature-1.xml";
  if (!made || !std::ofstream(file, std::ios::binary)
                    .write(reinterpret_cast<const char*>(data) + 1, static_cast<std::streamsize>(size - 1)))
    std::abort();
  try {
    const auto signatures = archive::FormatSignatures::load(file.parent_path());
    signatures.identify(std::as_bytes(std::span(data, size)), "brief.a");
  } catch (const archive::Error&) {
    return 0;
  }
  return 0;
}
