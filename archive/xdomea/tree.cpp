#include "archive/xdomea/tree.h"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlschemas.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <mutex>

#include "archive/xdomea.h"

namespace eakte::archive {
namespace {

struct FreeContext {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};
struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
struct FreeSchemaParser {
  void operator()(xmlSchemaParserCtxt* parser) const { xmlSchemaFreeParserCtxt(parser); }
};
struct FreeSchema {
  void operator()(xmlSchema* schema) const { xmlSchemaFree(schema); }
};
struct FreeValidation {
  void operator()(xmlSchemaValidCtxt* validation) const { xmlSchemaFreeValidCtxt(validation); }
};
using XmlDocument = std::unique_ptr<xmlDoc, FreeDocument>;

constexpr int deepest = 250;

std::string text_from(const xmlChar* text) {
  return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text));
}

/// A message needs no DTD, and one that brings entities along is up to no good.
void refuse_dtd(void* data, const xmlChar* /*name*/, const xmlChar* /*id*/, const xmlChar* /*system*/) {
  auto* const context = static_cast<xmlParserCtxt*>(data);
  *static_cast<bool*>(context->_private) = true;
  xmlStopParser(context);
}

void prepare_library() {
  static std::once_flag once;
  std::call_once(once, [] {
    xmlInitParser();
    xmlSetExternalEntityLoader(xmlNoNetExternalEntityLoader);
  });
}

XmlDocument parse(std::string_view xml) {
  prepare_library();
  if (xml.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    throw BadMessage("xdomea_malformed", "the message is larger than 2 GB");
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
  if (!context) throw Error("no memory for reading XML");
  bool has_dtd = false;
  context->_private = &has_dtd;
  context->sax->internalSubset = refuse_dtd;
  XmlDocument document(xmlCtxtReadMemory(
      context.get(), xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
      XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES));
  if (has_dtd) throw BadMessage("xdomea_malformed", "the message has a DTD");
  if (!document || xmlDocGetRootElement(document.get()) == nullptr) {
    const xmlError* const error = xmlCtxtGetLastError(context.get());
    std::string why = error == nullptr || error->message == nullptr ? "not XML" : error->message;
    std::erase(why, '\n');
    throw BadMessage("xdomea_malformed", fmt::format("line {}: {}", error == nullptr ? 0 : error->line, why));
  }
  return document;
}

XdomeaNode node_from(xmlNode* element, int depth) {
  if (depth > deepest)
    throw BadMessage("xdomea_malformed", fmt::format("line {}: nested too deep", xmlGetLineNo(element)));
  XdomeaNode node;
  node.name = text_from(element->name);
  node.line = xmlGetLineNo(element);
  if (element->ns != nullptr) {
    node.space = text_from(element->ns->href);
    node.prefix = text_from(element->ns->prefix);
  }
  for (const xmlAttr* attribute = element->properties; attribute != nullptr; attribute = attribute->next) {
    const xmlNode* const value = attribute->children;
    node.attributes.push_back(
        {text_from(attribute->name), value == nullptr ? std::string() : text_from(value->content)});
  }
  for (xmlNode* child = element->children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) node.children.push_back(node_from(child, depth + 1));
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
      node.text += text_from(child->content);
  }
  return node;
}

/// Keeps the first finding.
void keep_first(void* data, xmlErrorPtr error) {
  auto& first = *static_cast<std::string*>(data);
  if (!first.empty() || error == nullptr || error->message == nullptr) return;
  std::string message = error->message;
  std::erase(message, '\n');
  first = fmt::format("line {}: {}", error->line, message);
}

}  // namespace

const XdomeaNode* XdomeaNode::child(std::string_view named) const {
  const auto found = std::ranges::find(children, named, &XdomeaNode::name);
  return found == children.end() ? nullptr : &*found;
}

std::string XdomeaNode::text_of(std::string_view named) const {
  const XdomeaNode* const found = child(named);
  return found == nullptr ? std::string() : found->text;
}

std::string XdomeaNode::code_of(std::string_view named) const {
  const XdomeaNode* const found = child(named);
  return found == nullptr ? std::string() : found->text_of("code");
}

const std::string* XdomeaNode::attribute(std::string_view named) const {
  const auto found = std::ranges::find(attributes, named, &Attribute::name);
  return found == attributes.end() ? nullptr : &found->value;
}

XdomeaNode parse_xdomea_tree(std::string_view xml) {
  const XmlDocument document = parse(xml);
  return node_from(xmlDocGetRootElement(document.get()), 1);
}

void require_valid(std::string_view xml, const std::filesystem::path& schema) {
  const XmlDocument document = parse(xml);
  if (!std::filesystem::exists(schema))
    throw Error(
        fmt::format("{}: the schema is not there; [xdomea] schemas names the directory", schema.string()));
  std::string first;
  const std::unique_ptr<xmlSchemaParserCtxt, FreeSchemaParser> parser(xmlSchemaNewParserCtxt(schema.c_str()));
  if (!parser) throw Error(fmt::format("{}: no memory for the schema", schema.string()));
  xmlSchemaSetParserStructuredErrors(parser.get(), keep_first, &first);
  const std::unique_ptr<xmlSchema, FreeSchema> rules(xmlSchemaParse(parser.get()));
  if (!rules) throw Error(fmt::format("{}: the schema cannot be read: {}", schema.string(), first));
  first.clear();
  const std::unique_ptr<xmlSchemaValidCtxt, FreeValidation> validation(xmlSchemaNewValidCtxt(rules.get()));
  if (!validation) throw Error("no memory for checking against the schema");
  xmlSchemaSetValidStructuredErrors(validation.get(), keep_first, &first);
  if (xmlSchemaValidateDoc(validation.get(), document.get()) != 0)
    throw BadMessage("xdomea_invalid", first.empty() ? "not valid against the schema" : first);
}

}  // namespace eakte::archive
