#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <vector>

#include "archive/pdf/checker.h"
#include "archive/pdf/content.h"

namespace eakte::archive {
namespace {

/// RFC 2046: type and subtype of letters, digits and a few signs.
bool is_media_type(const std::string& text) {
  const std::size_t slash = text.find('/');
  const auto is_token = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), [](unsigned char c) {
      return std::isalnum(c) != 0 || std::string_view("-+._").find(static_cast<char>(c)) != std::string::npos;
    });
  };
  return slash != std::string::npos && is_token(std::string_view(text).substr(0, slash)) &&
         is_token(std::string_view(text).substr(slash + 1));
}

/// PDF/A-2 takes only files that are PDF/A themselves.
void check_enclosed(QPDFObjectHandle file, Findings& findings) {
  constexpr std::size_t longest = std::size_t{256} << 20U;
  const std::optional<std::string> bytes =
      file.isStream() ? decoded_bytes(file, longest) : std::optional<std::string>();
  if (!bytes) return findings.add("6.8", "an embedded file cannot be read");
  const PdfaVerdict verdict = judge_pdfa_bytes(PdfBytes(*bytes), Enclosure::inner);
  const bool is_part_2 = verdict.standard.starts_with("PDF/A-2");
  if (!is_part_2 || !verdict.violations.empty())
    findings.add("6.8", "a file is embedded that is not found to be PDF/A-2");
}

/// What ISO 19005-3, 6.8 asks of a file specification.
void check_associated(const QPDFObjectHandle& specification, const std::set<QPDFObjGen>& associated,
                      Findings& findings) {
  if (!member(specification, "/AFRelationship").isName())
    findings.add("6.8", "an embedded file does not say how it belongs to the document");
  if (associated.count(QPDFObjectHandle(specification).getObjGen()) == 0)
    findings.add("6.8", "an embedded file is not associated with any part of the document");
  QPDFObjectHandle files = member(specification, "/EF");
  for (const char* key : {"/F", "/UF"}) {
    QPDFObjectHandle file = member(files, key);
    if (!file.isStream()) continue;
    QPDFObjectHandle type = member(file, "/Subtype");
    if (!type.isName() || !is_media_type(type.getName().substr(1)))
      findings.add("6.8", "an embedded file has no media type");
  }
}

}  // namespace

void check_embedded(const std::vector<QPDFObjectHandle>& specifications,
                    const std::set<QPDFObjGen>& associated, const PdfaClaim& claim, Enclosure enclosure,
                    Findings& findings) {
  for (const QPDFObjectHandle& specification : specifications) {
    if (!member(specification, "/F").isString() || !member(specification, "/UF").isString())
      findings.add("6.8", "an embedded file has no name under F and UF");
    if (claim.part == 3) {
      check_associated(specification, associated, findings);
    } else if (enclosure == Enclosure::inner) {
      findings.add("6.8", "an embedded file has files embedded, which are not checked");
    } else {
      check_enclosed(member(member(specification, "/EF"), "/F"), findings);
    }
  }
}

}  // namespace eakte::archive
