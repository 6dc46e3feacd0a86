#include "archive/pdf/attachments.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <vector>

#include "archive/pdf/content.h"
#include "archive/pdf/unicode.h"
#include "archive/pdf/xml.h"
#include "archive/pdf/xmp_types.h"

namespace eakte::archive {
namespace {

std::string small(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string file_name(const QPDFObjectHandle& specification) {
  for (const char* key : {"/UF", "/F"}) {
    QPDFObjectHandle name = member(specification, key);
    if (name.isString() && !name.getUTF8Value().empty()) return printable_utf8(name.getUTF8Value());
  }
  return "Anlage";
}

/// The media type by the ending of the name; nothing better is known of a file that states none.
std::string media_type(const std::string& name) {
  static const std::map<std::string, const char*> types = {
      {".xml", "/text/xml"},          {".pdf", "/application/pdf"}, {".txt", "/text/plain"},
      {".csv", "/text/csv"},          {".jpg", "/image/jpeg"},      {".jpeg", "/image/jpeg"},
      {".png", "/image/png"},         {".tif", "/image/tiff"},      {".tiff", "/image/tiff"},
      {".json", "/application/json"}, {".zip", "/application/zip"}};
  const std::size_t dot = name.rfind('.');
  const auto found = dot == std::string::npos ? types.end() : types.find(small(name.substr(dot)));
  return found == types.end() ? "/application/octet-stream" : found->second;
}

bool is_media_type(QPDFObjectHandle subtype) {
  if (!subtype.isName()) return false;
  const std::string text = subtype.getName().substr(1);
  const std::size_t slash = text.find('/');
  return slash != std::string::npos && slash > 0 && slash + 1 < text.size() &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 ||
                  std::string_view("-+._/").find(static_cast<char>(c)) != std::string_view::npos;
         });
}

bool is_invoice(const std::string& name) {
  static const std::set<std::string> names = {"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml",
                                              "order-x.xml"};
  return names.count(small(name)) != 0;
}

void mend(QPDFObjectHandle specification) {
  const std::string name = file_name(specification);
  specification.replaceKey("/Type", QPDFObjectHandle::newName("/Filespec"));
  for (const char* key : {"/F", "/UF"}) {
    if (!member(specification, key).isString())
      specification.replaceKey(key, QPDFObjectHandle::newUnicodeString(name));
  }
  if (!member(specification, "/AFRelationship").isName()) {
    specification.replaceKey("/AFRelationship",
                             QPDFObjectHandle::newName(is_invoice(name) ? "/Alternative" : "/Unspecified"));
  }
  QPDFObjectHandle files = member(specification, "/EF");
  for (const char* key : {"/F", "/UF"}) {
    QPDFObjectHandle file = member(files, key);
    if (file.isStream() && !is_media_type(member(file, "/Subtype")))
      file.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName(media_type(name)));
  }
}

}  // namespace

int mend_attachments(QPDF& pdf) {
  std::vector<QPDFObjectHandle> all;
  std::set<QPDFObjGen> known;
  const auto add = [&](QPDFObjectHandle specification) {
    if (!member(specification, "/EF").isDictionary()) return;
    if (!specification.isIndirect()) specification = pdf.makeIndirectObject(specification);
    if (!known.insert(specification.getObjGen()).second) return;
    mend(specification);
    all.push_back(specification);
  };
  QPDFEmbeddedFileDocumentHelper helper(pdf);
  for (const auto& [name, specification] : helper.getEmbeddedFiles()) add(specification->getObjectHandle());
  for (QPDFObjectHandle object : pdf.getAllObjects()) {
    if (object.isDictionary()) add(object);
    // An annotation may hold its file directly.
    QPDFObjectHandle held = member(object, "/FS");
    if (!object.isDictionary() || held.isIndirect() || !member(held, "/EF").isDictionary()) continue;
    held = pdf.makeIndirectObject(held);
    object.replaceKey("/FS", held);
    add(held);
  }
  if (!all.empty()) pdf.getRoot().replaceKey("/AF", QPDFObjectHandle::newArray(all));
  return static_cast<int>(all.size());
}

std::optional<InvoiceXmp> invoice_xmp(QPDF& pdf) {
  constexpr std::size_t longest = std::size_t{4} << 20U;
  constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  static const std::map<std::string, const char*> spaces = {
      {"urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#", "fx"},
      {"urn:zugferd:pdfa:CrossIndustryDocument:invoice:1p0#", "zf"},
      {"urn:zugferd:pdfa:CrossIndustryDocument:invoice:2p0#", "fx"},
      {"urn:ferd:pdfa:CrossIndustryDocument:invoice:1p0#", "zf"}};
  static const std::set<std::string> names = {"DocumentType", "DocumentFileName", "Version",
                                              "ConformanceLevel"};
  QPDFObjectHandle stream = member(pdf.getRoot(), "/Metadata");
  const std::optional<std::string> bytes =
      stream.isStream() ? decoded_bytes(stream, longest) : std::optional<std::string>();
  std::vector<std::string> instructions;
  const std::optional<XmlElement> root = bytes ? parse_xml(*bytes, instructions) : std::nullopt;
  if (!root) return std::nullopt;
  const XmlElement* graph = root->is(rdf, "RDF") ? &*root : root->child(rdf, "RDF");
  if (graph == nullptr) return std::nullopt;
  InvoiceXmp result;
  const auto take = [&](const std::string& space, const std::string& name, std::string_view value) {
    const auto known = spaces.find(space);
    if (known == spaces.end() || names.count(name) == 0 || trimmed(value).empty()) return;
    result.space = space;
    result.prefix = known->second;
    result.values[name] = printable_utf8(trimmed(value));
  };
  for (const XmlElement& description : graph->children) {
    for (const XmlElement& property : description.children)
      take(property.space, property.name, property.text);
    for (const XmlElement::Attribute& attribute : description.attributes)
      take(attribute.space, attribute.name, attribute.value);
  }
  if (result.values.empty()) return std::nullopt;
  return result;
}

}  // namespace eakte::archive
