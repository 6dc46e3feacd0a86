#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "ingest/formats/office.h"
#include "ingest/formats/text_bytes.h"
#include "ingest/intake_queue.h"

/// Text files, tables and web pages in any encoding. What comes out is text that can be shown, has line ends
/// of one kind, and is the same when it is read once more.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace eakte::ingest;
  const std::span<const std::uint8_t> given(bytes, size);
  for (const char* name : {"brief.txt", "liste.CSV", "seite.htm", "brief"}) named_text_format(given, name);
  const std::string text = utf8_text(given);
  const std::string again = utf8_text({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  if (again != text || std::ranges::count(text, '\r') != 0) std::abort();
  const char separator = column_separator(text);
  const int columns = most_columns(text, separator);
  if (columns < 1 || columns > 1024) std::abort();
  return 0;
}
