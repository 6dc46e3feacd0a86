#include "archive/pdf/font_encoding.h"

namespace eakte::archive {

FontEncoding read_font_encoding(const QPDFObjectHandle& font) {
  FontEncoding result;
  QPDFObjectHandle encoding = member(font, "/Encoding");
  QPDFObjectHandle base = encoding.isName() ? encoding : member(encoding, "/BaseEncoding");
  if (base.isName()) result.base = base.getName();
  QPDFObjectHandle list = member(encoding, "/Differences");
  if (!list.isArray()) return result;
  unsigned code = 0;
  for (QPDFObjectHandle entry : list.getArrayAsVector()) {
    if (entry.isInteger()) code = static_cast<unsigned>(entry.getIntValueAsInt());
    if (entry.isName()) result.differences[code++] = entry.getName().substr(1);
  }
  return result;
}

}  // namespace eakte::archive
