#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "archive/pdf/checker.h"
#include "archive/pdf/content.h"
#include "archive/pdf/xml.h"
#include "archive/pdf/xmp_schemas.h"

namespace eakte::archive {
namespace {

constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view identification = "http://www.aiim.org/pdfa/ns/id/";
constexpr std::string_view extension = "http://www.aiim.org/pdfa/ns/extension/";
constexpr std::string_view schema_space = "http://www.aiim.org/pdfa/ns/schema#";
constexpr std::string_view property_space = "http://www.aiim.org/pdfa/ns/property#";
constexpr std::string_view xml_space = "http://www.w3.org/XML/1998/namespace";

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool is_integer(const std::string& text) {
  const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  return text.size() > sign && text.find_first_not_of("0123456789", sign) == std::string::npos;
}

/// YYYY, YYYY-MM, YYYY-MM-DD, and these with Thh:mm, seconds, fraction and zone.
bool is_date(const std::string& text) {
  constexpr std::string_view form = "0000-00-00T00:00:00";
  std::size_t at = 0;
  while (at < text.size() && at < form.size()) {
    const bool fits = form[at] == '0' ? text[at] >= '0' && text[at] <= '9' : text[at] == form[at];
    if (!fits) break;
    ++at;
  }
  if (at == text.size()) return at == 4 || at == 7 || at == 10;
  if (at != 16 && at != 19) return false;
  if (at == 19 && text[at] == '.') {
    ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  }
  const std::string zone = text.substr(at);
  if (zone == "Z") return true;
  return zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':' &&
         is_integer(zone.substr(1, 2)) && is_integer(zone.substr(4, 2));
}

bool is_simple(const XmlElement& element) { return element.children.empty(); }

bool is_list(const XmlElement& element, std::string_view kind) {
  return element.children.size() == 1 && element.children.front().is(rdf, kind) &&
         std::all_of(element.children.front().children.begin(), element.children.front().children.end(),
                     [](const XmlElement& entry) { return entry.is(rdf, "li"); });
}

bool has_form(const XmlElement& element, XmpForm form) {
  const std::string text = trimmed(element.text);
  switch (form) {
    case XmpForm::text:
    case XmpForm::real:
    case XmpForm::rational:
      return is_simple(element);
    case XmpForm::date:
      return is_simple(element) && is_date(text);
    case XmpForm::integer:
      return is_simple(element) && is_integer(text);
    case XmpForm::boolean:
      return is_simple(element) && (text == "True" || text == "False");
    case XmpForm::language:
      return is_list(element, "Alt") &&
             std::all_of(
                 element.children.front().children.begin(), element.children.front().children.end(),
                 [](const XmlElement& entry) { return entry.attribute(xml_space, "lang") != nullptr; });
    case XmpForm::alternative:
      return is_list(element, "Alt");
    case XmpForm::sequence:
      return is_list(element, "Seq");
    case XmpForm::bag:
      return is_list(element, "Bag");
    case XmpForm::dates:
      return is_list(element, "Seq") &&
             std::all_of(element.children.front().children.begin(), element.children.front().children.end(),
                         [](const XmlElement& entry) { return is_date(trimmed(entry.text)); });
    case XmpForm::structure:
      return !is_simple(element) || element.attributes.size() > 1 ||
             element.attribute(rdf, "parseType") != nullptr || trimmed(element.text).empty();
    case XmpForm::unknown:
      return false;
  }
  return false;
}

/// The form of a value type as extension schemas name it; nothing for a type this check does not know.
std::optional<XmpForm> form_of_type(const std::string& type) {
  static const std::map<std::string, XmpForm> simple = {
      {"Text", XmpForm::text},       {"URI", XmpForm::text},        {"URL", XmpForm::text},
      {"Date", XmpForm::date},       {"Integer", XmpForm::integer}, {"Boolean", XmpForm::boolean},
      {"Real", XmpForm::real},       {"MIMEType", XmpForm::text},   {"Lang Alt", XmpForm::language},
      {"ProperName", XmpForm::text}, {"AgentName", XmpForm::text}};
  const auto found = simple.find(type);
  if (found != simple.end()) return found->second;
  std::string lower = type;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (lower.starts_with("bag ")) return XmpForm::bag;
  if (lower.starts_with("seq ")) return XmpForm::sequence;
  if (lower.starts_with("alt ")) return XmpForm::alternative;
  return std::nullopt;
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
  void schema(const XmlElement& schema);
  void extension_property(const XmlElement& entry, const std::string& space);
  std::string field(const XmlElement& entry, std::string_view space, std::string_view name,
                    std::string_view prefix);
  void identity();

  PdfaClaim& claim_;
  Findings& findings_;
  std::map<std::pair<std::string, std::string>, std::optional<XmpForm>> extensions_;
  std::string part_;
  std::string conformance_;
};

void MetadataCheck::property(const XmlElement& property) {
  if (property.is(extension, "schemas")) return;
  const std::string text = trimmed(property.text);
  if (property.space == identification) {
    if (property.prefix != "pdfaid")
      findings_.add("6.6.4", "the identification has another prefix than pdfaid");
    if (property.name == "part") part_ = text;
    if (property.name == "conformance") conformance_ = text;
  }
  const XmpForm known = predefined_form(property.space, property.name);
  const auto own = extensions_.find({property.space, property.name});
  if (known == XmpForm::unknown && own == extensions_.end()) {
    return findings_.add("6.6.2.3.1", fmt::format("property {} is defined nowhere", property.name));
  }
  const std::optional<XmpForm> form = known != XmpForm::unknown ? known : own->second;
  if (form && !has_form(property, *form)) {
    findings_.add("6.6.2.3.1", fmt::format("property {} has a value of the wrong type", property.name));
  }
}

std::string MetadataCheck::field(const XmlElement& entry, std::string_view space, std::string_view name,
                                 std::string_view prefix) {
  const XmlElement* found = entry.child(space, name);
  if (found == nullptr || found->prefix != prefix || !is_simple(*found) || trimmed(found->text).empty()) {
    findings_.add("6.6.2.3.3", fmt::format("an extension schema has no proper field {}", name));
    return {};
  }
  return trimmed(found->text);
}

void MetadataCheck::schemas(const XmlElement& container) {
  if (container.prefix != "pdfaExtension" || !is_list(container, "Bag")) {
    return findings_.add("6.6.2.3.3", "the extension schemas are no bag with the proper prefix");
  }
  for (const XmlElement& entry : container.children.front().children) {
    const XmlElement* inner = entry.child(rdf, "Description");
    schema(inner == nullptr ? entry : *inner);
  }
}

void MetadataCheck::schema(const XmlElement& schema) {
  static const std::set<std::string> fields = {"schema", "namespaceURI", "prefix", "property", "valueType"};
  for (const XmlElement& child : schema.children) {
    if (child.space != schema_space || child.prefix != "pdfaSchema" || fields.count(child.name) == 0) {
      findings_.add("6.6.2.3.2", "an extension schema has fields that are not defined");
    }
  }
  field(schema, schema_space, "schema", "pdfaSchema");
  field(schema, schema_space, "prefix", "pdfaSchema");
  const std::string space = field(schema, schema_space, "namespaceURI", "pdfaSchema");
  if (schema.child(schema_space, "valueType") != nullptr) {
    findings_.add("6.6.2.3.3", "an extension schema defines value types, which are not checked");
  }
  const XmlElement* properties = schema.child(schema_space, "property");
  if (properties == nullptr) return;
  if (!is_list(*properties, "Seq"))
    return findings_.add("6.6.2.3.3", "the properties of a schema are no sequence");
  for (const XmlElement& entry : properties->children.front().children) {
    const XmlElement* inner = entry.child(rdf, "Description");
    extension_property(inner == nullptr ? entry : *inner, space);
  }
}

void MetadataCheck::extension_property(const XmlElement& entry, const std::string& space) {
  static const std::set<std::string> fields = {"name", "valueType", "category", "description"};
  for (const XmlElement& child : entry.children) {
    if (child.space != property_space || fields.count(child.name) == 0) {
      findings_.add("6.6.2.3.2", "an extension property has fields that are not defined");
    }
  }
  const std::string name = field(entry, property_space, "name", "pdfaProperty");
  const std::string type = field(entry, property_space, "valueType", "pdfaProperty");
  const std::string category = field(entry, property_space, "category", "pdfaProperty");
  field(entry, property_space, "description", "pdfaProperty");
  if (category != "internal" && category != "external") {
    findings_.add("6.6.2.3.3", "an extension property is neither internal nor external");
  }
  const std::optional<XmpForm> form = form_of_type(type);
  if (!form && !type.empty())
    findings_.add("6.6.2.3.3", "an extension property has a type that is not known");
  extensions_[{space, name}] = form;
}

void MetadataCheck::identity() {
  if (part_ != "2") findings_.add("6.6.4", "the file does not claim to be PDF/A-2");
  claim_.is_part_2 = part_ == "2";
  claim_.needs_unicode = conformance_ == "U" || conformance_ == "A";
  if (conformance_ != "U" && conformance_ != "A" && conformance_ != "B") {
    findings_.add("6.6.4", "the file claims no conformance level");
  }
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
    const bool is_header =
        instruction.starts_with("xpacket") && instruction.find("begin") != std::string::npos;
    if (!is_header) continue;
    for (const char* attribute : {"bytes=", "encoding="}) {
      if (instruction.find(attribute) != std::string::npos) {
        findings.add("6.6.2.1", "the header of the metadata has attributes that are not allowed");
      }
    }
  }
  MetadataCheck(claim, findings).packet(*root);
}

}  // namespace eakte::archive
