#include "archive/package/mets_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <libxml/xmlreader.h>

#include <memory>

#include "archive/error.h"
#include "archive/storage/durable_file.h"

namespace eakte::archive {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t longest_text = 10'000;
constexpr std::string_view mets_space = "http://www.loc.gov/METS/";

struct FreeReader {
  void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};

std::string text_from(const xmlChar* text) {
  return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text));
}

std::string prefix_of(std::string_view space) {
  if (space == "http://www.w3.org/1999/xlink") return "xlink:";
  if (space == "https://DILCIS.eu/XML/METS/CSIPExtensionMETS") return "csip:";
  if (space == "http://www.w3.org/2001/XMLSchema-instance") return "xsi:";
  return "";
}

MetsElement element_at(xmlTextReader* reader) {
  MetsElement element;
  element.name = text_from(xmlTextReaderConstLocalName(reader));
  for (int found = xmlTextReaderMoveToFirstAttribute(reader); found == 1;
       found = xmlTextReaderMoveToNextAttribute(reader)) {
    const std::string space = text_from(xmlTextReaderConstNamespaceUri(reader));
    if (space == "http://www.w3.org/2000/xmlns/") continue;
    element.attributes[prefix_of(space) + text_from(xmlTextReaderConstLocalName(reader))] =
        text_from(xmlTextReaderConstValue(reader));
  }
  xmlTextReaderMoveToElement(reader);
  return element;
}

void take_node(xmlTextReader* reader, std::vector<MetsElement>& path, const MetsVisitor& visit) {
  switch (xmlTextReaderNodeType(reader)) {
    case XML_READER_TYPE_DOCUMENT_TYPE:
      throw Error("it has a document type");
    case XML_READER_TYPE_ELEMENT: {
      if (path.size() >= deepest) throw Error("it is nested too deeply");
      if (path.empty() && text_from(xmlTextReaderConstNamespaceUri(reader)) != mets_space)
        throw Error("it is not METS");
      const bool empty = xmlTextReaderIsEmptyElement(reader) == 1;
      path.push_back(element_at(reader));
      if (empty) {
        visit(path);
        path.pop_back();
      }
      return;
    }
    case XML_READER_TYPE_END_ELEMENT:
      visit(path);
      path.pop_back();
      return;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
      if (!path.empty() && path.back().text.size() < longest_text)
        path.back().text += text_from(xmlTextReaderConstValue(reader));
      return;
    default:
      return;
  }
}

}  // namespace

void read_mets(const std::filesystem::path& file, const MetsVisitor& visit) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (descriptor.number() < 0) throw Error(fmt::format("{} cannot be opened", file.string()));
  const std::unique_ptr<xmlTextReader, FreeReader> reader(
      xmlReaderForFd(descriptor.number(), nullptr, nullptr,
                     XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  if (!reader) throw Error("no memory for reading XML");
  std::vector<MetsElement> path;
  bool any = false;
  int more = 0;
  while ((more = xmlTextReaderRead(reader.get())) == 1) {
    any = true;
    take_node(reader.get(), path, visit);
  }
  if (more < 0 || !any) throw Error(fmt::format("{} is not well-formed XML", file.filename().string()));
}

}  // namespace eakte::archive
