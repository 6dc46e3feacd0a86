#pragma once
#include <string_view>

namespace eakte::archive {

/// A table of names and value types in one namespace: "name Type;name Type;...". Types are written as in the
/// XMP specification ("Text", "Bag ProperName", "Lang Alt", "ResourceRef"); "{a|b}" is a closed choice.
struct XmpTable {
  std::string_view name;  ///< of the structure; empty for the properties of a schema
  std::string_view space;
  std::string_view members;
};

/// The schemas that PDF/A-2 and PDF/A-3 predefine (ISO 19005-2, 6.6.2.3: those of the XMP specification of
/// September 2005 and the identification schema). Several tables may belong to one namespace.
extern const XmpTable xmp_schemas[15];

/// The structured value types these schemas use.
extern const XmpTable xmp_structures[20];

}  // namespace eakte::archive
