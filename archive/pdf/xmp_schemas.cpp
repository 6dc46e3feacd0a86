#include "archive/pdf/xmp_schemas.h"

#include <map>
#include <sstream>
#include <string_view>
#include <utility>

namespace eakte::archive {
namespace {

/// XMP specification of September 2005, chapter 4: namespace, then its properties with the letter of their
/// form: T text, D date, I integer, R real, B boolean, Q rational, L language alternative, S sequence, E
/// sequence of dates, G bag, A alternative, X structure.
struct Schema {
  const char* space;
  const char* properties;
};

constexpr Schema schemas[] = {
    {"http://purl.org/dc/elements/1.1/",
     "contributor:G coverage:T creator:S date:E description:L format:T identifier:T language:G publisher:G "
     "relation:G "
     "rights:L source:T subject:G title:L type:G"},
    {"http://ns.adobe.com/xap/1.0/",
     "Advisory:G BaseURL:T CreateDate:D CreatorTool:T Identifier:G Label:T MetadataDate:D ModifyDate:D "
     "Nickname:T "
     "Rating:I Thumbnails:A"},
    {"http://ns.adobe.com/xap/1.0/rights/", "Certificate:T Marked:B Owner:G UsageTerms:L WebStatement:T"},
    {"http://ns.adobe.com/xap/1.0/mm/",
     "DerivedFrom:X DocumentID:T History:S InstanceID:T ManagedFrom:X Manager:T ManageTo:T ManageUI:T "
     "ManagerVariant:T "
     "OriginalDocumentID:T RenditionClass:T RenditionParams:T VersionID:T Versions:S LastURL:T RenditionOf:X "
     "SaveID:I"},
    {"http://ns.adobe.com/xap/1.0/bj/", "JobRef:G"},
    {"http://ns.adobe.com/xap/1.0/t/pg/", "MaxPageSize:X NPages:I Fonts:G Colorants:S PlateNames:S"},
    {"http://ns.adobe.com/pdf/1.3/", "Keywords:T PDFVersion:T Producer:T"},
    {"http://www.aiim.org/pdfa/ns/id/", "part:I conformance:T amd:T corr:T"},
    {"http://ns.adobe.com/photoshop/1.0/",
     "AuthorsPosition:T CaptionWriter:T Category:T City:T Country:T Credit:T DateCreated:D Headline:T "
     "Instructions:T "
     "Source:T State:T SupplementalCategories:G TransmissionReference:T Urgency:I"}};

const std::map<char, XmpForm>& forms() {
  static const std::map<char, XmpForm> by_letter = {
      {'T', XmpForm::text},     {'D', XmpForm::date},        {'I', XmpForm::integer},
      {'R', XmpForm::real},     {'B', XmpForm::boolean},     {'Q', XmpForm::rational},
      {'L', XmpForm::language}, {'S', XmpForm::sequence},    {'E', XmpForm::dates},
      {'G', XmpForm::bag},      {'A', XmpForm::alternative}, {'X', XmpForm::structure}};
  return by_letter;
}

using Properties = std::map<std::pair<std::string, std::string>, XmpForm>;

Properties all_properties() {
  Properties result;
  for (const Schema& schema : schemas) {
    std::istringstream words(schema.properties);
    for (std::string word; words >> word;) {
      const std::size_t colon = word.find(':');
      result[{schema.space, word.substr(0, colon)}] = forms().at(word[colon + 1]);
    }
  }
  return result;
}

}  // namespace

XmpForm predefined_form(const std::string& space, const std::string& property) {
  static const Properties known = all_properties();
  const auto found = known.find({space, property});
  return found == known.end() ? XmpForm::unknown : found->second;
}

}  // namespace eakte::archive
