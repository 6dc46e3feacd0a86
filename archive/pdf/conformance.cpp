#include "archive/pdf/conformance.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "archive/error.h"
#include "archive/pdf/unicode.h"

namespace eakte::archive {
namespace {

constexpr std::string_view producer = "eakte";

std::string escaped(std::string_view utf8) {
  std::string result;
  for (const char c : printable_utf8(utf8)) {
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else {
      result += c;
    }
  }
  return result;
}

/// "2026-11-21T10:15:30", whatever fraction of a second follows.
std::string whole_second(const std::string& utc) {
  constexpr std::string_view form = "0000-00-00T00:00:00";
  bool fits = utc.size() > form.size() && utc.back() == 'Z';
  for (std::size_t i = 0; fits && i < form.size(); ++i) {
    fits = form[i] == '0' ? utc[i] >= '0' && utc[i] <= '9' : utc[i] == form[i];
  }
  if (!fits) throw Error(fmt::format("PDF metadata: '{}' is no time in UTC", printable_utf8(utc)));
  return utc.substr(0, form.size());
}

/// PDF/A wants each property outside the predefined schemas to be described in the packet itself.
/// It is a description of its own because PDFBox finds it only as the first child of one.
constexpr std::string_view extension_schema_begin = R"(<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>eakte document</pdfaSchema:schema>
<pdfaSchema:namespaceURI>urn:eakte:document:1.0/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>eakte</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>documentId</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>Identifier of the document in the archive</pdfaProperty:description>
</rdf:li>
<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>originalSha256</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>SHA-256 of the file as it was received, hexadecimal</pdfaProperty:description>
</rdf:li>
</rdf:Seq></pdfaSchema:property>
</rdf:li>)";

constexpr std::string_view extension_schema_end = R"(</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
)";

/// The properties by which readers of invoices find the invoice, as the received file had them.
std::string invoice_description(const InvoiceXmp& invoice) {
  std::string text =
      fmt::format("<rdf:Description rdf:about=\"\" xmlns:{}=\"{}\">\n", invoice.prefix, invoice.space);
  for (const auto& [name, value] : invoice.values) {
    text += fmt::format("<{0}:{1}>{2}</{0}:{1}>\n", invoice.prefix, name, escaped(value));
  }
  return text + "</rdf:Description>\n";
}

std::string invoice_schema(const InvoiceXmp& invoice) {
  std::string text = fmt::format(
      "\n<rdf:li rdf:parseType=\"Resource\">\n<pdfaSchema:schema>Electronic invoice</pdfaSchema:schema>\n"
      "<pdfaSchema:namespaceURI>{}</pdfaSchema:namespaceURI>\n<pdfaSchema:prefix>{}</pdfaSchema:prefix>\n"
      "<pdfaSchema:property><rdf:Seq>\n",
      invoice.space, invoice.prefix);
  for (const auto& [name, value] : invoice.values) {
    text += fmt::format(
        "<rdf:li rdf:parseType=\"Resource\">\n<pdfaProperty:name>{}</pdfaProperty:name>\n"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType>\n"
        "<pdfaProperty:category>external</pdfaProperty:category>\n"
        "<pdfaProperty:description>Property of the embedded invoice</pdfaProperty:description>\n</rdf:li>\n",
        name);
  }
  return text + "</rdf:Seq></pdfaSchema:property>\n</rdf:li>";
}

void set_info(QPDF& pdf, const PdfMetadata& metadata) {
  QPDFObjectHandle info = QPDFObjectHandle::newDictionary();
  const auto set_text = [&info](const std::string& key, std::string_view value) {
    const std::string text = printable_utf8(value);
    if (!text.empty()) info.replaceKey(key, QPDFObjectHandle::newUnicodeString(text));
  };
  set_text("/Title", metadata.title);
  set_text("/Author", metadata.author);
  set_text("/Creator", producer);
  set_text("/Producer", producer);
  info.replaceKey("/CreationDate", QPDFObjectHandle::newString(info_date(metadata.created_utc)));
  info.replaceKey("/ModDate", QPDFObjectHandle::newString(info_date(metadata.created_utc)));
  pdf.getTrailer().replaceKey("/Info", pdf.makeIndirectObject(info));
}

