#include <cstring>
#include <string>

#include "ingest/formats/pdf_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::u16string text(size / 2, u'\0');
  std::memcpy(text.data(), bytes, text.size() * 2);
  eakte::ingest::utf8_word(text);
  eakte::ingest::unusable_characters(text);
  return 0;
}
