#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "archive/pdf/checker.h"
#include "archive/pdf/content.h"
#include "archive/pdf/xml.h"
#include "archive/pdf/xmp_types.h"

namespace eakte::archive {
namespace {

constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view identification = "http://www.aiim.org/pdfa/ns/id/";
constexpr std::string_view extension = "http://www.aiim.org/pdfa/ns/extension/";
constexpr std::string_view xml_space = "http://www.w3.org/XML/1998/namespace";

/// One kind of definition in an extension schema: its namespace, usual prefix and fields.
struct Definition {
  std::string_view space;
  std::string_view prefix;
  std::set<std::string_view> fields;
};

const Definition schema_definition = {"http://www.aiim.org/pdfa/ns/schema#",
                                      "pdfaSchema",
                                      {"schema", "namespaceURI", "prefix", "property", "valueType"}};
const Definition property_definition = {"http://www.aiim.org/pdfa/ns/property#",
                                        "pdfaProperty",
                                        {"name", "valueType", "category", "description"}};
const Definition type_definition = {"http://www.aiim.org/pdfa/ns/type#",
                                    "pdfaType",
                                    {"type", "namespaceURI", "prefix", "description", "field"}};
const Definition field_definition = {
    "http://www.aiim.org/pdfa/ns/field#", "pdfaField", {"name", "valueType", "description"}};

/// A resource written as a description of its own or as the element itself.
const XmlElement& described(const XmlElement& entry) {
  const XmlElement* inner = entry.child(rdf, "Description");
  return inner == nullptr ? entry : *inner;
}

class MetadataCheck {
public:
  MetadataCheck(PdfaClaim& claim, Findings& findings) : claim_(claim), findings_(findings) {}

  void packet(const XmlElement& root) {
    const XmlElement* graph = root.is(rdf, "RDF") ? &root : root.child(rdf, "RDF");
    if (graph == nullptr) return findings_.add("6.6.2.1", "the metadata hold no RDF");
    for (const XmlElement& description : graph->children) {
      if (const XmlElement* container = description.child(extension, "schemas")) schemas(*container);
    }
    for (const XmlElement& description : graph->children) {
      if (!description.is(rdf, "Description"))
        findings_.add("6.6.2.1", "the metadata hold more than descriptions");
      for (const XmlElement& property : description.children) this->property(property);
      for (const XmlElement::Attribute& attribute : description.attributes) {
        if (attribute.space == rdf || attribute.space.empty() || attribute.space == xml_space) continue;
        XmlElement element;
        element.space = attribute.space;
        element.prefix = attribute.prefix;
        element.name = attribute.name;
        element.text = attribute.value;
        property(element);
      }
    }
    identity();
  }

private:
  void property(const XmlElement& property);
  void schemas(const XmlElement& container);
  void value_types(const XmlElement& schema);
  void value_type(const XmlElement& type);
  void properties(const XmlElement& schema);
  void extension_property(const XmlElement& entry, const std::string& space);
  void require_defined_fields(const XmlElement& element, const Definition& definition);
  std::string field(const XmlElement& entry, const Definition& definition, std::string_view name);
  void identity();

