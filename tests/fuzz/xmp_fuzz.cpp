#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "archive/pdf/xml.h"
#include "archive/pdf/xmp_types.h"

namespace {

void visit(const eakte::archive::XmlElement& element, const eakte::archive::XmpTypes& types) {
  types.fits(element, "Lang Alt");
  types.fits(element, "Seq ResourceEvent");
  types.fits(element, types.type_of(element.space, element.name).value_or("Date"));
  for (const auto& child : element.children) visit(child, types);
}

}  // namespace

/// The metadata of a received PDF.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const eakte::archive::XmpTypes types;
  std::vector<std::string> instructions;
  if (const auto root =
          eakte::archive::parse_xml({reinterpret_cast<const char*>(bytes), size}, instructions)) {
    visit(*root, types);
  }
  return 0;
}
