#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eakte::archive {

/// An element of a message.
struct XdomeaNode {
  std::string space;   ///< namespace URI; empty: none
  std::string prefix;  ///< as written
  std::string name;
  std::string text;  ///< directly inside, joined
  long line = 0;
  struct Attribute {
    std::string name;
    std::string value;
  };
  std::vector<Attribute> attributes;
  std::vector<XdomeaNode> children;

  const XdomeaNode* child(std::string_view named) const;  ///< the first; nullptr when there is none
  std::string text_of(std::string_view named) const;      ///< text of the first such child, else empty
  std::string code_of(std::string_view named) const;      ///< its `code`
  const std::string* attribute(std::string_view named) const;
};

/// Parses an XML text: no network, no entities beyond XML's own, no DTD, at most 250 deep. With a `schema`
/// (the path of an XSD) it must be valid. Throws BadMessage.
XdomeaNode parse_xdomea_tree(std::string_view xml);
/// Throws BadMessage with the first finding; Error when the schema itself cannot be read.
void require_valid(std::string_view xml, const std::filesystem::path& schema);

}  // namespace eakte::archive
