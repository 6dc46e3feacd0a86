#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "archive/pdf/xml.h"

namespace eakte::archive {

/// A structured value type: its fields live in one namespace.
struct XmpStructure {
  std::string space;
  std::map<std::string, std::string> fields;  ///< name to type
};

/// The value types and properties an XMP packet may use: those of `xmp_schemas`, and what its extension
/// schemas add. Types are written as in the XMP specification.
class XmpTypes {
public:
  XmpTypes();

  void add_property(const std::string& space, const std::string& name, const std::string& type);
  void add_structure(const std::string& type, XmpStructure structure);

  /// The type of a property, nothing when no schema has it.
  std::optional<std::string> type_of(const std::string& space, const std::string& name) const;
  bool is_known(std::string_view type) const;

  /// The value of a property element is one of that type. An unknown type fits nothing.
  bool fits(const XmlElement& element, std::string_view type) const;

private:
  bool fits_structure(const XmlElement& element, const XmpStructure& structure) const;
  bool fits_list(const XmlElement& element, std::string_view list, std::string_view type) const;

  std::map<std::pair<std::string, std::string>, std::string> properties_;
  std::map<std::string, XmpStructure, std::less<>> structures_;
};

/// Text without white space at its ends.
std::string_view trimmed(std::string_view text);

/// `element` holds exactly one rdf:Bag, rdf:Seq or rdf:Alt, as `kind` names it, with nothing but rdf:li.
bool is_xmp_list(const XmlElement& element, std::string_view kind);

}  // namespace eakte::archive
