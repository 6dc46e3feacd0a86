#include <string>

#include "archive/pdf/checker.h"
#include "archive/pdf/content.h"

namespace eakte::archive {

std::string profile_colours(QPDFObjectHandle stream, std::string_view classes) {
  constexpr std::size_t longest = std::size_t{32} << 20U;
  if (!stream.isStream()) return {};
  const std::optional<std::string> profile = decoded_bytes(stream, longest);
  if (!profile || profile->size() < 128) return {};
  const std::string device_class = profile->substr(12, 4);
  const int version = static_cast<unsigned char>((*profile)[8]);
  if (version < 2 || version > 4 || classes.find(device_class) == std::string_view::npos) return {};
  return profile->substr(16, 4);
}

void check_output_intents(QPDF& pdf, PdfaClaim& claim, Findings& findings) {
  QPDFObjectHandle intents = member(pdf.getRoot(), "/OutputIntents");
  if (!intents.isArray()) return;
  QPDFObjectHandle first = QPDFObjectHandle::newNull();
  for (const QPDFObjectHandle& intent : intents.getArrayAsVector()) {
    QPDFObjectHandle profile = member(intent, "/DestOutputProfile");
    const bool is_pdfa = member(intent, "/S").isNameAndEquals("/GTS_PDFA1");
    if (member(intent, "/S").isNameAndEquals("/GTS_PDFX") &&
        !member(intent, "/DestOutputProfileRef").isNull()) {
      findings.add("6.2.3", "an output intent refers to a profile outside the file");
    }
    if (profile.isNull()) continue;
    if (!first.isNull() && first.getObjGen() != profile.getObjGen()) {
      findings.add("6.2.3", "output intents have different profiles");
    }
    first = profile;
    const std::string colours = profile_colours(profile, "prtr mntr");
    const bool is_usable = colours == "RGB " || colours == "CMYK" || colours == "GRAY";
    if (!is_usable) findings.add("6.2.3", "the profile of an output intent is none of a printer or monitor");
    const int components = member(profile, "/N").isInteger() ? member(profile, "/N").getIntValueAsInt() : 0;
    const int expected = colours == "CMYK" ? 4 : colours == "GRAY" ? 1 : 3;
    if (is_usable && components != expected)
      findings.add("6.2.3", "the output profile has another number of colours");
    if (is_pdfa && is_usable) claim.output_colours = colours;
  }
}

}  // namespace eakte::archive