  PdfaClaim& claim_;
  Findings& findings_;
  XmpTypes types_;
  std::string part_;
  std::string conformance_;
};

void MetadataCheck::property(const XmlElement& property) {
  if (property.is(extension, "schemas")) return;
  if (property.space == identification) {
    if (property.prefix != "pdfaid")
      findings_.add("6.6.4", "the identification has another prefix than pdfaid");
    if (property.name == "part") part_ = trimmed(property.text);
    if (property.name == "conformance") conformance_ = trimmed(property.text);
  }
  const std::optional<std::string> type = types_.type_of(property.space, property.name);
  if (!type) {
    return findings_.add("6.6.2.3.1", fmt::format("property {} is defined nowhere", property.name));
  }
  if (!types_.fits(property, *type)) {
    findings_.add("6.6.2.3.1", fmt::format("property {} has a value of the wrong type", property.name));
  }
}

void MetadataCheck::require_defined_fields(const XmlElement& element, const Definition& definition) {
  for (const XmlElement& child : element.children) {
    if (child.space != definition.space || definition.fields.count(child.name) == 0) {
      findings_.add("6.6.2.3.2", fmt::format("a {} has fields that are not defined", definition.prefix));
    }
  }
}

std::string MetadataCheck::field(const XmlElement& entry, const Definition& definition,
                                 std::string_view name) {
  const XmlElement* found = entry.child(definition.space, name);
  const bool is_proper = found != nullptr && found->prefix == definition.prefix && found->children.empty() &&
                         !trimmed(found->text).empty();
  if (!is_proper) {
    findings_.add("6.6.2.3.3",
                  fmt::format("an extension schema has no proper {}:{}", definition.prefix, name));
    return {};
  }
  return std::string(trimmed(found->text));
}

void MetadataCheck::schemas(const XmlElement& container) {
  if (container.prefix != "pdfaExtension" || !is_xmp_list(container, "Bag")) {
    return findings_.add("6.6.2.3.3", "the extension schemas are no bag with the proper prefix");
  }
  const std::vector<XmlElement>& entries = container.children.front().children;
  // Types first: a property may use one that another schema defines.
  for (const XmlElement& entry : entries) value_types(described(entry));
  for (const XmlElement& entry : entries) {
    const XmlElement& schema = described(entry);
    require_defined_fields(schema, schema_definition);
    field(schema, schema_definition, "schema");
    field(schema, schema_definition, "prefix");
    properties(schema);
  }
}

void MetadataCheck::value_types(const XmlElement& schema) {
  const XmlElement* types = schema.child(schema_definition.space, "valueType");
  if (types == nullptr) return;
  if (types->prefix != schema_definition.prefix || !is_xmp_list(*types, "Seq")) {
    return findings_.add("6.6.2.3.3", "the value types of a schema are no sequence");
  }
  for (const XmlElement& entry : types->children.front().children) value_type(described(entry));
}

void MetadataCheck::value_type(const XmlElement& type) {
  require_defined_fields(type, type_definition);
  const std::string name = field(type, type_definition, "type");
  XmpStructure structure{field(type, type_definition, "namespaceURI"), {}};
  field(type, type_definition, "prefix");
  field(type, type_definition, "description");
  const XmlElement* fields = type.child(type_definition.space, "field");
  if (fields != nullptr) {
    if (fields->prefix != type_definition.prefix || !is_xmp_list(*fields, "Seq")) {
      return findings_.add("6.6.2.3.3", "the fields of a value type are no sequence");
    }
    for (const XmlElement& entry : fields->children.front().children) {
      const XmlElement& one = described(entry);
      require_defined_fields(one, field_definition);
      const std::string field_name = field(one, field_definition, "name");
      const std::string field_type = field(one, field_definition, "valueType");
      field(one, field_definition, "description");
      if (!field_type.empty() && !types_.is_known(field_type))
        findings_.add("6.6.2.3.3", "a field of a value type has a type that is not known");
      structure.fields.emplace(field_name, field_type);
    }
  }
  types_.add_structure(name, std::move(structure));
}

void MetadataCheck::properties(const XmlElement& schema) {
  const std::string space = field(schema, schema_definition, "namespaceURI");
  const XmlElement* properties = schema.child(schema_definition.space, "property");
  if (properties == nullptr) return;
  if (properties->prefix != schema_definition.prefix || !is_xmp_list(*properties, "Seq"))
    return findings_.add("6.6.2.3.3", "the properties of a schema are no sequence");
  for (const XmlElement& entry : properties->children.front().children) {
    extension_property(described(entry), space);
  }
}

void MetadataCheck::extension_property(const XmlElement& entry, const std::string& space) {
  require_defined_fields(entry, property_definition);
  const std::string name = field(entry, property_definition, "name");
  const std::string type = field(entry, property_definition, "valueType");
  const std::string category = field(entry, property_definition, "category");
  field(entry, property_definition, "description");
  if (category != "internal" && category != "external") {
    findings_.add("6.6.2.3.3", "an extension property is neither internal nor external");
  }
  if (!type.empty() && !types_.is_known(type))
    findings_.add("6.6.2.3.3", "an extension property has a type that is not known");
  types_.add_property(space, name, type);
}

void MetadataCheck::identity() {
  if (part_ == "1" || part_ == "2" || part_ == "3" || part_ == "4") claim_.part = part_.front() - '0';
  if (conformance_.size() == 1) claim_.level = conformance_.front();
  if (part_.empty()) {
    findings_.add("6.6.4", "the file does not claim to be PDF/A");
  } else if (claim_.part != 2 && claim_.part != 3) {
    findings_.add("6.6.4", "the file claims a part of PDF/A other than 2 and 3, which is not checked");
  }
  if (conformance_ != "U" && conformance_ != "A" && conformance_ != "B") {
    findings_.add("6.6.4", "the file claims no conformance level");
  }
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// The header of the packet has an attribute of that name.
bool has_attribute(std::string_view instruction, std::string_view name) {
  for (std::size_t at = instruction.find(name); at != std::string_view::npos;
       at = instruction.find(name, at + 1)) {
    std::size_t next = at + name.size();
    while (next < instruction.size() && is_blank(instruction[next])) ++next;
    const bool begins = at > 0 && is_blank(instruction[at - 1]);
    if (begins && next < instruction.size() && instruction[next] == '=') return true;
  }
  return false;
}

}  // namespace

void check_metadata(QPDF& pdf, PdfaClaim& claim, Findings& findings) {
  constexpr std::size_t longest = std::size_t{4} << 20U;
  QPDFObjectHandle stream = member(pdf.getRoot(), "/Metadata");
  const bool is_metadata = stream.isStream() && member(stream, "/Type").isNameAndEquals("/Metadata") &&
                           member(stream, "/Subtype").isNameAndEquals("/XML");
  if (!is_metadata) return findings.add("6.6.2.1", "the document has no metadata stream");
  const std::optional<std::string> bytes = decoded_bytes(stream, longest);
  std::vector<std::string> instructions;
  const std::optional<XmlElement> root = bytes ? parse_xml(*bytes, instructions) : std::nullopt;
  if (!root) return findings.add("6.6.2.1", "the metadata are not well-formed XML in UTF-8");
  for (const std::string& instruction : instructions) {
    if (!instruction.starts_with("xpacket") || !has_attribute(instruction, "begin")) continue;
    if (has_attribute(instruction, "bytes") || has_attribute(instruction, "encoding")) {
      findings.add("6.6.2.1", "the header of the metadata has attributes that are not allowed");
    }
  }
  MetadataCheck(claim, findings).packet(*root);
}

}  // namespace eakte::archive
