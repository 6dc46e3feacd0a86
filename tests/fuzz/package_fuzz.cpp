// What a package brings along is foreign: the texts of a bag, METS files, rows. The first byte chooses the
// reader.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "archive/error.h"
#include "archive/package/bag_text.h"
#include "archive/package/mets_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace eakte::archive;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) {
    read_declaration(text);
    read_tags(text);
    for (const char* encoding : {"UTF-16", "UTF-16LE", "ISO-8859-1"}) decoded(text, encoding);
    for (const std::string_view line : lines_in(text)) {
      if (const auto entry = read_manifest_line(line)) {
        is_safe_path(decoded_path(entry->path));
        folded_path(entry->path);
      }
    }
    return 0;
  }
  char name[] = "/tmp/package_fuzz_XXXXXX";
  const int file = mkstemp(name);
  if (file < 0 || write(file, text.data(), text.size()) < 0) std::abort();
  close(file);
  try {
    read_mets(name, [](const std::vector<MetsElement>& path) {
      if (path.empty()) std::abort();
    });
  } catch (const Error&) {
    unlink(name);
    return 0;
  }
  unlink(name);
  return 0;
}
