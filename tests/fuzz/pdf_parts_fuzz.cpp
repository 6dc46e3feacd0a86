#include <cstdint>
#include <string>
#include <string_view>

#include "archive/pdf/content.h"
#include "archive/pdf/jbig2.h"
#include "archive/pdf/unicode_map.h"

/// What lies in the streams of a received PDF: contents of pages, maps to Unicode, segments of JBIG2. The
/// first byte chooses.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace eakte::archive;
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 3 == 0) {
    uses_symbols(bytes);
  } else if (data[0] % 3 == 1) {
    read_content(bytes, [](const ContentOperation& operation) {
      for (std::size_t i = 0; i <= operation.operands.size(); ++i) {
        operation.number(i);
        operation.resource(i);
      }
      return true;
    });
  } else {
    static QPDF& pdf = *[] {
      auto* made = new QPDF;
      made->emptyPDF();
      return made;
    }();
    static QPDFObjectHandle stream = pdf.newStream();
    stream.replaceStreamData(bytes, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
    read_unicode_map(stream);
  }
  return 0;
}