void set_output_intent(QPDF& pdf) {
  QPDFObjectHandle profile = pdf.newStream(srgb_profile());
  profile.getDict().replaceKey("/N", QPDFObjectHandle::newInteger(3));
  QPDFObjectHandle intent = QPDFObjectHandle::parse(
      "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /RegistryName "
      "(http://www.color.org) "
      "/Info (sRGB IEC61966-2.1) >>");
  intent.replaceKey("/DestOutputProfile", profile);
  pdf.getRoot().replaceKey("/OutputIntents", QPDFObjectHandle::newArray({pdf.makeIndirectObject(intent)}));
}

}  // namespace

std::string info_date(const std::string& utc) {
  std::string digits = whole_second(utc);
  std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
  return "D:" + digits + "+00'00'";
}

std::string xmp_packet(const PdfMetadata& metadata, const Conformance& conformance,
                       const std::optional<InvoiceXmp>& invoice) {
  const std::string time = whole_second(metadata.created_utc) + "+00:00";
  std::string packet =
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\"\n"
      " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
      " xmlns:eakte=\"urn:eakte:document:1.0/\"\n"
      " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
      " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
      " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n";
  packet += fmt::format(
      "<pdfaid:part>{}</pdfaid:part>\n<pdfaid:conformance>{}</pdfaid:conformance>\n"
      "<dc:format>application/pdf</dc:format>\n",
      conformance.part, conformance.level);
  const auto add = [&packet](std::string_view form, std::string_view value) {
    const std::string text = escaped(value);
    if (!text.empty()) packet += fmt::format(fmt::runtime(form), text) + "\n";
  };
  add(R"(<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>)", metadata.title);
  add("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>", metadata.author);
  add("<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>", metadata.language);
  add("<xmp:CreateDate>{}</xmp:CreateDate>", time);
  add("<xmp:ModifyDate>{}</xmp:ModifyDate>", time);
  add("<xmp:MetadataDate>{}</xmp:MetadataDate>", time);
  add("<xmp:CreatorTool>{}</xmp:CreatorTool>", producer);
  add("<pdf:Producer>{}</pdf:Producer>", producer);
  add("<eakte:documentId>{}</eakte:documentId>", metadata.document_id);
  add("<eakte:originalSha256>{}</eakte:originalSha256>", metadata.original_sha256);
  packet += "</rdf:Description>\n";
  if (invoice) packet += invoice_description(*invoice);
  packet += std::string(extension_schema_begin) + (invoice ? invoice_schema(*invoice) : "") +
            std::string(extension_schema_end);
  return packet + "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>\n";
}

void set_conformance(QPDF& pdf, const PdfMetadata& metadata, const Conformance& conformance,
                     const std::optional<InvoiceXmp>& invoice) {
  QPDFObjectHandle root = pdf.getRoot();
  set_info(pdf, metadata);
  set_output_intent(pdf);

  QPDFObjectHandle packet = pdf.newStream(xmp_packet(metadata, conformance, invoice));
  packet.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
  packet.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
  root.replaceKey("/Metadata", packet);

  const std::string language = printable_utf8(metadata.language);
  if (!language.empty()) root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(language));
  QPDFObjectHandle preferences = root.getKey("/ViewerPreferences");
  if (!preferences.isDictionary()) preferences = QPDFObjectHandle::newDictionary();
  preferences.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(!metadata.title.empty()));
  root.replaceKey("/ViewerPreferences", preferences);
}

void write_conforming(QPDF& pdf, Pipeline& output) {
  QPDFWriter writer(pdf);
  writer.setOutputPipeline(&output);
  writer.setNewlineBeforeEndstream(true);
  writer.setDeterministicID(true);
  writer.forcePDFVersion("1.7");
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.setDecodeLevel(qpdf_dl_generalized);
  writer.setCompressStreams(true);
  writer.setPreserveEncryption(false);
  writer.write();
}

}  // namespace eakte::archive
