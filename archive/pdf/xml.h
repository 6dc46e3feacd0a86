#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace eakte::archive {

/// An element of a parsed XML text, names resolved.
struct XmlElement {
  std::string space;   ///< namespace URI
  std::string prefix;  ///< as written
  std::string name;
  std::string text;  ///< directly inside, joined
  struct Attribute {
    std::string space;
    std::string prefix;
    std::string name;
    std::string value;
  };
  std::vector<Attribute> attributes;
  std::vector<XmlElement> children;

  bool is(std::string_view in_space, std::string_view named) const {
    return space == in_space && name == named;
  }
  const XmlElement* child(std::string_view in_space, std::string_view named) const;
  const Attribute* attribute(std::string_view in_space, std::string_view named) const;
};

/// The root element of well-formed UTF-8 XML without document type; nothing otherwise. Bounded in depth.
/// `instructions` collects the processing instructions outside and inside of it.
std::optional<XmlElement> parse_xml(std::string_view xml, std::vector<std::string>& instructions);

}  // namespace eakte::archive
